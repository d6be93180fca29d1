import { createSealKeys, type SealKeys, seal, toBase64Url, toPayload } from '@attune/core'
import { chanceBytes } from '../chance-bytes.ts'

const DAY = 86_400_000
// 36 bits of the MAC, without its last character, which has fewer bits than the others.
const LENGTH = 6

/**
 * Creates what gives a visitor an alias: six characters of an HMAC-SHA256 that are the same for one UTC day, and another on the next. The key is
 * made of chance, stays in memory and is forgotten with its day: nobody can tell afterwards who it was.
 */
export function createAlias(
  randomBytes: (count: number) => Uint8Array = chanceBytes,
): (visitor: string, now: number) => string {
  let day: number | undefined
  let keys: SealKeys | undefined
  return (visitor, now) => {
    const today = Math.floor(now / DAY)
    if (keys === undefined || today !== day) {
      keys = createSealKeys([toBase64Url(randomBytes(32))])
      day = today
    }
    return seal(keys, 'visitor', 'alias', toPayload(visitor)).slice(-LENGTH - 1, -1)
  }
}
