import type { RichTextFormat, RichTextValue } from '@wordpress/rich-text'
import { expect, test } from 'vitest'
import { readAudience, writeAudience } from '../../src/editor/audience/audience.ts'
import { readBinding, writeBinding } from '../../src/editor/value/binding.ts'
import { formatRange } from '../../src/editor/value/format-range.ts'
import { customKey, customName } from '../../src/editor/value/value-keys.ts'

const AUDIENCE = { show: 'all', segments: ['vip'] } as const

test('an audience is kept beside what others keep, and read again', () => {
  const attributes = writeAudience({ metadata: { name: 'Teaser' } }, AUDIENCE)
  expect(attributes).toEqual({ metadata: { name: 'Teaser', attune: { ...AUDIENCE, v: 1 } } })
  expect(readAudience(attributes)).toEqual(AUDIENCE)
})

test('without an audience nothing of ours is left behind', () => {
  expect(writeAudience({ metadata: { name: 'Teaser', attune: {} } }, undefined)).toEqual({
    metadata: { name: 'Teaser' },
  })
  expect(writeAudience({ metadata: { attune: {} } }, undefined)).toEqual({ metadata: undefined })
})

const LONG = 'x'.repeat(257)

// The twin on the server is asked the same in test/wordpress/odd-rows.test.ts.
test.each<[string, unknown, ReturnType<typeof readAudience>]>([
  ['no row', undefined, undefined],
  ['a row that is none', [], undefined],
  ['a row without segments', { show: 'any' }, undefined],
  ['no segments', { show: 'all', segments: [] }, { show: 'all', segments: [] }],
  ['an unknown word and no segments', { show: 'sideways', segments: [] }, { show: 'any', segments: [] }],
  ['no word for how', { segments: ['vip'] }, { show: 'any', segments: ['vip'] }],
  ['segments by name', { show: 'all', segments: { a: 'vip' } }, { show: 'all', segments: ['vip'] }],
  ['an unknown word', { show: 'sideways', segments: ['vip'] }, { show: 'nobody', segments: ['vip'] }],
  ['an empty word', { show: '', segments: ['vip'] }, { show: 'nobody', segments: ['vip'] }],
  ['segments that are no list', { show: 'any', segments: 'vip' }, { show: 'nobody', segments: [] }],
  ['a segment that is no text', { show: 'any', segments: ['vip', 7] }, { show: 'nobody', segments: ['vip'] }],
  ['a segment too long', { show: 'all', segments: [LONG] }, { show: 'nobody', segments: [] }],
  ['too many segments', { show: 'none', segments: Array.from({ length: 65 }, String) }, undefined],
  ['hiding from what is no list', { show: 'none', segments: 'vip' }, undefined],
])('an audience of %s is read as the server reads it', (_, attune, audience) => {
  expect(readAudience({ metadata: { attune } })).toEqual(audience)
})

test.each([null, {}, { metadata: 7 }])('a block that keeps nothing has no audience: %j', (attributes) => {
  expect(readAudience(attributes)).toBeUndefined()
})

const VALUE = { key: 'geo.city', fallback: 'your area' }

test('a binding is kept beside other bindings, and read again', () => {
  const title = { source: 'core/post-meta' }
  const attributes = writeBinding({ metadata: { name: 'x', bindings: { title } } }, 'content', VALUE)
  expect(attributes).toEqual({
    metadata: { name: 'x', bindings: { title, content: { source: 'attune/value', args: VALUE } } },
  })
  expect([readBinding(attributes, 'content'), readBinding(attributes, 'title')]).toEqual([VALUE, undefined])
  expect(writeBinding(attributes, 'content', undefined)).toEqual({
    metadata: { name: 'x', bindings: { title } },
  })
})

test('the last binding taken away leaves nothing behind', () => {
  expect(writeBinding(writeBinding({}, 'content', VALUE), 'content', undefined)).toEqual({
    metadata: undefined,
  })
})

const ours: RichTextFormat = { type: 'attune/value' }
const text = (start: number, end: number = start): RichTextValue => ({
  text: 'in your area now',
  start,
  end,
  formats: [...'in your area now'].map((_, at) => (at >= 3 && at < 12 ? [ours] : undefined)),
})

test.each<[string, RichTextValue, readonly [number, number]]>([
  ['in the middle', text(7), [3, 12]],
  ['at the beginning', text(3), [3, 12]],
  ['at the end', text(12), [3, 12]],
  ['selecting a part of it', text(5, 7), [3, 12]],
  ['outside', text(14), [14, 14]],
  ['outside with a selection', text(0, 2), [0, 2]],
])('the range of a value with the cursor %s is the whole value', (_, value, range) => {
  expect(formatRange(value, 'attune/value')).toEqual(range)
})

test("a site's own value has a name, the others do not", () => {
  expect([customName('custom.tier'), customName('geo.city'), customKey(' tier ')]).toEqual([
    'tier',
    undefined,
    'custom.tier',
  ])
})
