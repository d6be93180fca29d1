import { chanceBytes } from '../chance-bytes.ts'
import { createKeyedHash } from '../keyed-hash.ts'
import { createBuckets } from './buckets.ts'

/** Counts different visitors of the last half hour without keeping who they were. */
export interface VisitorCount {
  note(visitor: string, now: number): void
  /** About how many different ones there were: within 2 % for up to 300,000. */
  estimate(now: number): number
}

const MINUTE = 60_000
/** So many minutes a visitor counts after the last sign of life: as long as a session lasts without one. */
const MINUTES = 30
const BITS = 65_536
const WORDS = BITS / 32

/**
 * Creates such a count. Each minute is a field of 65,536 bits; a visitor sets the bit that a hash with a key of chance picks, which many share,
 * and the number of bits left at zero tells about how many did: m ln(m / zeros) (Whang, Vander-Zanden and Taylor, "A linear-time
 * probabilistic counting algorithm for database applications", 1990).
 */
export function countVisitors(randomBytes: (count: number) => Uint8Array = chanceBytes): VisitorCount {
  const key = new DataView(randomBytes(8).slice().buffer)
  const hash = createKeyedHash(Uint32Array.of(key.getUint32(0), key.getUint32(4)))
  const hashed = new Uint32Array(2)
  // The running minute and the thirty before it.
  const minutes = createBuckets(MINUTE, MINUTES + 1, () => new Uint32Array(WORDS))
  return {
    note: (visitor, now) => {
      hash(visitor, hashed)
      const bit = hashed[0]! % BITS
      const field = minutes.at(now)
      field[bit >>> 5] = field[bit >>> 5]! | (1 << (bit & 31))
    },
    estimate: (now) => {
      const fields = minutes.last(now).filter((field) => field !== undefined)
      let ones = 0
      for (let word = 0; word < WORDS; word++) {
        let bits = 0
        for (const field of fields) bits |= field[word]!
        ones += onesOf(bits)
      }
      // Of a full field nobody can say more than that it is full.
      const zeros = Math.max(1, BITS - ones)
      return Math.round(BITS * Math.log(BITS / zeros))
    },
  }
}

function onesOf(word: number): number {
  let left = word
  let ones = 0
  while (left !== 0) {
    left &= left - 1
    ones++
  }
  return ones
}
