import { type CompiledRuleset, evaluateSegments } from '@attune/core'
import type { LocalVisitor } from '@attune/tracker/local'

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
 * passes.
 */
export function workOutKnown(
  compiled: CompiledRuleset,
  hash: string,
  segments: readonly string[],
  visitor: LocalVisitor,
): Known {
  const s = segments.map((segment) => scheduleOf(compiled, segment, visitor))
  return { h: hash, u: visitor.visitor ?? '', s }
}

/** What is kept of a visitor who is held out: that, and nothing else. */
export function heldOut(hash: string): Known {
  return { h: hash, u: '', s: [], o: true }
}

function scheduleOf(compiled: CompiledRuleset, segment: string, visitor: LocalVisitor): Schedule {
  const end = Math.floor(visitor.now / 1000) + HORIZON
  const schedule: (boolean | number | null)[] = []
  let { now } = visitor
  for (let change = 0; change < MOST_CHANGES; change++) {
    const { match, until } = evaluateSegments(compiled, { ...visitor, now }, [segment])[segment]!
    const seconds = Math.min(end, until === null ? end : until / 1000)
    // A horizon may be early: what goes on is one stretch.
    if (schedule.at(-2) === match && schedule.length > 0) schedule[schedule.length - 1] = seconds
    else schedule.push(match, seconds)
    if (seconds >= end) break
    now = seconds * 1000
  }
  return schedule
}
