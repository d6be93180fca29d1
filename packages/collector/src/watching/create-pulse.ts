import { isGranted, type Purpose } from '@attune/core'
import { type Buckets, createBuckets } from './buckets.ts'
import { countVisitors } from './count-visitors.ts'
import type { Outcome, SettledBatch } from './outcome.ts'

/** How many of something, the most first. */
export type Counts = readonly (readonly [name: string, count: number])[]

/** Of how many the purposes were granted. */
export interface GrantCounts {
  readonly all: number
  /** Those that granted nothing but `functional`. */
  readonly nothing: number
  readonly granted: { readonly [purpose in AskedPurpose]: number }
}

/** A purpose that a visitor can refuse. */
export type AskedPurpose = Exclude<Purpose, 'functional'>

/** What came in the last minutes, in counts that name nobody. */
export interface Pulse {
  /** Milliseconds since 1970, as `began`: since when it is counted. */
  readonly now: number
  readonly began: number
  /** Events a second, of each of the last 300 whole seconds, the oldest first. */
  readonly seconds: { readonly accepted: readonly number[]; readonly rejected: readonly number[] }
  /** Events of the last five minutes. */
  readonly accepted: number
  readonly duplicates: number
  readonly rejected: number
  /** Rejected events of the last five minutes by reason; of programs with what gave them away, as `bot/timing`. */
  readonly reasons: Counts
  /** Batches of the last five minutes none of whose events was looked at or kept, by what their senders were told. */
  readonly refusedBatches: Counts
  /** Accepted events of the last five minutes by name, the ten that came most. */
  readonly events: Counts
  /** What was granted by those who sent batches in the last five minutes, programs aside. */
  readonly consent: GrantCounts
  /** What was answered to the banner in the last hour. */
  readonly answers: GrantCounts
  /** About how many sessions had a sign of life in the last half hour, of visitors who can be told apart. */
  readonly sessions: number
}

/** Counts what comes; cheap enough to go on while nobody looks. */
export interface PulseCounter {
  hear(batch: SettledBatch, outcomes: readonly Outcome[], now: number): void
  refuse(error: string, now: number): void
  answer(granted: readonly Purpose[], now: number): void
  read(now: number): Pulse
}

interface Second {
  accepted: number
  rejected: number
}

interface Stretch {
  accepted: number
  duplicates: number
  rejected: number
  readonly reasons: Map<string, number>
  readonly refused: Map<string, number>
  readonly events: Map<string, number>
  readonly consent: Grants
}

interface Grants {
  all: number
  nothing: number
  readonly granted: { [purpose in AskedPurpose]: number }
}

const SECONDS = 300
const STRETCH = 10_000
const MOST_EVENTS = 10
const ASKED: readonly AskedPurpose[] = ['preferences', 'statistics-anonymous', 'statistics', 'marketing']

/** Creates a counter. `began` is when it begins, milliseconds. */
export function createPulse(began: number, randomBytes?: (count: number) => Uint8Array): PulseCounter {
  const seconds = createBuckets<Second>(1_000, SECONDS + 1, () => ({ accepted: 0, rejected: 0 }))
  const stretches = createBuckets<Stretch>(STRETCH, (SECONDS * 1_000) / STRETCH + 1, emptyStretch)
  const answers = createBuckets<Grants>(60_000, 61, emptyGrants)
  const visitors = countVisitors(randomBytes)

  return {
    hear: (batch, outcomes, now) => {
      const second = seconds.at(now)
      const stretch = stretches.at(now)
      for (const outcome of outcomes) countOne(outcome, second, stretch)
      const isProgram = batch.refused.some(({ rejection }) => rejection.reason === 'bot')
      if (isProgram) return
      addGrants(stretch.consent, (purpose) => isGranted(batch.consent, purpose))
      if (batch.visitor !== undefined && batch.taken.length > 0) visitors.note(batch.visitor, now)
    },
    refuse: (error, now) => bump(stretches.at(now).refused, error),
    answer: (granted, now) => addGrants(answers.at(now), (purpose) => granted.includes(purpose)),
    read: (now) => {
      const whole = seconds.last(now).slice(0, SECONDS)
      const recent = present(stretches, now)
      const sum = (key: 'accepted' | 'duplicates' | 'rejected') =>
        recent.reduce((all, one) => all + one[key], 0)
      return {
        now,
        began,
        seconds: {
          accepted: whole.map((second) => second?.accepted ?? 0),
          rejected: whole.map((second) => second?.rejected ?? 0),
        },
        accepted: sum('accepted'),
        duplicates: sum('duplicates'),
        rejected: sum('rejected'),
        reasons: mostOf(recent.map(({ reasons }) => reasons)),
        refusedBatches: mostOf(recent.map(({ refused }) => refused)),
        events: mostOf(recent.map(({ events }) => events)).slice(0, MOST_EVENTS),
        consent: sumGrants(recent.map(({ consent }) => consent)),
        answers: sumGrants(present(answers, now)),
        sessions: visitors.estimate(now),
      }
    },
  }
}

function countOne(outcome: Outcome, second: Second, stretch: Stretch): void {
  if (outcome.is === 'rejected') {
    const { reason, detail } = outcome.rejection
    second.rejected++
    stretch.rejected++
    return bump(stretch.reasons, detail === undefined ? reason : `${reason}/${detail}`)
  }
  if (outcome.is === 'duplicate') {
    stretch.duplicates++
    return
  }
  second.accepted++
  stretch.accepted++
  // What was taken is declared, so there are not many names.
  bump(stretch.events, outcome.event.name)
}

function present<Bucket>(buckets: Buckets<Bucket>, now: number): readonly Bucket[] {
  return buckets.last(now).filter((bucket) => bucket !== undefined)
}

function emptyStretch(): Stretch {
  const counts = { reasons: new Map(), refused: new Map(), events: new Map() }
  return { accepted: 0, duplicates: 0, rejected: 0, ...counts, consent: emptyGrants() }
}

function emptyGrants(): Grants {
  const granted = { preferences: 0, 'statistics-anonymous': 0, statistics: 0, marketing: 0 }
  return { all: 0, nothing: 0, granted }
}

function addGrants(grants: Grants, isIn: (purpose: AskedPurpose) => boolean): void {
  let isNothing = true
  for (const purpose of ASKED) {
    if (!isIn(purpose)) continue
    isNothing = false
    grants.granted[purpose]++
  }
  grants.all++
  if (isNothing) grants.nothing++
}

function sumGrants(parts: readonly GrantCounts[]): GrantCounts {
  const sum = emptyGrants()
  for (const { all, nothing, granted } of parts) {
    sum.all += all
    sum.nothing += nothing
    for (const purpose of ASKED) sum.granted[purpose] += granted[purpose]
  }
  return sum
}

function bump(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}

function mostOf(parts: readonly ReadonlyMap<string, number>[]): Counts {
  const sums = new Map<string, number>()
  for (const part of parts) for (const [name, count] of part) sums.set(name, (sums.get(name) ?? 0) + count)
  return [...sums].sort(([a, many], [b, few]) => few - many || (a < b ? -1 : 1))
}
