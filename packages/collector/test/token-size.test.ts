import { readFileSync } from 'node:fs'
import { createSealKeys, emptyHistory, encodeToken, foldEvents, type Ruleset } from '@attune/core'
import { compileDocument } from '@attune/core/publish'
import { expect, test } from 'vitest'

const NOW = Date.UTC(2026, 10, 22, 12)
const CATEGORIES = ['hiking', 'climbing', 'camping', 'cycling']
const NAMES = ['view_item', 'view_item', 'view_item', 'view_item_list', 'add_to_cart', 'purchase']

// Ids as long as the tracker's, spread over a month and every department: as wide a profile as the shop's rules know.
const events = Array.from({ length: 200 }, (_, at) => ({
  id: `mi8x2k4p${String(at).padStart(14, '0')}`,
  name: NAMES[at % NAMES.length]!,
  time: NOW - Math.floor((at * 30 * 86_400_000) / 200),
  properties: { item_id: `item-${at}`, item_category: CATEGORIES[at % 4]!, value: 20 },
}))

test('the token of the demo shop after 200 events stays below 1.5 KB', () => {
  const file = new URL('../../../examples/next-shop/ruleset.json', import.meta.url)
  const compiled = compileDocument(JSON.parse(readFileSync(file, 'utf8')) as Ruleset)
  const { profile } = foldEvents(emptyHistory(compiled.plan), events, compiled.plan, () => []).history
  const issued = { profile, issuedAt: NOW / 1000, utcOffset: -330 }
  const owner = { site: 'site', visitor: 'AAAAAAAAAAAAAAAAAAAAAA' }
  const token = encodeToken(createSealKeys('x'.repeat(32)), owner, compiled, issued)!
  expect(token.length).toBeGreaterThan(300)
  expect(token.length).toBeLessThanOrEqual(1_500)
})
