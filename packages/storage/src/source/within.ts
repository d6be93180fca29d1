import { trouble } from './trouble.ts'

/**
 * What `work` resolves to, if it does within so many milliseconds; else it rejects, the signal that `work` was given is aborted, and
 * whatever `work` still does is no longer waited for.
 */
export async function within<Answer>(
  name: string,
  timeout: number,
  work: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const controller = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = trouble(
        name,
        `did not answer: timeout after ${timeout} ms. Check that it is within reach`,
      )
      reject(error)
      controller.abort(error)
    }, timeout)
  })
  try {
    return await Promise.race([work(controller.signal), late])
  } finally {
    clearTimeout(timer)
  }
}
