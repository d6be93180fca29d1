import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { installDebian, mayInstall } from './debian.mjs'

const PACKAGE = 'redis-server'
const CURE = `Install Redis 6.2 or newer (Debian: apt-get install ${PACKAGE}), or set ATTUNE_REDIS=none to say that it is left out.`

/**
 * Sees to a redis-server for the tests of the Redis stores: installs Debian's when none is here and this account may.
 * Resolves to undefined, or to one sentence that says what those tests lack; they are then skipped.
 */
export async function ensureRedis() {
  if (process.env.ATTUNE_REDIS === 'none' || isThere()) return undefined
  if (!mayInstall()) return `Tests on a real Redis are skipped: there is no redis-server. ${CURE}`
  const log = await installDebian([PACKAGE])
  if (log === undefined) return undefined
  return `Tests on a real Redis are skipped: apt-get could not install redis-server (log: ${log}). ${CURE}`
}

function isThere() {
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    '/usr/bin',
    '/usr/local/bin',
    '/opt/homebrew/bin',
  ]
  return folders.some((folder) => existsSync(join(folder, 'redis-server')))
}
