/** Keeps a request's surroundings alive for what goes on behind its answer. */
export type WaitUntil = (work: Promise<unknown>) => void

/**
 * Lets a request wait for something `patience` milliseconds at most and then go on with what there was before; the work itself goes on
 * behind it.
 */
export function patiently<T>(
  patience: number,
  work: () => Promise<T | undefined>,
): (waitUntil: WaitUntil) => Promise<T | undefined> {
  let last: T | undefined
  return (waitUntil) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => resolve(last), patience)
      const working = work().finally(() => clearTimeout(timer))
      waitUntil(working)
      working.then((made) => {
        last = made
        resolve(made)
      }, reject)
    })
}
