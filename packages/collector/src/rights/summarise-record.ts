import type { Consent, Profile, Purpose } from '@attune/core'
import type { VisitorRecord } from '@attune/storage'

/** What is kept of a visitor, as a person reads it. */
export interface RecordSummary {
  /** Milliseconds; of a visitor nothing is kept of but what was refused, `undefined`. */
  readonly firstSeen: number | undefined
  readonly lastSeen: number | undefined
  readonly events: number
  readonly rejected: number
  /** The newest first. */
  readonly days: readonly DaySummary[]
  readonly traits: Profile['traits']
}

/** What happened on one day. */
export interface DaySummary {
  /** `2026-11-22`, in UTC. */
  readonly day: string
  /** Name of an event → how often, the most frequent first. */
  readonly counts: readonly (readonly [name: string, count: number])[]
}

/** What the page says of somebody. */
export interface PageSubject {
  readonly summary: RecordSummary
  readonly consent: Consent
}

/** The purposes that may be granted, as the page names them. */
export type NamedPurpose = Exclude<Purpose, 'functional'>

/** Sums up what is kept. */
export function summariseRecord({ profile, events, rejected }: VisitorRecord): RecordSummary {
  const days = new Map<string, Map<string, number>>()
  for (const { name, time } of events) {
    const day = new Date(time).toISOString().slice(0, 10)
    const counts = days.get(day) ?? new Map<string, number>()
    counts.set(name, (counts.get(name) ?? 0) + 1)
    days.set(day, counts)
  }
  return {
    firstSeen: inMilliseconds(profile?.firstSeen),
    lastSeen: inMilliseconds(profile?.last?.seconds),
    events: events.length,
    rejected: rejected.length,
    days: [...days]
      .sort(([a], [b]) => (a < b ? 1 : -1))
      .map(([day, counts]) => ({ day, counts: [...counts].sort(([, a], [, b]) => b - a) })),
    traits: profile?.traits ?? {},
  }
}

function inMilliseconds(seconds: number | null | undefined): number | undefined {
  return seconds === null || seconds === undefined ? undefined : seconds * 1000
}
