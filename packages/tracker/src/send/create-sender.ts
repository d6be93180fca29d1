import { announce } from '../announce.ts'
import type { Environment } from '../environment.ts'
import type { QueuedEvent } from '../queue/create-event.ts'
import { loadQueue, saveQueue } from '../queue/mirror.ts'
import { safely } from '../safely.ts'
import { buildBatch, MAX_EVENTS } from './build-batch.ts'
import { retryDelay } from './retry-delay.ts'

const IDLE = 1_000
const FULL = 20
const MAX_QUEUED = 200
const MINUTE = 60_000
const TIMEOUT = 10_000

/** Hears which events need not be waited for any longer: answered, or given up for now; all of them if none are named. */
export type Settle = (events?: readonly QueuedEvent[]) => void

export interface Sender {
  /** Queues an event and sends it within a second, or at once if it is urgent. */
  add(event: QueuedEvent, urgent?: boolean): void
  /** Takes over what an earlier page of this tab left. */
  restore(): void
  /** Sends now, unless a request is under way or the server asked for time. */
  flush(): void
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
  settle: Settle,
  leastValuable: (events: readonly QueuedEvent[]) => number,
): Sender {
  let events: QueuedEvent[] = []
  let request: AbortController | undefined
  let attempt = 0
  let notBefore = 0
  let cancel: (() => void) | undefined

  const save = () => saveQueue(window, events, notBefore)
  const remove = (gone: readonly QueuedEvent[]) => {
    events = events.filter((event) => !gone.includes(event))
    save()
    settle(gone)
  }
  const flushIn = (delay: number) => {
    cancel?.()
    cancel = later(flush, delay)
  }
  const flush = () => {
    if (request || !allowed() || !events.length) return
    const wait = notBefore - now()
    if (wait > 0) {
      settle()
      // Looked at again within a minute: the clock may be set, and a timer fires at once beyond 2^31 ms.
      flushIn(Math.min(wait, MINUTE))
    } else send()
  }
  const send = async () => {
    const [batch, body, light] = buildBatch(events, now())
    const controller = new AbortController()
    let answer: Response | undefined
    request = controller
    later(() => controller.abort(), TIMEOUT)
    try {
      answer = await window.fetch(endpoint, {
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
    if (answer && answer.status !== 429 && answer.status < 500) {
      attempt = 0
      remove(batch)
      // An answer without readable JSON is an answer all the same.
      answer
        .json()
        .then(({ changed }) => changed?.length && announce(window, 'attune:changed', { placements: changed }))
        .catch(() => {})
    } else {
      notBefore = now() + retryDelay(attempt++, random(), answer?.headers.get('retry-after'))
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
      ;[events, notBefore] = loadQueue(window) ?? [events, notBefore]
    },
    flush,
    beacon() {
      let most = MAX_EVENTS
      // What is in the air goes along: the request may die with the page, and a duplicate is dropped by its id.
      while (most && events.length && now() >= notBefore && allowed()) {
        const [batch, body] = buildBatch(events, now(), most)
        if (safely(() => window.navigator.sendBeacon(endpoint, body))) remove(batch)
        else most = batch.length >> 1
      }
    },
    drop() {
      events = []
      save()
      settle()
      request?.abort()
    },
  }
}
