/** Seeded chance (mulberry32): the same on every machine. */
export function createRandom(seed) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (n) => Math.floor(next() * n)
  const shuffle = (list) => {
    const mixed = [...list]
    for (let at = mixed.length - 1; at > 0; at--) {
      const other = below(at + 1)
      ;[mixed[at], mixed[other]] = [mixed[other], mixed[at]]
    }
    return mixed
  }
  return { below, chance: (share) => next() < share, pick: (list) => list[below(list.length)], shuffle }
}
