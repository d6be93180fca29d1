/** Milliseconds to wait after so many failures in a row: from 50 to 5,000, half of it at random. */
export function backOff(failures: number): number {
  return Math.min(5_000, 50 * 2 ** Math.min(10, failures - 1)) * (0.5 + Math.random() / 2)
}

/** Waits, or until the signal. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const end = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, milliseconds)
    signal.addEventListener('abort', end)
  })
}

/** Tells whether it is the store that fails, and not what it was given. */
export function isStoreTrouble(error: unknown): boolean {
  // By name: a bundler may have made two copies of the classes.
  return error instanceof Error && (error.name === 'StoreBusyError' || error.name === 'StoreWriteError')
}

/** Tells whether the store could not write, which may be for this visitor alone. */
export function isWriteError(error: unknown): boolean {
  return error instanceof Error && error.name === 'StoreWriteError'
}
