/** Seeded chance: the same seed gives the same cases on every machine. */
export interface Random {
  /** A whole number from 0 to below `n`. */
  readonly below: (n: number) => number
  readonly chance: (share: number) => boolean
  readonly pick: <T>(list: readonly T[]) => T
  readonly some: <T>(list: readonly T[]) => readonly T[]
  readonly shuffle: <T>(list: readonly T[]) => readonly T[]
}

/** Makes chance from a seed (mulberry32). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (n: number) => Math.floor(next() * n)
  function shuffle<T>(list: readonly T[]): readonly T[] {
    const mixed = [...list]
    for (let at = mixed.length - 1; at > 0; at--) {
      const other = below(at + 1)
      const held = mixed[at]!
      mixed[at] = mixed[other]!
      mixed[other] = held
    }
    return mixed
  }
  return {
    below,
    chance: (share) => next() < share,
    pick: (list) => list[below(list.length)]!,
    some: (list) => shuffle(list).slice(0, 1 + below(list.length)),
    shuffle,
  }
}
