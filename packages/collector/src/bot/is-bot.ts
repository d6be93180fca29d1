import { isbot } from 'isbot'

// Few user agents make most of the traffic; the pattern behind costs more than all else that an event needs.
const MAX_KNOWN = 2_000
const known = new Map<string, boolean>()

/** Tells whether a user agent says that it is a program. No user agent says nothing. */
export function isBot(userAgent: string | null | undefined): boolean {
  if (userAgent === null || userAgent === undefined || userAgent === '') return false
  const answer = known.get(userAgent)
  if (answer !== undefined) return answer
  if (known.size >= MAX_KNOWN) known.clear()
  const fresh = isbot(userAgent)
  known.set(userAgent, fresh)
  return fresh
}
