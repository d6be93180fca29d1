import { createHmac } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { contentHash } from '../content-hash.mjs'
import { below, stateFolder } from '../paths.mjs'
import { run } from '../processes.mjs'
import { readSecret } from '../secret.mjs'
import { findNode, toolEnv } from '../toolchain.mjs'
import { Trouble } from '../trouble.mjs'
import { moveFolder } from './move-folder.mjs'
import { ATTUNE, copyAttune } from './plugin.mjs'
import { runPhp } from './run-php.mjs'
import { configure, copySite } from './site-folder.mjs'
import { template } from './template.mjs'
import { VERSIONS, wordpressFolder } from './versions.mjs'

/** The demo runs the oldest WordPress the plugin promises to run on; the newer one here is an alpha. */
export const DEMO_VERSION = '6.5'

const content = below('examples', 'wordpress-site')
/** Where the demo site lies. */
export const demoFolder = join(wordpressFolder, 'demo')
const seeded = join(demoFolder, 'seeded')

/**
 * Makes the demo site ready at `.attune/wordpress/demo`: the plugin as it is built now, the content when that changed.
 * What an editor wrote stays. Resolves to false when nothing had to be written.
 */
export async function prepareDemo(php, url) {
  if (!existsSync(join(content, 'package.json'))) throw new Trouble('examples/wordpress-site is not here.')
  await publishDemo()
  const isNew = !existsSync(join(demoFolder, release()))
  if (isNew) await createDemo(php)
  configure(demoFolder, { url, secret: siteSecret(), loopback: php.kind === 'native' })
  const own = join(content, 'mu-plugins')
  for (const name of readdirSync(own))
    copyFileSync(join(own, name), join(demoFolder, 'wp-content', 'mu-plugins', name))
  copyAttune(demoFolder)
  const hash = contentHash([content], `${url} ${readFileSync(published(), 'utf8')}`)
  if (existsSync(seeded) && readFileSync(seeded, 'utf8') === hash) return isNew
  await seed(php)
  writeFileSync(seeded, hash)
  return true
}

async function createDemo(php) {
  const made = `${demoFolder}-${process.pid}`
  rmSync(made, { recursive: true, force: true })
  copySite(await template(DEMO_VERSION, php), made)
  // Says which release the site was made of: another one begins anew.
  writeFileSync(join(made, release()), '')
  rmSync(demoFolder, { recursive: true, force: true })
  moveFolder(made, demoFolder)
}

async function seed(php) {
  const activate = below('scripts', 'lib', 'wordpress', 'php', 'activate.php')
  try {
    await runPhp({ php, folder: demoFolder, file: activate, input: [ATTUNE] })
    await runPhp({ php, folder: demoFolder, file: join(content, 'seed.php') })
  } catch (error) {
    mkdirSync(join(stateFolder, 'logs'), { recursive: true })
    const failure = join(stateFolder, 'logs', 'wordpress-seed.log')
    writeFileSync(failure, `${error.message}\n`)
    throw new Trouble('The WordPress site could not be filled.', {
      log: failure,
      cure: 'Mend what the log names.',
    })
  }
}

/** Publishes the site's ruleset, from which its pages are decided. */
export async function publishDemo() {
  const program = below('packages', 'cli', 'dist', 'attune.js')
  const asked = ['publish', 'ruleset.json', '--out', 'ruleset.published.json']
  const publishing = join(stateFolder, 'logs', 'wordpress-publish.log')
  const options = { cwd: content, log: publishing, env: toolEnv() }
  const { code } = await run(findNode(), [program, ...asked], options)
  if (code === 0) return
  const cure = 'Mend what the log names.'
  throw new Trouble("The WordPress site's ruleset was not published.", { log: publishing, cure })
}

const release = () => `release-${VERSIONS[DEMO_VERSION].release}`
const published = () => join(content, 'ruleset.published.json')

// Logins outlive a restart, and each checkout has its own.
const siteSecret = () => createHmac('sha256', readSecret()).update('wordpress').digest('base64url')
