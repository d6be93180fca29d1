import { expect } from 'vitest'
import { answersOf, type Conditions, casesAsked } from '../oracle/cases-asked.ts'
import type { Random } from '../oracle/random.ts'

const RULESETS = 400
const LEAST_CASES = 3_000

/** Expects `holds` of the answers in every case of chance. */
export function expectHeld(
  make: (random: Random) => Conditions,
  holds: (answers: ReturnType<typeof answersOf>) => boolean,
): void {
  let cases = 0
  for (const asked of casesAsked(RULESETS, make)) {
    cases++
    const answers = answersOf(asked)
    if (!holds(answers))
      expect({ seed: asked.seed, answers, segments: asked.world.ruleset.segments }).toBeUndefined()
  }
  expect(cases).toBeGreaterThan(LEAST_CASES)
}
