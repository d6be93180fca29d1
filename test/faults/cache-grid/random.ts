/** Chance that a seed repeats: mulberry32, 32 bits of state. */
export interface Chance {
  /** A whole number from 0 to below `end`. */
  readonly below: (end: number) => number
  readonly pick: <Item>(items: readonly Item[]) => Item
}

/** Creates chance from a seed. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0
  const below = (end: number): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end)
  }
  return { below, pick: (items) => items[below(items.length)]! }
}

/** What a run is seeded with: ATTUNE_GRID_SEED, else always the same, and in soak another each time. */
export function readSeed(): number {
  const seed = process.env.ATTUNE_SOAK === undefined ? 20_779 : Date.now() % 1_000_000_007
  return Number(process.env.ATTUNE_GRID_SEED ?? seed)
}

/** How much of a scenario runs: ATTUNE_SOAK the whole, else a share. */
export function sizeOf({ share, whole }: { readonly share: number; readonly whole: number }): number {
  return process.env.ATTUNE_SOAK === undefined ? share : whole
}

/** Says one figure of a run, on a line of its own. */
export function say(figure: string): void {
  process.stdout.write(`  ${figure}\n`)
}
