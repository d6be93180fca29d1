import type { NoteRefusal } from './record-refusals.ts'

/**
 * Lets a route that looks at a proof itself, such as a signature or a key, have its refusals written down before they are answered; when that fails, the answer
 * is 503. `path` may be told by what is asked. `note` missing: nobody writes.
 */
export function noteRefused<Args extends readonly unknown[]>(
  path: string | ((...args: Args) => string),
  ask: (...args: Args) => Promise<Response>,
  note: NoteRefusal | undefined,
): (...args: Args) => Promise<Response> {
  if (note === undefined) return ask
  return async (...args) => {
    const answer = await ask(...args)
    if (answer.status !== 401 && answer.status !== 403) return answer
    try {
      await note(typeof path === 'string' ? path : path(...args))
      return answer
    } catch {
      const body = { error: 'not-recorded', message: 'This cannot be answered now. Try again later.' }
      return Response.json(body, {
        status: 503,
        headers: { 'cache-control': 'no-store', 'retry-after': '5' },
      })
    }
  }
}
