import { createCounter } from './counter.ts'
import type { ReplayEvent } from './replay-event.ts'

/** Some events of one visitor with one user agent, and the time at which they are received. */
export interface VisitorBatch {
  readonly visitor: string
  readonly userAgent: string
  readonly events: readonly ReplayEvent[]
  /** Milliseconds since 1970, at or after every event. */
  readonly received: number
}

/** What became of a batch: each of its events is counted once. */
export interface BatchOutcome {
  readonly accepted: number
  readonly duplicates: number
  /** The reason of each event that was refused. */
  readonly rejected: readonly string[]
}

/** Hands a batch to the collector. */
export type SendBatch = (batch: VisitorBatch) => Promise<BatchOutcome>

/** What became of all events so far. */
export interface SentTally {
  readonly sent: number
  readonly accepted: number
  readonly duplicates: number
  readonly rejected: ReadonlyMap<string, number>
  /** Visitors of whom an event was refused as a bot's. */
  readonly bots: number
}

// A collector takes 50 events at once, and refuses what is older than 72 hours: a day is well within.
const MOST_IN_BATCH = 50
const MOST_WAITING = 2000
const LONGEST_SPAN = 24 * 3_600_000

/** Sends events in the batches a browser would send, and counts what becomes of them. */
export interface BatchSender {
  add(events: readonly ReplayEvent[]): Promise<void>
  /** Sends what is left. */
  finish(): Promise<void>
  tally(): SentTally
}

/** Batches live in the time of the file: each is received at its newest event, so nothing is late by our own clock. */
export function createBatchSender(send: SendBatch): BatchSender {
  const counts = { sent: 0, accepted: 0, duplicates: 0 }
  const rejected = createCounter()
  const bots = new Set<string>()
  let waiting: ReplayEvent[] = []
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]

  async function add(events: readonly ReplayEvent[]): Promise<void> {
    for (const event of events) {
      counts.sent++
      if (event.visitor === undefined) {
        rejected.add('no-visitor')
        continue
      }
      const span = Math.max(to, event.time) - Math.min(from, event.time)
      if (waiting.length >= MOST_WAITING || span > LONGEST_SPAN) await flush()
      waiting.push(event)
      from = Math.min(from, event.time)
      to = Math.max(to, event.time)
    }
  }

  async function flush(): Promise<void> {
    const batches = batchesOf(waiting, to)
    waiting = []
    ;[from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    const outcomes = await Promise.all(batches.map(send))
    outcomes.forEach((outcome, at) => {
      count(batches[at]!, outcome)
    })
  }

  function count({ visitor }: VisitorBatch, outcome: BatchOutcome): void {
    counts.accepted += outcome.accepted
    counts.duplicates += outcome.duplicates
    for (const reason of outcome.rejected) rejected.add(reason)
    if (outcome.rejected.includes('bot')) bots.add(visitor)
  }

  function tally(): SentTally {
    return { ...counts, rejected: rejected.counts, bots: bots.size }
  }

  return { add, finish: flush, tally }
}

function batchesOf(events: readonly ReplayEvent[], received: number): readonly VisitorBatch[] {
  const bySender = new Map<string, ReplayEvent[]>()
  for (const event of events) {
    const sender = `${event.visitor}\n${event.userAgent}`
    const known = bySender.get(sender)
    if (known === undefined) bySender.set(sender, [event])
    else known.push(event)
  }
  return [...bySender.values()].flatMap((all) => {
    const { visitor, userAgent } = all[0]!
    const starts = Array.from(
      { length: Math.ceil(all.length / MOST_IN_BATCH) },
      (_, at) => at * MOST_IN_BATCH,
    )
    return starts.map((start) => ({
      visitor: visitor!,
      userAgent,
      received,
      events: all.slice(start, start + MOST_IN_BATCH),
    }))
  })
}
