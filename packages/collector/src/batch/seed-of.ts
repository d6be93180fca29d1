import { isObject, own } from '@attune/core'

const TRACKED_ID = /^[0-9a-z]{18,22}$/

/**
 * What makes a new visitor's id the same when a first batch is sent again because its answer was lost: its first event's
 * id, when the tracker made it. Such an id begins with the event's time and ends with 50 bits of chance, so nobody meets
 * another's; ids of other makers may be guessed and are no seed.
 */
export function seedOf(events: readonly unknown[]): string | undefined {
  const first = isObject(events[0]) ? events[0] : {}
  const [id, time] = [own(first, 'id'), own(first, 'time')]
  if (typeof id !== 'string' || typeof time !== 'number' || !TRACKED_ID.test(id)) return undefined
  return id.startsWith(Math.floor(time).toString(36)) ? id : undefined
}
