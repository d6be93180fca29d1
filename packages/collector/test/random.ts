/** Numbers of chance that are the same for the same seed, 0 to 1. */
export function createChance(seed: number): () => number {
  let state = seed >>> 0
  // mulberry32: good enough to plant faults by, and the same everywhere.
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Bytes of the same kind. */
export function createRandomBytes(seed: number): (count: number) => Uint8Array {
  const chance = createChance(seed)
  return (count) => Uint8Array.from({ length: count }, () => Math.floor(chance() * 256))
}
