import { expect, test } from 'vitest'
import { newPlacementId, toKey, widestAlign } from '../../src/blocks/adaptive/adaptive.ts'
import { type Delivered, deliveryWords } from '../../src/blocks/adaptive/delivery-words.ts'
import { evenShares, percent, restShare } from '../../src/blocks/adaptive/shares.ts'
import { freeKey, type VariantAttributes, variantsIn } from '../../src/blocks/variant/variant.ts'
import { variantTitle } from '../../src/blocks/variant/variant-words.ts'
import { readSegments } from '../../src/editor/segments/segment.ts'
import { audienceWords } from '../../src/editor/segments/segment-words.ts'
import { makeParagraph, makeSegment, makeVariant } from './make-blocks.ts'

const SEGMENTS = [
  makeSegment('vip', { label: 'VIP' }),
  makeSegment('sale', { label: 'Sale', scope: 'static' }),
  makeSegment('germany', { label: 'Germany', scope: 'coarse' }),
  makeSegment('secret', { label: 'Secret', confidential: true }),
  makeSegment('sealed', { label: 'Sealed', confidential: true, cached: false }),
]

const titleOf = (attributes: Partial<VariantAttributes>): string =>
  variantTitle(variantsIn([makeVariant(attributes)])[0]!, SEGMENTS)

test.each<[string, Partial<VariantAttributes>]>([
  ['Hello', { label: 'Hello', segments: ['vip'] }],
  ['Default', { isDefault: true }],
  ['VIP', { segments: ['vip'] }],
  ['VIP or Germany', { segments: ['vip', 'germany'] }],
  ['VIP and Germany', { segments: ['vip', 'germany'], match: 'all' }],
  ['Everyone but VIP', { segments: ['vip'], match: 'none' }],
  ['gone (deleted)', { segments: ['gone'] }],
  ['Scheduled', { from: '2026-01-01T00:00:00Z' }],
  ['Variant 2', { key: 'variant-2' }],
  ['offer', { key: 'offer' }],
])('a variant is called %s', (title, attributes) => {
  expect(titleOf(attributes)).toBe(title)
})

test('a segment is called by its key while labels are being fetched', () => {
  expect(audienceWords('any', ['vip'], undefined)).toBe('vip')
})

test('what is no segment is not read as one, and what is missing is filled in', () => {
  expect(
    readSegments([
      { key: 'a' },
      { label: 'no key' },
      null,
      7,
      { key: 'b', scope: 'static', confidential: 1 },
    ]),
  ).toEqual([makeSegment('a', { label: 'a' }), makeSegment('b', { label: 'b', scope: 'static' })])
  expect(readSegments({ code: 'rest_forbidden' })).toEqual([])
})

const delivered = (
  delivery: Delivered['attributes']['delivery'],
  segments: readonly string[],
  strategy: Delivered['attributes']['strategy'] = 'first-match',
): string =>
  deliveryWords(
    {
      attributes: { delivery, strategy },
      variants: [
        { segments, isDefault: false },
        { segments: [], isDefault: true },
      ],
    },
    SEGMENTS,
  )

test.each<[string, string, Parameters<typeof delivered>]>([
  ['automatic of time alone', 'no visitor downloads another variant', ['auto', ['sale']]],
  ['automatic of the visitor', 'All 2 variants are public', ['auto', ['sale', 'vip']]],
  ['automatic of something confidential', 'never in the page', ['auto', ['secret']]],
  ['automatic of what no cookie speaks of', 'nobody sees it either', ['auto', ['sealed']]],
  ['an experiment', 'All 2 variants are public', ['auto', [], 'experiment']],
  ['the server, of time alone', 'stays cacheable', ['server', ['sale']]],
  ['the server, of the country', 'tells these visitors apart', ['server', ['germany']]],
  ['the server, of the visitor', 'bypass your page cache', ['server', ['germany', 'vip']]],
  ['the browser', 'All 2 variants are public', ['inline', ['vip']]],
  ['a fragment', 'fetched once the page has loaded', ['fragment', ['vip']]],
  ['the edge', 'a trusted edge', ['edge', ['vip']]],
  ['the default only', 'Everybody sees the default', ['static', ['vip']]],
])('delivery by %s says its truth', (_, words, given) => {
  expect(delivered(...given)).toContain(words)
})

test('shares are even, leave a rest, and never add up to more than all', () => {
  expect([
    evenShares(1),
    evenShares(2),
    restShare([0.5]),
    restShare([0.3333, 0.3333]),
    restShare([0.8, 0.5]),
  ]).toEqual([0.5, 0.3333, 0.5, 0.3334, 0])
  expect([percent(0.5), percent(0.3334)]).toEqual(['50 %', '33.34 %'])
})

test('a placement id is a key of the language, from its label and chance', () => {
  expect([
    newPlacementId('Black Friday!', 0),
    newPlacementId('', 0.999999999),
    newPlacementId('日本', 0.5),
  ]).toEqual(['black-friday-00000', 'placement-zzzzz', 'placement-i0000'])
  expect(toKey('--A  b--')).toBe('a-b')
})

test('a new variant takes the first key that is free', () => {
  expect([freeKey([]), freeKey(['variant-1', 'default']), freeKey(['variant-2'])]).toEqual([
    'variant-1',
    'variant-2',
    'variant-1',
  ])
})

test('content is as wide as its widest block', () => {
  const [plain, wide, full] = [{}, { align: 'wide' }, { align: 'full' }].map((align) =>
    makeParagraph('x', align),
  )
  expect([widestAlign([plain!]), widestAlign([plain!, wide!]), widestAlign([wide!, full!, plain!])]).toEqual([
    undefined,
    'wide',
    'full',
  ])
})
