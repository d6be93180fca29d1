import type { AcceptedTally } from './accepted-tally.ts'
import { totalOf } from './counter.ts'
import type { ReplaySource } from './replay-event.ts'
import type { SegmentSize } from './segment-sizes.ts'
import type { SentTally } from './send-batches.ts'

/** A name and how many. */
export interface Count {
  readonly name: string
  readonly count: number
}

/** What a replay came to; the shape of `--json`. */
export interface ReplayReport {
  readonly file: string
  readonly ruleset: string
  readonly unit: 'line' | 'row'
  readonly records: number
  /** Records that became no event, by reason. */
  readonly leftOut: readonly Count[]
  readonly events: {
    readonly sent: number
    readonly accepted: number
    readonly duplicates: number
    readonly rejected: readonly Count[]
    /** Accepted events by name, with the sum of their `value` where they have one. */
    readonly names: readonly (Count & { readonly value: number | null })[]
  }
  /** Visitors with an accepted event; without consent to `preferences` nobody is one. */
  readonly visitors: number
  /** Visitors of whom an event was refused as a bot's. */
  readonly bots: number
  readonly sessions: number
  /** Milliseconds since 1970: the oldest and the newest accepted event. */
  readonly oldest: number | null
  readonly newest: number | null
  readonly segments: readonly SegmentSize[]
  /** How long reading and folding took, milliseconds. */
  readonly took: number
  /** Events sent to the collector in a second. */
  readonly eventsPerSecond: number
}

/** Puts a report together. */
export function buildReport(parts: {
  readonly file: string
  readonly ruleset: string
  readonly source: ReplaySource
  readonly sent: SentTally
  readonly accepted: AcceptedTally
  readonly segments: readonly SegmentSize[]
  readonly took: number
}): ReplayReport {
  const { file, ruleset, source, sent, accepted, segments, took } = parts
  return {
    file,
    ruleset,
    unit: source.unit,
    records: source.records(),
    leftOut: countsOf(source.leftOut()),
    events: {
      sent: sent.sent,
      accepted: sent.accepted,
      duplicates: sent.duplicates,
      rejected: countsOf(sent.rejected),
      names: countsOf(accepted.names).map((count) => ({
        ...count,
        value: accepted.values.get(count.name) ?? null,
      })),
    },
    visitors: accepted.sessions.visitorCount(),
    bots: sent.bots,
    sessions: accepted.sessions.sessionCount(),
    oldest: accepted.oldest() ?? null,
    newest: accepted.newest() ?? null,
    segments,
    took,
    eventsPerSecond: took > 0 ? Math.round((sent.sent * 1000) / took) : 0,
  }
}

/** The sum of some counts. */
export function sumOf(counts: readonly Count[]): number {
  return totalOf(new Map(counts.map(({ name, count }) => [name, count])))
}

function countsOf(counts: ReadonlyMap<string, number>): readonly Count[] {
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count)
}
