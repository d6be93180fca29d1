/** Wakes those who wait for something to happen. */
export interface Bell {
  ring(): void
  /** Resolves at the next ring, or after so many milliseconds. */
  heard(wait: number): Promise<void>
}

export function createBell(): Bell {
  const waiters = new Set<() => void>()
  return {
    ring: () => {
      for (const wake of [...waiters]) wake()
    },
    heard: (wait) =>
      new Promise((resolve) => {
        const wake = (): void => {
          clearTimeout(timer)
          waiters.delete(wake)
          resolve()
        }
        const timer = setTimeout(wake, wait)
        waiters.add(wake)
      }),
  }
}
