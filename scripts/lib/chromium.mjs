import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { stateFolder } from './paths.mjs'
import { run } from './processes.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
const MAC_APPS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]
const APT = ['-y', '-o', 'DPkg::Lock::Timeout=300']

/** The path of a Chromium on this machine (ATTUNE_CHROMIUM wins), or undefined. */
export function findChromium() {
  if (process.env.ATTUNE_CHROMIUM) return process.env.ATTUNE_CHROMIUM
  const folders = (process.env.PATH ?? '').split(delimiter)
  const inPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  return [...inPath, ...MAC_APPS].find((path) => existsSync(path))
}

/**
 * Installs Debian's chromium when none is here and this account may.
 * Resolves to undefined when a Chromium is here, else to the sentence that says what to install.
 */
export async function ensureChromium() {
  if (findChromium() !== undefined) return undefined
  const cure =
    'Install the package `chromium` (Debian: apt-get install chromium), or set ATTUNE_CHROMIUM to its path.'
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return cure
  const log = join(stateFolder, 'logs', 'apt-install.log')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update', ...APT], { env, log: join(stateFolder, 'logs', 'apt-update.log') })
  const { code } = await run('apt-get', ['install', '--no-install-recommends', ...APT, 'chromium'], {
    env,
    log,
  })
  return code === 0 ? undefined : `apt-get could not install chromium (log: ${log}). ${cure}`
}
