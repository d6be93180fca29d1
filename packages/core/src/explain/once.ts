import type { Where } from '../condition/where.ts'
import type { EventChange } from './change.ts'

// More than so many is nothing to say to a person.
const MOST_EVENTS = 50

/** An event that happens so many more times; nothing where that is none or too often to say. */
export function once(
  event: string,
  where: Where | undefined,
  count: number | undefined,
): readonly EventChange[] {
  if (count === undefined || count < 1 || count > MOST_EVENTS) return []
  return [{ by: 'event', event, ...(where === undefined ? {} : { where }), count }]
}
