/**
 * Milliseconds that this process really had, as turns of a timer: a machine that lets it wait does not count against a deadline, but
 * whoever waits for a timer, a socket or nothing at all is counted.
 */
export interface CountedTime {
  now(): number
  /** How long a task took, and what became of it. */
  measure<T>(task: () => Promise<T>): Promise<{ readonly value: T; readonly waited: number }>
  stop(): void
}

/** Starts counting. */
export function countTime(): CountedTime {
  let counted = 0
  const timer = setInterval(() => counted++, 1)
  timer.unref()
  return {
    now: () => counted,
    measure: async (task) => {
      const begun = counted
      const value = await task()
      return { value, waited: counted - begun }
    },
    stop: () => clearInterval(timer),
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

/** Asks until the answer is true; rejects after `limit` milliseconds, naming what it waited for. */
export async function until(what: string, limit: number, ask: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + limit
  while (!(await ask())) {
    if (performance.now() > end) throw new Error(`${what}: not within ${limit} ms.`)
    await pause(10)
  }
}
