/** Keeps a request's surroundings alive for what goes on behind its answer. */
export type WaitUntil = (work: Promise<unknown>) => void

/** Lets a request wait for something `patience` milliseconds at most and then go on without; the work itself goes on behind it. */
export function patiently<T>(
  patience: number,
  work: () => Promise<T | undefined>,
): (waitUntil: WaitUntil) => Promise<T | undefined> {
  return (waitUntil) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => resolve(undefined), patience)
      const working = work().finally(() => clearTimeout(timer))
      waitUntil(working)
      working.then(resolve, reject)
    })
}
