import type { Environment } from '../environment.ts'
import type { EventProperties } from './clean-properties.ts'

/** One event as it waits and as it is sent, apart from `page`, which its batch carries. */
export interface QueuedEvent {
  readonly id: string
  readonly name: string
  readonly time: number
  readonly properties: EventProperties
  readonly page: string
}

// Counts from where base 36 has four characters, and has them for the next 600,000 events.
let made = 1e6

/** Stamps an event with the time, the page and an id of 18 to 22 characters, about 50 bits of them random. */
export function createEvent(
  { now, random }: Environment,
  name: string,
  properties: EventProperties,
  page: string,
): QueuedEvent {
  const time = now()
  // Events of one second are ordered by id: the time and a counter first keep them in the order they happened.
  const id = time.toString(36) + (made++).toString(36) + `${random().toString(36)}00000000`.slice(2, 12)
  return { id, name, time, properties, page }
}
