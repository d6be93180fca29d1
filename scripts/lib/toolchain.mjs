import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { below, stateFolder } from './paths.mjs'
import { run } from './processes.mjs'
import { Trouble } from './trouble.mjs'

const PNPM = 'pnpm@12.21.0'
const NEEDED_NODE = 24
const installedStamp = below('node_modules', '.cache', 'attune', 'installed')

/** Runs pnpm at the pinned version; see `run` for the result. */
export function pnpm(args, options) {
  return run('npx', ['-y', PNPM, ...args], options)
}

/** Installs what the lockfile says. Throws a Trouble with the log when that fails. */
export async function install() {
  const log = join(stateFolder, 'logs', 'install.log')
  // CI: pnpm must never stop to ask.
  const { code, missing } = await pnpm(['install', '--frozen-lockfile'], {
    log,
    env: { ...process.env, CI: 'true' },
  })
  if (missing) {
    throw new Trouble('npx was not found.', { cure: 'Install Node.js with npm: https://nodejs.org' })
  }
  if (code !== 0) throw new Trouble('The install failed.', { log, cure: cureOfInstall(log) })
  mkdirSync(dirname(installedStamp), { recursive: true })
  writeFileSync(installedStamp, lockHash())
}

/** True when the last install here was made from the present lockfile. */
export function isInstalled() {
  return existsSync(installedStamp) && readFileSync(installedStamp, 'utf8') === lockHash()
}

const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(below('pnpm-lock.yaml')))
    .digest('hex')

function cureOfInstall(log) {
  const text = existsSync(log) ? readFileSync(log, 'utf8') : ''
  if (text.includes('OUTDATED_LOCKFILE')) return `Renew the lockfile: npx -y ${PNPM} install`
  if (/ENOSPC/.test(text)) return 'Free some disk space (about 1.5 GB are needed) and try again.'
  return 'Check the network and the npm registry (npm ping), then try again.'
}

/**
 * The path of a Node.js 24 or newer: the one this repository installs, else the machine's own.
 * Throws a Trouble when neither is there.
 */
export function findNode() {
  const own = below('node_modules', '.bin', 'node')
  if (existsSync(own)) return own
  if (Number(process.versions.node.split('.')[0]) >= NEEDED_NODE) return process.execPath
  throw new Trouble(
    `Node.js ${NEEDED_NODE} or newer is needed; this is ${process.version}, and npm has no build of it for this machine.`,
    { cure: `Install Node.js ${NEEDED_NODE}: https://nodejs.org` },
  )
}

/** The environment for tools: their Node.js first in PATH, whatever the machine's own is. */
export function toolEnv(extra = {}) {
  const path = [dirname(findNode()), below('node_modules', '.bin'), process.env.PATH].join(delimiter)
  return { ...process.env, PATH: path, NEXT_TELEMETRY_DISABLED: '1', ...extra }
}
