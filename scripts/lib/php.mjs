import { spawnSync } from 'node:child_process'
import { Trouble } from './trouble.mjs'

const NEEDED = '8.1'
const NEEDED_ID = 80_100
// One line of JSON, after whatever a module has to say while it loads.
const ASK =
  'echo PHP_EOL, json_encode(array(PHP_VERSION, PHP_VERSION_ID, PHP_INT_SIZE, get_loaded_extensions()));'
/** The value of ATTUNE_PHP that leaves the machine's own PHP alone. */
const NONE = 'none'

/**
 * The machine's own PHP: `{ path, version }` when it can run the plugin and has the extensions asked for, else `{ missing }`,
 * one sentence that says why. ATTUNE_PHP names another than the one in PATH, and "none" leaves it alone: PHP then comes from
 * npm, in WebAssembly. Throws a Trouble when ATTUNE_PHP names one that cannot be used.
 */
export function findPhp({ extensions = [], env = process.env } = {}) {
  const named = env.ATTUNE_PHP || undefined
  if (named === NONE) return { missing: 'ATTUNE_PHP=none leaves the PHP of this machine alone.' }
  const path = named ?? 'php'
  const found = lookAt(path, extensions)
  if (named === undefined || found.missing === undefined) return found
  throw new Trouble(`ATTUNE_PHP names a PHP that cannot be used: ${found.missing}`, {
    cure: `Name a 64-bit PHP ${NEEDED} or newer, or unset ATTUNE_PHP: PHP then comes from npm.`,
  })
}

function lookAt(path, extensions) {
  const { error, status, stdout, stderr } = spawnSync(path, ['-r', ASK], {
    encoding: 'utf8',
    timeout: 20_000,
  })
  if (error?.code === 'ENOENT') return { missing: `There is no "${path}".` }
  if (error !== undefined) return { missing: `"${path}" could not be run: ${error.message}.` }
  const answer = status === 0 ? parse(stdout.trim().split('\n').at(-1)) : undefined
  if (answer === undefined) return { missing: `"${path}" is no working PHP: ${firstLine(stderr || stdout)}` }
  const [version, id, bytes, loaded] = answer
  if (id < NEEDED_ID) return { missing: `"${path}" is PHP ${version}; ${NEEDED} is needed.` }
  if (bytes < 8) return { missing: `"${path}" is a 32-bit PHP; 64 bits are needed.` }
  const lacking = extensions.filter((name) => !loaded.includes(name))
  if (lacking.length > 0) return { missing: `"${path}" (PHP ${version}) lacks ${lacking.join(', ')}.` }
  return { path, version }
}

function parse(text) {
  try {
    const answer = JSON.parse(text)
    return Array.isArray(answer) && answer.length === 4 ? answer : undefined
  } catch {
    return undefined
  }
}

const firstLine = (text) => text.trim().split('\n')[0] || 'it said nothing.'
