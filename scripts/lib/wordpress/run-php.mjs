import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { below } from '../paths.mjs'
import { findNode } from '../toolchain.mjs'
import { phpSettings } from './php-settings.mjs'

const MOST_OUTPUT = 64 * 1024 * 1024
const MOST_LOG = 4000
// PHP in WebAssembly sees only the folders it is given.
const demo = below('examples', 'wordpress-site')

/**
 * Runs a PHP file for the site in `folder` and resolves to what it printed.
 * The file finds the folder in ATTUNE_SITE and `input` (any JSON value) in ATTUNE_INPUT. Rejects when PHP fails.
 */
export async function runPhp({ php, folder, file, input = null }) {
  const native = php.kind === 'native'
  const wasm = below('scripts', 'lib', 'wordpress', 'run-wasm.mjs')
  const [program, args] = native
    ? [php.path, [...phpSettings, file]]
    : [findNode(), [wasm, file, ...new Set([folder, dirname(file), demo])]]
  const env = { ...process.env, ATTUNE_SITE: folder, ATTUNE_INPUT: JSON.stringify(input) }
  const before = debugLog(folder).length
  try {
    const { stdout } = await promisify(execFile)(program, args, { env, maxBuffer: MOST_OUTPUT })
    return stdout
  } catch (error) {
    const said = [error.stdout, error.stderr, debugLog(folder).slice(before).slice(-MOST_LOG)]
      .join('\n')
      .trim()
    throw new Error(`PHP failed (${error.code}) at ${file}:\n${said || error.message}`)
  }
}

/** What WordPress wrote into its log of notices, warnings and errors. */
export function debugLog(folder) {
  const path = join(folder, 'wp-content', 'debug.log')
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}
