import { describe, expect, test } from 'vitest'
import { NO_REDIS } from '../support/redis.ts'
import { SCENARIOS } from './scenarios/all.ts'
import { PARTS, type Scenario, SEED, SOAK } from './scenarios/scenario.ts'

const LACKS: { readonly [need in NonNullable<Scenario['needs']>]: string | false } = {
  redis: NO_REDIS,
  root: process.getuid?.() !== 0 && 'only root may mount a small disk',
}

test('there are at least 60 scenarios, each with a name of its own', () => {
  expect(SCENARIOS.length).toBeGreaterThanOrEqual(60)
  expect(new Set(SCENARIOS.map(({ name }) => name)).size).toBe(SCENARIOS.length)
})

describe(`with seed ${SEED}`, () => {
  for (const scenario of SCENARIOS) {
    const lack = scenario.needs !== undefined && LACKS[scenario.needs]
    test.skipIf(lack)(
      `${scenario.name}${lack ? `: ${lack}` : ''}`,
      async () => {
        const proofs = await scenario.play()
        for (const part of PARTS) {
          const before = expect.getState().assertionCalls
          proofs[part]()
          // A scenario that asserts nothing of a part proves nothing of it.
          expect(expect.getState().assertionCalls, part).toBeGreaterThan(before)
        }
      },
      SOAK ? 1_800_000 : 120_000,
    )
  }
})
