import type { Bucket, ChainState } from './signal.ts'

/** Packs descending times as ages, each counted from the one before. */
export function packTimes(times: readonly number[], at: number): readonly number[] {
  return times.map((time, place) => (place === 0 ? at : times[place - 1]!) - time)
}

export function unpackTimes(ages: readonly number[], at: number): number[] {
  let time = at
  return ages.map((age) => {
    time -= age
    return time
  })
}

/** Packs buckets as age and amount in turn, oldest first. */
export function packBuckets(buckets: readonly Bucket[], at: number): readonly number[] {
  return buckets.flatMap(([index, amount]) => [at - index, amount])
}

export function unpackBuckets(packed: readonly number[], at: number): readonly Bucket[] {
  const buckets: Bucket[] = []
  for (let place = 0; place + 1 < packed.length; place += 2)
    buckets.push([at - packed[place]!, packed[place + 1]!])
  return buckets
}

/** Packs when each step's chain ended; missing tail steps are left out. */
export function packEnds(chains: ChainState['chains'], at: number): readonly (number | null)[] {
  const ends = chains.map((chain) => (chain === null ? null : at - chain[1]))
  while (ends.length > 0 && ends.at(-1) === null) ends.pop()
  return ends
}

/** Undoes `packEnds`; where a chain began was not packed. */
export function unpackEnds(
  ages: readonly (number | null)[],
  steps: number,
  at: number,
): ChainState['chains'] {
  return Array.from({ length: steps }, (_, step) => {
    const age = ages[step] ?? null
    return age === null ? null : [at - age, at - age]
  })
}

// A word of bits that any language's whole numbers and bit operations hold.
const WORD = 30

/** Packs periods as the newest one's age and words of 30 bits: bit n stands for n periods before the newest. */
export function packPeriods(periods: readonly number[], at: number): readonly number[] {
  const newest = periods[0]
  if (newest === undefined) return []
  const words: number[] = []
  for (const period of periods) {
    const bit = newest - period
    const word = Math.floor(bit / WORD)
    while (words.length <= word) words.push(0)
    words[word]! |= 1 << (bit % WORD)
  }
  return [at - newest, ...words]
}

export function unpackPeriods([age, ...words]: readonly number[], at: number): readonly number[] {
  const periods: number[] = []
  for (let bit = 0; bit < words.length * WORD; bit++) {
    if ((words[Math.floor(bit / WORD)]! >> (bit % WORD)) & 1) periods.push(at - (age ?? 0) - bit)
  }
  return periods
}
