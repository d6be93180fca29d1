import { announce } from '../announce.ts'
import type { Environment } from '../environment.ts'
import type { Flush } from '../observe/observer.ts'
import type { QueuedEvent } from '../queue/create-event.ts'
import { loadQueue, saveQueue } from '../queue/mirror.ts'
import { safely } from '../safely.ts'
import { buildBatch, MAX_EVENTS } from './build-batch.ts'

const IDLE = 1_000
const FULL = 20
const MAX_QUEUED = 200
const TIMEOUT = 10_000
// A tab in which nothing happens comes again at a random time within it. All of a site's tabs fail together, and were they all
// eager to try again, they would come as a storm while the server is down and when it is back.
const LONGEST = 300_000
// What happens meanwhile may try sooner: it would have made a request anyway.
const LONGEST_HURRY = 60_000

export interface Sender {
  /** Queues an event and sends it within a second, or at once if it is urgent. */
  add(event: QueuedEvent, urgent?: boolean): void
  /** Takes over what an earlier page of this tab left. */
  restore(): void
  /** Sends now, unless a request is under way or the server asked for time. */
  readonly flush: Flush
  /** Hands everything to the browser, which sends it even if the page ends here. */
  beacon(): void
  /** Forgets everything and breaks off the request under way. */
  drop(): void
}

/** Creates the sender: one request at a time, so events arrive in order, and none unless `allowed()`. */
export function createSender(
  { window, now, random, later }: Environment,
  endpoint: string,
  allowed: () => boolean,
  leastValuable: (events: readonly QueuedEvent[]) => number = () => 0,
): Sender {
  let events: QueuedEvent[] = []
  let request: (() => void) | undefined
  let attempt = 0
  let notBefore = 0
  let cancel: (() => void) | undefined

  const save = () => saveQueue(window, [events, notBefore, attempt])
  // Answered, or given up for now.
  const settle = (heard: readonly QueuedEvent[]) => {
    heard.map(({ done }) => done?.())
  }
  const remove = (gone: readonly QueuedEvent[]) => {
    events = events.filter((event) => !gone.includes(event))
    save()
    settle(gone)
  }
  const flushIn = (delay: number) => {
    cancel?.()
    cancel = later(flush, delay)
  }
  const flush: Flush = () => {
    if (request || !allowed() || !events[0]) return
    if (now() > notBefore) return send()
    settle(events)
    flushIn(random() * LONGEST)
  }
  const send = async () => {
    const [batch, body, light] = buildBatch(events, now())
    const controller = new AbortController()
    let answer: Response | undefined
    request = () => controller.abort()
    later(request, TIMEOUT)
    try {
      answer = await (flush.via ?? window.fetch)(endpoint, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        // A single event too large to outlive the page is left to the collector's refusal.
        keepalive: light,
        signal: controller.signal,
      })
    } catch {
      // Not reached, or broken off: an answer that never came.
    }
    request = undefined
    if (answer && answer.status < 500 && answer.status !== 429) {
      attempt = 0
      remove(batch)
      // An answer without readable JSON is an answer all the same.
      answer
        .json()
        .then(({ changed }) => changed?.[0] && announce(window, 'attune:changed', { placements: changed }))
        .catch(() => {})
    } else {
      // Everything by chance, also what was asked for: it was asked of many at once.
      const seconds = answer?.headers.get('retry-after')
      const asked = 1_000 * +seconds! || 0
      notBefore = now() + asked + random() * (asked + Math.min(LONGEST_HURRY, 1_000 * 2 ** attempt++))
      save()
    }
    flush()
  }
  return {
    add(event, urgent) {
      events.push(event)
      if (events.length > MAX_QUEUED) events.splice(leastValuable(events), 1)
      save()
      if (urgent || events.length >= FULL) flush()
      else flushIn(IDLE)
    },
    restore() {
      const kept = loadQueue(window)
      if (kept) [events, notBefore, attempt] = kept
    },
    flush,
    beacon() {
      let most = MAX_EVENTS
      // What is in the air goes along: the request may die with the page, and a duplicate is dropped by its id.
      while (most && events[0] && now() > notBefore && allowed()) {
        const [batch, body] = buildBatch(events, now(), most)
        if (!safely(() => window.navigator.sendBeacon(endpoint, body))) most = batch.length >> 1
        // While the server is in trouble nobody knows what became of it: it is kept, and sent this way once.
        else if (attempt) notBefore = now() + IDLE / 2
        else remove(batch)
      }
    },
    drop() {
      remove(events)
      request?.()
    },
  }
}
