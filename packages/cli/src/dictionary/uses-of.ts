import type { Ruleset } from '@attune/core'
import { eventsReadBy, traitsReadBy } from '@attune/core/explain'

/** Name → what asks for it: `segment buyer`, `score worth`. */
export type Uses = ReadonlyMap<string, readonly string[]>

/** What of a ruleset asks for which events: segments, experiences, scores, interests, funnels, bands. */
export function eventUses(ruleset: Ruleset): Uses {
  const { scores = {}, interests = {}, funnels = {}, rfm = {} } = ruleset
  return gather([
    ...conditionsOf(ruleset).map(([user, when]) => [user, eventsReadBy(when, ruleset)] as const),
    ...Object.entries(scores).map(
      ([key, { points }]) => [`score ${key}`, points.map(({ event }) => event)] as const,
    ),
    ...Object.entries(interests).map(
      ([key, { points }]) => [`interest ${key}`, Object.keys(points)] as const,
    ),
    ...Object.entries(funnels).map(
      ([key, { steps }]) => [`funnel ${key}`, steps.map(({ event }) => event)] as const,
    ),
    ...Object.entries(rfm).map(([key, { event }]) => [`bands ${key}`, [event]] as const),
  ])
}

/** What of a ruleset asks for which traits: segments, experiences. */
export function traitUses(ruleset: Ruleset): Uses {
  return gather(conditionsOf(ruleset).map(([user, when]) => [user, traitsReadBy(when)] as const))
}

function conditionsOf({ segments = {}, experiences = [] }: Ruleset) {
  return [
    ...Object.entries(segments).map(([key, { when }]) => [`segment ${key}`, when] as const),
    ...experiences.flatMap(({ key, audience }) =>
      audience === undefined ? [] : [[`experience ${key}`, audience] as const],
    ),
  ]
}

function gather(reads: readonly (readonly [user: string, names: readonly string[]])[]): Uses {
  const uses = new Map<string, string[]>()
  for (const [user, names] of reads) {
    for (const name of new Set(names)) uses.set(name, [...(uses.get(name) ?? []), user])
  }
  return uses
}
