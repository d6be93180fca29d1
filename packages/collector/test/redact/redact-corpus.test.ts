import { expect, test } from 'vitest'
import { createRedactor } from '../../src/redact/create-redactor.ts'
import { makeInnocent } from './make-innocent.ts'
import { makeSecret } from './make-secret.ts'
import { createRandom } from './random.ts'

const SEED = 20261122
const COUNT = 5_000
const redactor = createRedactor()

test('of 5,000 seeded secrets at least 99.5 % are taken out', () => {
  const random = createRandom(SEED)
  const missed = Array.from({ length: COUNT }, (_, index) => makeSecret(random, index)).filter(
    ({ secret, text }) => redactor.text(text).includes(secret),
  )
  expect(missed.length / COUNT, JSON.stringify(missed.slice(0, 20))).toBeLessThanOrEqual(0.005)
})

test('of 5,000 seeded innocent texts at most 0.5 % are touched', () => {
  const random = createRandom(SEED)
  const touched = Array.from({ length: COUNT }, (_, index) => makeInnocent(random, index))
    .map((text) => [text, redactor.text(text)] as const)
    .filter(([text, shown]) => text !== shown)
  expect(touched.length / COUNT, JSON.stringify(touched.slice(0, 20))).toBeLessThanOrEqual(0.005)
})
