import type { Ruleset } from '@attune/core'
import { describe, expect, test } from 'vitest'
import { casesOf, compileChecked, runCases } from './cases.ts'
import { checkDecisions, checkSegments, type Tally } from './check-case.ts'
import { LEAVES, makeLeaf } from './make-condition.ts'
import { makeWorld } from './make-world.ts'
import { createRandom, type Random } from './random.ts'

/** A case is one visitor at one instant, asked about every segment or every placement. */
const CASES = 100_000
const SIZES = { worlds: 4, cuts: 2, nows: 5 }
const SLOW = { timeout: 300_000 }

describe('random visitors against the language page', () => {
  test('100,000 cases: segments answer as the page says, until exactly or never late', SLOW, () => {
    const tally: Record<string, Tally[string]> = {}
    const seeds = CASES / (SIZES.worlds * SIZES.cuts * SIZES.nows) + 20
    const { cases, wrong } = runCases(1, 1 + seeds, SIZES, (asked, random) =>
      checkSegments(asked, random, tally),
    )
    expect(JSON.stringify(wrong[0], null, 1)).toBeUndefined()
    expect(cases).toBeGreaterThanOrEqual(CASES)
    // Chance proves nothing about a kind that never comes true.
    expect(rareAnswers(tally)).toEqual([])
  })

  test('10,000 cases: placements decide as the page says, until never late', SLOW, () => {
    const { cases, wrong } = runCases(1, 300, SIZES, checkDecisions)
    expect(JSON.stringify(wrong[0], null, 1)).toBeUndefined()
    expect(cases).toBeGreaterThanOrEqual(10_000)
  })

  test('the clock answers as the page says, until exactly, through summer time', SLOW, () => {
    const wrong: unknown[] = []
    for (let seed = 1; seed <= 400 && wrong.length === 0; seed++)
      wrong.push(...checkClock(createRandom(seed)))
    expect(JSON.stringify(wrong[0], null, 1)).toBeUndefined()
  })
})

function checkClock(random: Random): readonly unknown[] {
  const when = makeLeaf(random, 'when')
  const ruleset: Ruleset = {
    version: 1,
    revision: 'r',
    timezone: 'Europe/London',
    segments: { when: { when } },
  }
  const compiled = compileChecked(ruleset)!
  const made = makeWorld(random, ruleset, 0)
  return Array.from({ length: 5 }, () => casesOf(random, made, compiled, 0, 2))
    .flat()
    .flatMap((asked) => checkSegments(asked, random))
}

const NEVER_UNKNOWN = ['consent']
const NEVER_TURNING = ['attr', 'touch', 'consent']

/** Kinds with an answer that fewer than 1 in 100 of their cases gave, and those whose change was never foreseen. */
function rareAnswers(tally: Tally): readonly string[] {
  return LEAVES.flatMap((kind) => {
    const { turning, ...answers } = tally[kind]!
    const all = answers.true + answers.false + answers.unknown
    const rare = Object.entries(answers)
      .filter(([name, n]) => n < all / 100 && !(name === 'unknown' && NEVER_UNKNOWN.includes(kind)))
      .map(([name, n]) => `${kind}: ${n} of ${all} are ${name}`)
    return turning < all / 100 && !NEVER_TURNING.includes(kind) ? [...rare, `${kind} never turns`] : rare
  })
}
