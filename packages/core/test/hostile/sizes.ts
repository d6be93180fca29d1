const isSoak = process.env.ATTUNE_SOAK === '1'

/** How many hostile documents, and how many hostile events, are tried: more by `npm run soak`. */
export const DOCUMENTS: number = isSoak ? 700_000 : 35_000
export const EVENTS: number = isSoak ? 300_000 : 15_000
/** Milliseconds of the processor that one document may take. */
export const MOST_TIME = 50

// Node 22 tells only of the whole process.
const used: typeof process.cpuUsage = (process.threadCpuUsage ?? process.cpuUsage).bind(process)

/** The least of several runs in milliseconds of this thread's own time: other work on the machine does not count. */
export function leastTime(run: () => void, tries = 8): number {
  let least = Number.POSITIVE_INFINITY
  for (let left = tries; left > 0 && least > MOST_TIME; left--) {
    const before = used()
    run()
    const { user, system } = used(before)
    least = Math.min(least, (user + system) / 1000)
  }
  return least
}

/** What every object inherits, by name: nothing may be added to it. */
export function inherited(): readonly string[] {
  const roots = [Object.prototype, Array.prototype, Function.prototype, String.prototype, Map.prototype]
  return roots.flatMap((root) => Reflect.ownKeys(root).map(String))
}
