import type { QueuedEvent } from '../queue/create-event.ts'

/** As many events as the collector takes at once. */
export const MAX_EVENTS = 50
// Browsers refuse more than 64 KiB that outlives its page; the headers need some of it, and a letter may need three bytes.
const MAX_LENGTH = 20_000

/** Events that leave together, the body that carries them, and whether the browser may send it after the page has ended. */
export type Batch = readonly [events: readonly QueuedEvent[], body: string, light: boolean]

/**
 * Takes the first of the events: those of one page, at most `most`, and as many as fit 20,000 letters; a single event is
 * taken whatever its size. There must be one.
 */
export function buildBatch(events: readonly QueuedEvent[], now: number, most: number = MAX_EVENTS): Batch {
  const page = events[0]?.page
  let count = 0
  while (count < most && events[count]?.page === page) count++
  const taken = events.slice(0, count)
  const body = JSON.stringify({
    sent: now,
    utcOffset: -new Date(now).getTimezoneOffset(),
    page,
    events: taken.map(({ page: _, ...event }) => event),
  })
  const light = body.length <= MAX_LENGTH
  return light || count < 2 ? [taken, body, light] : buildBatch(events, now, count >> 1)
}
