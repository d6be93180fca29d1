import type { ServerResponse } from 'node:http'
import type { FeedFilter, Onlookers } from '@attune/collector/watching'
import { HEARD, MISSED } from './numbers.ts'
import { type EventStream, openEventStream } from './open-event-stream.ts'

// Often enough for eyes, and one write for many events.
const FLUSH_MS = 100
// More than 10,000 events a second nobody reads.
const MOST_AT_ONCE = 1_000

/** Streams events as they arrive; who cannot keep up is told how many were left out. `onClose` hears when it ended. */
export function streamEvents(
  outgoing: ServerResponse,
  {
    onlookers,
    filter,
    onClose,
  }: { onlookers: Pick<Onlookers, 'follow'>; filter: FeedFilter; onClose: () => void },
): EventStream {
  let waiting: string[] = []
  let missed = 0
  const stop = onlookers.follow((event) => {
    if (waiting.length < MOST_AT_ONCE) waiting.push(JSON.stringify(event))
    else missed++
  }, filter)
  const stream = openEventStream(outgoing, () => {
    clearInterval(timer)
    stop()
    onClose()
  })
  const timer = setInterval(() => {
    const events = waiting
    waiting = []
    if (stream.isBehind()) {
      missed += events.length
      return
    }
    const messages = events.map((data) => ({ event: HEARD, data }))
    if (missed > 0) messages.push({ event: MISSED, data: JSON.stringify({ count: missed }) })
    missed = 0
    if (messages.length > 0) stream.write(messages)
  }, FLUSH_MS)
  timer.unref()
  return stream
}

/** Reads which events are asked for from a request's target: `?name=…&name=…&reason=…`. */
export function readFilter(target: string): FeedFilter {
  const { searchParams } = new URL(target, 'http://collector')
  const names = searchParams.getAll('name')
  const reasons = searchParams.getAll('reason')
  return { ...(names.length > 0 ? { names } : {}), ...(reasons.length > 0 ? { reasons } : {}) }
}
