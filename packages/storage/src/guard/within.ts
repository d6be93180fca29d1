// A timer that rings later than this was held up by this process itself.
const LATE_MS = 5

/**
 * Calls `end` after so many milliseconds. When the process itself stood still meanwhile, what arrived is read first: an
 * answer that came in time must not count as late because nobody looked. Answers what calls it off.
 */
export function callAfter(milliseconds: number, end: () => void): () => void {
  const due = performance.now() + milliseconds
  let isOff = false
  const ring = (): void => {
    if (!isOff) end()
  }
  const timer = setTimeout(() => {
    if (performance.now() - due <= LATE_MS) ring()
    // After the next reads where there is such a turn, else as soon as there is any.
    else if (typeof setImmediate === 'function') setImmediate(ring)
    else setTimeout(ring, 0)
  }, milliseconds)
  return () => {
    isOff = true
    clearTimeout(timer)
  }
}

/** The promise, or a rejection with `error` after so many milliseconds; see `callAfter`. */
export function within<T>(promise: Promise<T>, milliseconds: number, error: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const callOff = callAfter(milliseconds, () => reject(error()))
    promise.then(resolve, reject).finally(callOff)
  })
}
