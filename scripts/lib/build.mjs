import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { contentHash } from './content-hash.mjs'
import { below, shopFolder, stateFolder } from './paths.mjs'
import { run } from './processes.mjs'
import { findNode, pnpm, toolEnv } from './toolchain.mjs'
import { Trouble } from './trouble.mjs'

const packagesStamp = below('node_modules', '.cache', 'attune', 'packages')
const headlessFolder = below('examples', 'headless')
const deployFolder = below('examples', 'deploy')

/** Builds the packages unless nothing changed since the last build. Resolves to true when it built. */
export async function buildPackages() {
  const hash = packagesHash()
  if (isFresh(packagesStamp, hash) && builtFiles().every((file) => existsSync(file))) return false
  rmSync(packagesStamp, { force: true })
  const log = join(stateFolder, 'logs', 'build-packages.log')
  const { code } = await pnpm(['-r', '--no-bail', '--filter', './packages/*', 'run', 'build'], {
    log,
    env: toolEnv(),
  })
  if (code !== 0) {
    throw new Trouble('Building the packages failed.', {
      log,
      cure: 'Mend what the log names, then try again.',
    })
  }
  stamp(packagesStamp, hash)
  return true
}

/** Builds the demo shop unless it, the packages and `env`'s secret are as at the last build. True when it built. */
export async function buildShop(env) {
  const log = join(stateFolder, 'logs', 'build-shop.log')
  const hash = contentHash([shopFolder], `${packagesHash()} ${env.ATTUNE_SECRET}`)
  if (isFresh(stampOf(shopFolder), hash)) return false
  await publishShop(log)
  await buildSite({ folder: shopFolder, name: 'the demo shop', hash, log, env })
  return true
}

/** Builds the Next.js front of WordPress unless it and the packages are as at the last build. True when it built. */
export async function buildHeadless() {
  const log = join(stateFolder, 'logs', 'build-headless.log')
  const hash = contentHash([headlessFolder], packagesHash())
  if (isFresh(stampOf(headlessFolder), hash)) return false
  await buildSite({ folder: headlessFolder, name: 'the headless front', hash, log, env: {} })
  return true
}

/** Builds the site that the deploy guides are run with, unless it and the packages are as at the last build. True when it built. */
export async function buildDeploy(env) {
  const log = join(stateFolder, 'logs', 'build-deploy.log')
  const hash = contentHash([deployFolder], packagesHash())
  if (isFresh(stampOf(deployFolder), hash)) return false
  await buildSite({ folder: deployFolder, name: 'the site of the deploy guides', hash, log, env })
  return true
}

async function buildSite({ folder, name, hash, log, env }) {
  rmSync(stampOf(folder), { force: true })
  const { code } = await run(findNode(), [nextProgram(folder), 'build'], {
    cwd: folder,
    log,
    env: toolEnv({ ...env, NODE_ENV: 'production' }),
  })
  if (code !== 0) {
    throw new Trouble(`Building ${name} failed.`, {
      log,
      cure: 'Mend what the log names, then try again.',
    })
  }
  stamp(stampOf(folder), hash)
}

/** Publishes the shop's ruleset, from which its pages are decided. */
async function publishShop(log) {
  const program = below('packages', 'cli', 'dist', 'attune.js')
  const asked = ['publish', 'ruleset.json', '--out', 'ruleset.published.json']
  const { code } = await run(findNode(), [program, ...asked], { cwd: shopFolder, log, env: toolEnv() })
  if (code === 0) return
  throw new Trouble("The shop's ruleset was not published.", { log, cure: 'Mend what the log names.' })
}

/** The program behind `next build` and `next start`. */
export const nextProgram = (folder = shopFolder) =>
  join(folder, 'node_modules', 'next', 'dist', 'bin', 'next')

const stampOf = (folder) => join(folder, '.next', 'attune-build')

const isFresh = (path, hash) => existsSync(path) && readFileSync(path, 'utf8') === hash

function stamp(path, hash) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, hash)
}

const packageFolders = () => readdirSync(below('packages')).map((name) => below('packages', name))

function packagesHash() {
  const shared = ['pnpm-lock.yaml', 'tsconfig.base.json', 'tsconfig.json', 'tsdown.base.ts']
  return contentHash([...packageFolders(), ...shared.map((name) => below(name))])
}

function builtFiles() {
  const inPackages = packageFolders().flatMap((folder) => {
    const text = readFileSync(join(folder, 'package.json'), 'utf8')
    return [...text.matchAll(/"\.\/(dist\/[^"]+)"/g)].map(([, path]) => join(folder, path))
  })
  return [...inPackages, below('packages', 'wordpress', 'build', 'editor', 'editor.js')]
}
