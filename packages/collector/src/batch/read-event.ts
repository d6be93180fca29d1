import { type AttuneEvent, parseEvent } from '@attune/core'
import type { Refusal } from '../rejection.ts'

/** The most properties of an event. */
export const MAX_PROPERTIES = 32

/** Reads one event of a batch; `problem` is what the JSON reader found in it. */
export function readEvent(value: unknown, problem: string | undefined): AttuneEvent | Refusal {
  const parsed = parseEvent(value)
  if (!parsed.ok) {
    const [first] = parsed.problems
    const reason = first?.code === 'forbidden-key' ? 'forbidden-key' : 'malformed'
    return { reason, message: first?.message ?? 'This is no event.' }
  }
  if (problem !== undefined) return { reason: 'malformed', message: problem }
  if (Object.keys(parsed.value.properties).length > MAX_PROPERTIES) {
    return { reason: 'too-large', message: `An event has at most ${MAX_PROPERTIES} properties.` }
  }
  return parsed.value
}

/** The id of something that may be an event. */
export function readId(value: unknown): string | null {
  const id =
    typeof value === 'object' && value !== null && Object.hasOwn(value, 'id') && 'id' in value && value.id
  return typeof id === 'string' && id.length <= 64 ? id : null
}
