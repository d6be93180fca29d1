import type { Condition } from '@attune/core'
import { expect, test } from 'vitest'
import { answersOf, casesAsked } from '../oracle/cases-asked.ts'
import { LEAVES, makeLeaf } from '../oracle/make-condition.ts'
import type { Random } from '../oracle/random.ts'

const SLOW = { timeout: 120_000 }
const RULESETS = 400

// What asks about consent itself may well come true by its withdrawal.
const kinds = LEAVES.filter((kind) => kind !== 'consent')
const leaf = (random: Random) => makeLeaf(random, random.pick(kinds))
const tree = (random: Random, depth: number): Condition => {
  if (depth === 0 || random.chance(0.2)) return leaf(random)
  const of = Array.from({ length: 1 + random.below(3) }, () => tree(random, depth - 1))
  return random.pick<Condition>([
    { all: of },
    { any: of },
    { not: of[0]! },
    { atLeast: 1 + random.below(of.length), of },
  ])
}

test('withdrawing consent leaves every answer as it is or makes it unknown, under any negation', SLOW, () => {
  let lost = 0
  for (const asked of casesAsked(RULESETS, (random) => ({
    a: tree(random, 3),
    b: { not: tree(random, 3) },
    c: { not: leaf(random) },
  }))) {
    const all = { preferences: true, statistics: true, marketing: true, 'statistics-anonymous': true }
    const granted = answersOf(asked, all)
    for (const withdrawn of Object.keys(all)) {
      const after = answersOf(asked, { ...all, [withdrawn]: false })
      for (const name of Object.keys(granted)) {
        const [before, now] = [granted[name]!.match, after[name]!.match]
        if (now === null && before !== null) lost++
        if (now !== null && now !== before)
          expect({ seed: asked.seed, name, withdrawn, before, now }).toBeUndefined()
      }
    }
  }
  expect(lost).toBeGreaterThan(1_000)
})
