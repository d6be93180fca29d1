import {
  type AttuneEvent,
  applyEvents,
  compareEvents,
  type Decision,
  decide,
  emptyProfile,
  evaluateSegments,
  type Profile,
  type SegmentAnswer,
  toSeconds,
} from '@attune/core'
import type { Case } from './parse-case.ts'

/** What a case comes to. */
export interface CaseAnswer {
  readonly segments: { readonly [key: string]: SegmentAnswer }
  readonly decisions: { readonly [placement: string]: DecisionAnswer }
  readonly profile: Profile
}

/** A decision without its placement; `experience` is `null` for a baseline. */
export interface DecisionAnswer {
  readonly variant: string
  readonly experience: string | null
  readonly reason: Decision['reason']
  /** Milliseconds since 1970. */
  readonly until: number | null
}

/** Folds a case's events and asks every segment and placement. */
export function evaluateCase(asked: Case): CaseAnswer {
  const { compiled, context, consent, visitor, now } = asked
  const profile = foldCase(asked)
  const question = { profile, context, consent, visitor, now }
  return {
    segments: evaluateSegments(compiled, question),
    decisions: Object.fromEntries(decide(compiled, question).map((made) => [made.placement, answerOf(made)])),
    profile,
  }
}

/** The profile that a case's events make, with its first sight and those of its traits that no event tells. */
export function foldCase({ compiled: { plan }, events, traits, now, firstSeen }: Case): Profile {
  const given = { ...emptyProfile(plan), traits }
  const folded = applyEvents(given, existingEvents(events, toSeconds(now)), plan)
  return { ...folded, firstSeen: earliest(folded.firstSeen, firstSeen, toSeconds(now)) }
}

/** The events that exist at `now` (whole seconds), each id once (the first given stays), in the order of events. */
export function existingEvents(events: readonly AttuneEvent[], now: number): readonly AttuneEvent[] {
  const byId = new Map<string, AttuneEvent>()
  for (const event of events) {
    if (toSeconds(event.time) <= now && !byId.has(event.id)) byId.set(event.id, event)
  }
  return [...byId.values()].sort(compareEvents)
}

// A first sight that lies ahead has not been yet, as little as an event that does.
function earliest(folded: number | null, given: number | undefined, now: number): number | null {
  if (given === undefined || toSeconds(given) > now) return folded
  return Math.min(toSeconds(given), folded ?? Number.POSITIVE_INFINITY)
}

function answerOf({ variant, experience, reason, until }: Decision): DecisionAnswer {
  return { variant, experience: experience ?? null, reason, until }
}
