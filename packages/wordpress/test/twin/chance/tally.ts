import type { Spoken } from './talk.ts'

/** What was asked, counted from the wanted answers: chance proves nothing about what never comes. */
export interface Tally {
  cases: number
  readonly matches: Map<unknown, number>
  readonly reasons: Map<string, number>
  /** Segments and placements whose change was foreseen. */
  turning: number
}

/** Nothing was asked yet. */
export function createTally(): Tally {
  return { cases: 0, matches: new Map(), reasons: new Map(), turning: 0 }
}

/** Counts the questions among the lines. */
export function count(tally: Tally, spoken: readonly Spoken[]): void {
  for (const { isQuestion, wanted } of spoken) {
    if (!isQuestion) continue
    tally.cases++
    const [segments, decisions] = JSON.parse(wanted) as readonly [readonly Segment[], readonly Decision[]]
    for (const [, match, until] of segments) {
      tally.matches.set(match, (tally.matches.get(match) ?? 0) + 1)
      if (until !== null) tally.turning++
    }
    for (const [, , , reason, until] of decisions) {
      tally.reasons.set(reason, (tally.reasons.get(reason) ?? 0) + 1)
      if (until !== null) tally.turning++
    }
  }
}

type Segment = readonly [key: string, match: boolean | null, until: number | null]
type Decision = readonly [
  placement: string,
  variant: string,
  experience: string | null,
  reason: string,
  until: number | null,
]
