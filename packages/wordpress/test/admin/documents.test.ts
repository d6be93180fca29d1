import { builtInEvents } from '@attune/core/explain'
import type { JsonObject } from '@attune/core/json'
import { expect, test } from 'vitest'
import { freeKey, withAdded, withNew } from '../../src/admin/document/edit-segments.ts'
import { namesIn, segmentsIn } from '../../src/admin/document/names.ts'
import { nextRevision } from '../../src/admin/document/next-revision.ts'
import { PRESETS } from '../../src/admin/document/presets.ts'
import { readImport } from '../../src/admin/document/read-import.ts'
import { starterDocument } from '../../src/admin/document/starter.ts'
import { checkDraft } from '../../src/admin/engine/check-draft.ts'
import { prepareDraft } from '../../src/admin/engine/prepare-draft.ts'

const NOON = Date.parse('2026-11-22T12:00:00Z')

test('a revision is the day and a count, and never goes back', () => {
  expect(nextRevision(null, NOON)).toBe('2026-11-22.1')
  expect(nextRevision('2026-11-22.9', NOON)).toBe('2026-11-22.10')
  expect(nextRevision('2026-11-21.4', NOON)).toBe('2026-11-22.1')
  expect(nextRevision('2027-01-01.3', NOON)).toBe('2027-01-01.4')
  expect(nextRevision('spring sale', NOON)).toBe('2026-11-22.1')
})

test('every preset makes a draft without a finding, on a new site and beside all others', () => {
  const all = PRESETS.reduce((document, preset) => {
    const alone = withNew(starterDocument('Europe/London'), preset, '').document
    expect([preset.key, checkDraft(alone)]).toEqual([preset.key, []])
    return withNew(document, preset, '').document
  }, starterDocument(''))
  expect(checkDraft(all)).toEqual([])
  expect(segmentsIn(all)).toHaveLength(PRESETS.length)
})

test('a preset brings the events that it asks for and leaves those that are there', () => {
  const [reader] = PRESETS.filter(({ key }) => key === 'regular-reader')
  const document: JsonObject = {
    version: 1,
    events: { page_view: { purpose: 'statistics', properties: { page_path: 'number' } } },
  }
  expect(withNew(document, reader, '').document.events).toEqual({
    page_view: { purpose: 'statistics', properties: { page_path: 'number' } },
  })
  expect(withNew({ version: 1 }, reader, '').document.events).toEqual({
    page_view: { properties: { page_path: 'string' } },
  })
})

test('a new segment has a key of its own, made from its name', () => {
  const document: JsonObject = { segments: { vip: {}, 'vip-2': {} } }
  expect(freeKey(document, 'VIP')).toBe('vip-3')
  expect(freeKey(document, '  Früh & spät ')).toBe('fr-h-sp-t')
  expect(freeKey(document, '漢字')).toBe('segment')
  expect(withNew(document, undefined, 'My readers').document.segments).toEqual({
    vip: {},
    'vip-2': {},
    'my-readers': { label: 'My readers', when: {} },
  })
})

test('an import that is added changes nothing of what is there', () => {
  const here: JsonObject = {
    version: 1,
    revision: 'a',
    events: { purchase: { purpose: 'statistics' } },
    segments: { vip: { when: 1 } },
  }
  const other: JsonObject = {
    revision: 'b',
    events: { purchase: {}, view_item: {} },
    segments: { vip: { when: 2 }, new: { when: 3 } },
  }
  expect(withAdded(here, other)).toEqual({
    version: 1,
    revision: 'a',
    events: { purchase: { purpose: 'statistics' }, view_item: {} },
    segments: { vip: { when: 1 }, new: { when: 3 } },
  })
})

test('an import is a document, or one that was published with its document', () => {
  const document = { version: 1, revision: 'a', segments: {} }
  expect(readImport(document)).toEqual({ ok: true, document })
  expect(readImport({ segments: {} })).toEqual({
    ok: true,
    document: { version: 1, revision: '', segments: {} },
  })
  expect(readImport({ published: 1, plan: {}, document })).toEqual({ ok: true, document })
})

test.each([
  ['a list', [], /JSON object/],
  ['published without its document', { published: 1, plan: {} }, /published without its document/],
  ['something else', { colour: 'red' }, /neither "version" nor "segments"/],
  ['features of GrowthBook', { features: {} }, /attune import growthbook/],
  ['saved groups of GrowthBook', { savedGroups: [] }, /attune import growthbook/],
])('%s is refused with the cure', (_, value, cure) => {
  const found = readImport(value)
  expect(found.ok ? '' : found.message).toMatch(cure)
})

test('names come from the draft as it stands, whatever is malformed in it', () => {
  const names = namesIn({
    events: { view_item: { properties: { price: 'number' } }, odd: 7 },
    traits: { plan: { type: 'string', sources: { browser: 1, crm: 3 } }, odd: null },
    scores: { a: { percentiles: [1] }, b: {} },
    funnels: { checkout: { steps: [{ stage: 'cart' }, 3, {}] } },
    segments: { vip: { label: 'VIP' }, odd: 'x' },
  })
  expect(names.events).toEqual(['view_item', 'odd', 'exposure', 'identify'])
  expect(names.propertiesOf('view_item')).toEqual([{ name: 'price', type: 'number' }])
  expect(names.propertiesOf('odd')).toEqual([])
  expect(names.propertiesOf('exposure').map(({ name }) => name)).toEqual([
    'placement',
    'experience',
    'variant',
  ])
  expect(names.traits).toEqual([
    { name: 'plan', type: 'string', sources: ['crm', 'browser'] },
    { name: 'odd', type: '', sources: [] },
  ])
  expect([names.scores, names.ranked, names.stagesOf('checkout')]).toEqual([['a', 'b'], ['a'], ['cart']])
  expect(names.segments).toEqual([
    { key: 'vip', label: 'VIP' },
    { key: 'odd', label: 'odd' },
  ])
  expect(namesIn({}).events).toEqual(builtInEvents())
})

test('a draft is prepared under its revision, without its document inside, with sentences', () => {
  const { document } = withNew(starterDocument(''), PRESETS[1], 'Back again')
  const prepared = prepareDraft(document, 'r7')
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems))
  expect(prepared.value.document.revision).toBe('r7')
  expect(prepared.value.published).toMatchObject({ published: 1, revision: 'r7' })
  expect(prepared.value.published).not.toHaveProperty('document')
  expect(prepared.value.sentences).toEqual({ 'back-again': 'the visitor is back after an earlier visit' })
})

test('a draft with an error is not prepared, and says where', () => {
  const prepared = prepareDraft(
    { ...starterDocument(''), segments: { bad: { when: { count: 'nothing', atLeast: 1 } } } },
    'r1',
  )
  expect(prepared).toMatchObject({
    ok: false,
    problems: [{ path: '$.segments.bad.when.count', code: 'unknown-event' }],
  })
})

test('a segment that no experience names is no finding: posts use it', () => {
  const document = {
    ...starterDocument(''),
    segments: { alone: { when: { attr: 'visitor.returning', is: true } } },
  }
  expect(checkDraft(document)).toEqual([])
})
