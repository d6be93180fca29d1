import { expect, test } from 'vitest'
import { describeReason, describeUntil } from '../src/overlay/words.ts'

const NOW = Date.UTC(2026, 10, 22, 12)

test('a reason names the experience that decided', () => {
  const decision = { placement: 'hero', variant: 'hiking', until: null }
  expect(describeReason({ ...decision, reason: 'TARGETING_MATCH', experience: 'hero-hiking' })).toBe(
    'hero-hiking: the visitor is in its audience',
  )
  expect(describeReason({ ...decision, reason: 'DEFAULT' })).toBe('no experience applies')
})

test.each([
  [90_000, 'in 2 minutes'],
  [3 * 3_600_000, 'in 3 hours'],
  [24 * 3_600_000, 'in 1 day'],
  [500, 'in 1 second'],
])('%d ms ahead is %s', (ahead, words) => {
  expect(describeUntil(NOW + ahead, NOW)).toContain(words)
})

test('what time never changes says so', () => {
  expect(describeUntil(null, NOW)).toBe('Time alone never changes it.')
})
