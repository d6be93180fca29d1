import { installDebian, mayInstall } from '../debian.mjs'
import { choosePhp } from './choose-php.mjs'

// The command line program and the extensions that WordPress with SQLite needs.
const PACKAGES = ['php-cli', 'php-sqlite3', 'php-mbstring', 'php-xml', 'php-curl', 'php-gd', 'php-intl']

/**
 * The PHP that WordPress is tested on. Installs Debian's when none is here, none was named and this account may; else it is the one in WebAssembly,
 * and `why` says what to do for the machine's own.
 */
export async function ensurePhp() {
  const found = choosePhp()
  if (found.kind === 'native') return found
  const cure = `Install PHP 8.1 to 8.3 with SQLite (Debian: apt-get install ${PACKAGES.join(' ')}).`
  if (process.env.ATTUNE_PHP || !mayInstall()) return { ...found, why: cure }
  const log = await installDebian(PACKAGES)
  return { ...choosePhp(), why: log === undefined ? cure : `apt-get could not (log: ${log}). ${cure}` }
}
