import { createKeyedHash } from './keyed-hash.ts'

/**
 * A place for each of the keys seen lately, in memory that never grows: 16 bytes a place, and what the caller keeps by its number.
 * When a key needs a place and none of the eight that it may take is free, the one with the lowest stamp is given away.
 */
export interface Slots {
  /** How many places there are. */
  readonly size: number
  /** Above 0 while a place is held; set by the caller to what tells how much it is worth keeping, such as when it was used. */
  readonly stamps: Float64Array
  /** The place of a key; a fresh one has the stamp 0. */
  take(key: string): number
  /** The place of a key that has one. */
  find(key: string): number | undefined
}

const WAYS = 8

/** Creates places for `count` keys, rounded up to a power of two. `key`: two words of chance, so that nobody can choose who is driven out. */
export function createSlots(count: number, key: Uint32Array): Slots {
  const sets = 2 ** Math.max(0, Math.ceil(Math.log2(count / WAYS)))
  const size = sets * WAYS
  const stamps = new Float64Array(size)
  const tags = new Uint32Array(2 * size)
  const hash = createKeyedHash(key)
  const out = new Uint32Array(2)

  function seek(text: string): number {
    hash(text, out)
    const first = (out[0]! & (sets - 1)) * WAYS
    for (let slot = first; slot < first + WAYS; slot++) {
      if (stamps[slot]! > 0 && tags[2 * slot] === out[0] && tags[2 * slot + 1] === out[1]) return slot
    }
    return -1 - first
  }

  return {
    size,
    stamps,
    find: (text) => {
      const slot = seek(text)
      return slot < 0 ? undefined : slot
    },
    take: (text) => {
      const found = seek(text)
      if (found >= 0) return found
      const first = -1 - found
      let slot = first
      for (let other = first; other < first + WAYS; other++) {
        if (stamps[other]! < stamps[slot]!) slot = other
      }
      tags[2 * slot] = out[0]!
      tags[2 * slot + 1] = out[1]!
      stamps[slot] = 0
      return slot
    },
  }
}
