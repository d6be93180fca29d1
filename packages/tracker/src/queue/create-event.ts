import type { Environment } from '../environment.ts'
import type { EventProperties } from './clean-properties.ts'

/** One event as it waits and as it is sent, apart from `page`, which its batch carries. */
export interface QueuedEvent {
  readonly id: string
  readonly name: string
  readonly time: number
  readonly properties: EventProperties
  readonly page: string
  /** Tells whoever recorded it that it need not be waited for any longer; neither sent nor kept. */
  readonly done?: () => void
}

let made = 0

/** Stamps an event with the time, the page and an id of 20 characters, about 50 bits of them random. */
export function createEvent(
  { now, random }: Environment,
  name: string,
  properties: EventProperties,
  page: string,
): QueuedEvent {
  const time = now()
  // Events of one second are ordered by id: microseconds, of which each event has its own, keep them in the order they happened. Both
  // numbers have ten characters, until 2085 and from 2^50 on.
  const id = (1e3 * time + made++).toString(36) + ((1 + random()) * 2 ** 50).toString(36).slice(0, 10)
  return { id, name, time, properties, page }
}
