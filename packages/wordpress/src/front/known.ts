import { type CompiledRuleset, evaluateSegments } from '@attune/core'
import type { LocalVisitor } from '@attune/tracker/local'
import { turnsOf, visitorAt } from './visitor-at.ts'

/** `true`, `false` or `null` (unknown) and the second since 1970 before which it holds, one pair after another. */
export type Schedule = readonly (boolean | number | null)[]

/** What the browser worked out for the pages to come: they are decided by it before they are painted. */
export interface Known {
  /** The ruleset that it was worked out for: the first 6 hex digits of its hash. */
  readonly h: string
  /** The visitor's id for shares; '' while it is not known. */
  readonly u: string
  /** Of each key segment. */
  readonly s: readonly Schedule[]
  /** The visitor is held out, and sees defaults everywhere. */
  readonly o?: true
}

/** Name in `localStorage`, before the site's scope. */
export const KNOWN = 'attune_known'

// Whoever stays away longer is looked at anew.
const HORIZON = 30 * 86_400
// A score may change its truth often; most segments never do.
const MOST_CHANGES = 4

/**
 * Works out the truth of each segment from `visitor.now` on: what it is, until when, and what it will be then, if nothing but time
 * passes. `session` is the value of the cookie that sessions are counted in.
 */
export function workOutKnown(
  compiled: CompiledRuleset,
  hash: string,
  segments: readonly string[],
  visitor: LocalVisitor,
  session = '',
): Known {
  const turns = turnsOf(compiled, visitor, session)
  const scheduleOf = (segment: string): Schedule => {
    const end = Math.floor(visitor.now / 1000) + HORIZON
    const schedule: (boolean | number | null)[] = []
    let asked = visitor
    for (let look = 0; look < MOST_CHANGES + turns.length; look++) {
      const { match, until } = evaluateSegments(compiled, asked, [segment])[segment]!
      const turn = turns.find((second) => second * 1000 > asked.now) ?? end
      const seconds = Math.min(end, turn, until === null ? end : until / 1000)
      // A horizon may be early: what goes on is one stretch.
      if (schedule.at(-2) === match && schedule.length > 0) schedule[schedule.length - 1] = seconds
      else if (schedule.length === 2 * MOST_CHANGES) break
      else schedule.push(match, seconds)
      if (seconds >= end) break
      asked = visitorAt(visitor, session, seconds * 1000)
    }
    return schedule
  }
  return { h: hash, u: visitor.visitor ?? '', s: segments.map(scheduleOf) }
}

/** What is kept of a visitor who is held out: that, and nothing else. */
export function heldOut(hash: string): Known {
  return { h: hash, u: '', s: [], o: true }
}
