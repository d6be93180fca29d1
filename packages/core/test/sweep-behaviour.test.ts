import { evaluateSegments } from '@attune/core'
import { createSweep, publishSweep, type Sweep } from '@attune/core/sweep'
import { expect, test } from 'vitest'
import { type Case, runCases } from './oracle/cases.ts'

const sweeps = new WeakMap<object, Sweep>()

test('a sweep says of segments of every kind what asking each says', { timeout: 60_000 }, () => {
  let trues = 0
  const { cases, wrong } = runCases(1, 150, { worlds: 4, cuts: 2, nows: 5 }, (asked) => {
    const { compiled, world, profile, now, seed } = asked
    const question = { profile, context: world.context, consent: world.consent, now: now * 1000 }
    const alone = evaluateSegments(compiled, question)
    const sweep = sweepOf(asked)
    const answer = sweep.ask(question)
    return sweep.keys.flatMap((key, place) => {
      const isIn = alone[key]!.match === true
      if (isIn) trues++
      return answer.matches(place) === isIn
        ? []
        : [{ seed, key, alone: alone[key], segment: world.ruleset.segments![key] }]
    })
  })
  expect(wrong).toEqual([])
  expect(cases).toBeGreaterThan(3_000)
  expect(trues).toBeGreaterThan(3_000)
})

function sweepOf({ compiled }: Case): Sweep {
  const known = sweeps.get(compiled)
  if (known !== undefined) return known
  const made = createSweep(publishSweep(compiled.ruleset), () => compiled)
  sweeps.set(compiled, made)
  return made
}
