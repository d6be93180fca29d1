/** Counts things by name. */
export interface Counter {
  add(name: string, amount?: number): void
  readonly counts: ReadonlyMap<string, number>
}

/** A counter at nothing. */
export function createCounter(): Counter {
  const counts = new Map<string, number>()
  return {
    counts,
    add(name, amount = 1) {
      counts.set(name, (counts.get(name) ?? 0) + amount)
    },
  }
}

/** The sum of some counts. */
export function totalOf(counts: ReadonlyMap<string, number>): number {
  let total = 0
  for (const count of counts.values()) total += count
  return total
}
