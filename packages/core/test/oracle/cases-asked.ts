import { type Condition, type Consent, evaluateSegments, type SegmentAnswer } from '@attune/core'
import { type Case, casesOf, compileChecked } from './cases.ts'
import { makeRuleset } from './make-ruleset.ts'
import { makeWorld } from './make-world.ts'
import { createRandom, type Random } from './random.ts'

/** Conditions by name. */
export interface Conditions {
  readonly [name: string]: Condition
}

/** Visitors of chance who are asked the conditions that `make` makes for each of `seeds` rulesets. */
export function* casesAsked(seeds: number, make: (random: Random) => Conditions): Generator<Case> {
  for (let seed = 1; seed <= seeds; seed++) {
    const random = createRandom(seed)
    const { experiences: _, ...ruleset } = makeRuleset(random, `r${seed}`)
    const segments = Object.entries(make(random)).map(([name, when]) => [name, { when }] as const)
    const asked = { ...ruleset, segments: Object.fromEntries(segments) }
    const compiled = compileChecked(asked)
    if (compiled === undefined) continue
    for (let turn = 0; turn < 4; turn++) yield* casesOf(random, makeWorld(random, asked), compiled, seed, 3)
  }
}

/** The answers of a case, with another consent if given. */
export function answersOf(
  { compiled, profile, world, now }: Case,
  consent: Consent = world.consent,
): { readonly [name: string]: SegmentAnswer } {
  return evaluateSegments(compiled, { profile, context: world.context, consent, now: now * 1000 })
}
