const isSoak = process.env.ATTUNE_SOAK === '1'

/** How many hostile documents, and how many hostile events, are tried: more by `npm run soak`. */
export const DOCUMENTS: number = isSoak ? 700_000 : 35_000
export const EVENTS: number = isSoak ? 300_000 : 15_000
/** Milliseconds that one document may take. */
export const MOST_TIME = 50

/** The least time of several runs: what a document itself takes, whatever else the machine does. */
export function leastTime(run: () => void, tries = 5): number {
  let least = Number.POSITIVE_INFINITY
  for (let left = tries; left > 0 && least > MOST_TIME; left--) {
    const start = performance.now()
    run()
    least = Math.min(least, performance.now() - start)
  }
  return least
}

/** What every object inherits, by name: nothing may be added to it. */
export function inherited(): readonly string[] {
  const roots = [Object.prototype, Array.prototype, Function.prototype, String.prototype, Map.prototype]
  return roots.flatMap((root) => Reflect.ownKeys(root).map(String))
}
