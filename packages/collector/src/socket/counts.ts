/** How many of each there are; what there is none of takes no room. */
export interface Counts {
  of(name: string): number
  add(name: string): void
  remove(name: string): void
}

/** Creates counts that begin with nothing. */
export function createCounts(): Counts {
  const counts = new Map<string, number>()
  const of = (name: string): number => counts.get(name) ?? 0
  return {
    of,
    add: (name) => void counts.set(name, of(name) + 1),
    remove: (name) => {
      const left = of(name) - 1
      if (left > 0) counts.set(name, left)
      else counts.delete(name)
    },
  }
}
