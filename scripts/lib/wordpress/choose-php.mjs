import { spawnSync } from 'node:child_process'
import { findPhp } from '../php.mjs'

// WordPress 6.5 speaks PHP up to 8.3 without a deprecation.
const TOO_NEW = [8, 4]
// What the SQLite drop-in needs.
const SQLITE = [3, 37]
const EXTENSIONS = ['pdo_sqlite', 'mbstring', 'dom', 'curl']
const ASK = `echo PHP_EOL, (new PDO('sqlite::memory:'))->query('SELECT sqlite_version()')->fetchColumn();`

const WASM = { kind: 'wasm', name: 'PHP 8.3 in WebAssembly' }

/**
 * The PHP that serves WordPress: the machine's own when it can, else the one in WebAssembly, which comes from npm.
 * ATTUNE_PHP names another program than `php`; "none" leaves the machine's own alone.
 */
export function choosePhp() {
  const { path, version, missing } = findPhp({ extensions: EXTENSIONS })
  if (missing !== undefined || isAtLeast(version, TOO_NEW) || !isAtLeast(sqliteOf(path), SQLITE)) return WASM
  return { kind: 'native', path, name: `PHP ${version}` }
}

function sqliteOf(php) {
  const { stdout } = spawnSync(php, ['-r', ASK], { encoding: 'utf8' })
  return stdout?.trim().split('\n').at(-1) ?? ''
}

function isAtLeast(version, [major, minor]) {
  const [ownMajor = 0, ownMinor = 0] = version.split('.').map(Number)
  return ownMajor > major || (ownMajor === major && ownMinor >= minor)
}
