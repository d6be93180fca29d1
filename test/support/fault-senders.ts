import {
  type AttuneEvent,
  applyEvents,
  compareEvents,
  createSealKeys,
  emptyProfile,
  encodeVisitor,
  type Profile,
} from '@attune/core'
import { NOON, PLAN, SECRET } from './fault-ruleset.ts'

// fetch would say `node`, which is a bot.
export const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0'

const NAMES = ['view_item', 'view_item', 'view_item', 'add_to_cart', 'purchase'] as const
const CATEGORIES = ['hiking', 'climbing', 'camping'] as const
const keys = createSealKeys(SECRET)

/** What became of every event that was sent, each time it was sent. */
export interface Ledger {
  sent: number
  /** Answered as kept: new, or known already. */
  accepted: number
  duplicates: number
  /** Answered as never to be kept, with a reason. */
  refused: number
  /** Answered with 429 or 503: come again. */
  throttled: number
  unanswered: number
}

/** A batch of one visitor. */
export interface Batch {
  readonly visitor: string
  readonly cookie: string
  readonly body: string
  readonly size: number
}

/** An answer as senders read it; `undefined` when none came. */
export interface Heard {
  readonly status: number
  readonly retryAfter: string | null
  readonly text: string
}

export type Ask = (batch: Batch) => Promise<Heard | undefined>
export type Outcome = 'kept' | 'later' | 'unanswered' | 'refused'

/** What became of a batch. */
export interface Sent {
  readonly outcome: Outcome
  /** When to come again, in seconds, as the answer says it. */
  readonly retryAfter: string | null
}

/** Visitors who send, remember what they sent, and send again what nobody can say of whether it arrived. */
export interface Senders {
  readonly ledger: Readonly<Ledger>
  readonly visitors: readonly string[]
  /** What every visitor ever made, and what of it was acknowledged. */
  readonly made: ReadonlyMap<string, ReadonlyMap<string, AttuneEvent>>
  readonly acknowledged: ReadonlySet<string>
  /** How many batches wait to be sent again. */
  readonly waiting: number
  /** Every batch ever made, in order. */
  readonly batches: readonly Batch[]
  /** A fresh batch of a visitor. */
  make(visitor: string, size?: number): Batch
  /** Sends a batch; what is not kept waits to be sent again. */
  send(batch: Batch): Promise<Sent>
  /** Sends each waiting batch once more, so many at a time (default 1); answers whether none is left. */
  resend(sideBySide?: number): Promise<boolean>
}

/** What senders are told of their world. */
export interface SenderSettings {
  readonly count: number
  readonly ask: Ask
  /** When the events of a visitor begin, milliseconds; one a minute. Default an hour before noon. */
  readonly since?: number
  /** Each batch has one event more, which the ruleset does not know. */
  readonly withStranger?: boolean
  /** Set apart visitors of several senders of one store. */
  readonly prefix?: string
}

/** The cookies of a visitor who allows to be remembered. */
export function cookieOf(visitor: string): string {
  return `attune_consent=preferences; attune_visitor=${encodeVisitor(keys, 'site', visitor)}`
}

/** Creates senders. */
export function createSenders(settings: SenderSettings): Senders {
  const { count, ask, since = NOON - 3_600_000, withStranger = false, prefix = '' } = settings
  const visitors = Array.from({ length: count }, (_, at) => `${prefix}${at}`.padStart(22, '0'))
  const made = new Map(visitors.map((visitor) => [visitor, new Map<string, AttuneEvent>()]))
  const acknowledged = new Set<string>()
  const ledger: Ledger = { sent: 0, accepted: 0, duplicates: 0, refused: 0, throttled: 0, unanswered: 0 }
  const batches: Batch[] = []
  let waiting: Batch[] = []
  let strangers = 0

  const settle = (batch: Batch, heard: Heard | undefined): Outcome => {
    ledger.sent += batch.size
    const answer = heard === undefined ? undefined : readCounts(heard.text)
    if (heard?.status === 429 || heard?.status === 503) {
      ledger.throttled += batch.size
      waiting.push(batch)
      return 'later'
    }
    if (answer === undefined || heard === undefined || heard.status >= 500) {
      ledger.unanswered += batch.size
      waiting.push(batch)
      return 'unanswered'
    }
    ledger.accepted += answer.accepted
    ledger.duplicates += answer.duplicates
    ledger.refused += answer.rejected.length
    const refused = new Set(answer.rejected.map(({ id }) => id))
    for (const { id } of eventsOf(batch)) if (!refused.has(id)) acknowledged.add(id)
    return heard.status < 300 ? 'kept' : 'refused'
  }

  return {
    ledger,
    visitors,
    made,
    acknowledged,
    batches,
    get waiting() {
      return waiting.length
    },
    make: (visitor, size = 2) => {
      const own = made.get(visitor)!
      const events = Array.from({ length: size }, (): AttuneEvent => {
        const at = own.size
        const id = `${visitor.slice(-8)}-${at}`
        const properties = { item_id: id, item_category: CATEGORIES[at % 3]! }
        const event = { id, name: NAMES[at % NAMES.length]!, time: since + at * 1_000, properties }
        own.set(id, event)
        return event
      })
      const stranger = { id: `stranger-${prefix}${strangers++}`, name: 'no_such_event', time: since }
      const all = withStranger ? [...events, stranger] : events
      const cookie = cookieOf(visitor)
      // Without `sent` the events' own times are taken: the oracle knows them.
      const batch = { visitor, cookie, body: JSON.stringify({ events: all }), size: all.length }
      batches.push(batch)
      return batch
    },
    send: async (batch) => {
      const heard = await ask(batch).catch(() => undefined)
      return { outcome: settle(batch, heard), retryAfter: heard?.retryAfter ?? null }
    },
    resend: async (sideBySide = 1) => {
      const again = waiting
      waiting = []
      const work = async (): Promise<void> => {
        for (let batch = again.shift(); batch !== undefined; batch = again.shift())
          settle(batch, await ask(batch).catch(() => undefined))
      }
      await Promise.all(Array.from({ length: sideBySide }, work))
      return waiting.length === 0
    },
  }
}

/** Asks a collector in this process. */
export function askHandler(handle: (request: Request) => Promise<Response>): Ask {
  return async ({ body, cookie }) => {
    const headers = { 'content-type': 'application/json', cookie, 'user-agent': BROWSER }
    const request = new Request('http://shop.example/attune/collect', { method: 'POST', headers, body })
    return readAnswer(await handle(request))
  }
}

/** Asks a collector at an address. */
export function askAddress(url: string | (() => string), timeout = 15_000): Ask {
  return async ({ body, cookie }) => {
    const headers = { 'content-type': 'application/json', cookie, 'user-agent': BROWSER }
    const signal = AbortSignal.timeout(timeout)
    const address = typeof url === 'string' ? url : url()
    return readAnswer(await fetch(address, { method: 'POST', headers, body, signal }))
  }
}

async function readAnswer(response: Response): Promise<Heard> {
  const { status, headers } = response
  return { status, retryAfter: headers.get('retry-after'), text: await response.text() }
}

interface Counts {
  readonly accepted: number
  readonly duplicates: number
  readonly rejected: readonly { readonly id: string | null }[]
}

// Half an answer is none.
function readCounts(text: string): Counts | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function eventsOf({ body }: Batch): readonly { readonly id: string }[] {
  return JSON.parse(body).events
}

/** What core folds of some of a visitor's events, all at once. */
export function foldMade(events: Iterable<AttuneEvent>): Profile {
  return applyEvents(emptyProfile(PLAN), [...events].sort(compareEvents), PLAN)
}
