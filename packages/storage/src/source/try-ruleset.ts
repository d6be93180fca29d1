import {
  type Consent,
  compileRuleset,
  decide,
  emptyProfile,
  evaluateSegments,
  PURPOSES,
  type PublishedRuleset,
} from '@attune/core'

const ALL_GRANTED: Consent = Object.fromEntries(PURPOSES.map((purpose) => [purpose, true]))

/**
 * Compiles every condition of a ruleset and decides every placement for somebody of whom nothing is known.
 * @throws what a request would have met.
 */
export function tryRuleset(ruleset: PublishedRuleset): void {
  const compiled = compileRuleset(ruleset)
  ruleset.nodes.forEach((_, place) => {
    compiled.matcherAt(place)
  })
  const question = { profile: emptyProfile(compiled.plan), context: {}, consent: ALL_GRANTED, now: 0 }
  evaluateSegments(compiled, question)
  decide(compiled, { ...question, visitor: 'nobody' })
}
