import type { BlockInstance } from '@wordpress/blocks'
import { expect, test } from 'vitest'
import { covers } from '../../src/editor/publish/covers.ts'
import { findTroubles } from '../../src/editor/publish/find-troubles.ts'
import type { Segments } from '../../src/editor/segments/segment-words.ts'
import { makeAdaptive, makeBlock, makeParagraph, makeSegment, makeVariant } from './make-blocks.ts'

const NOW = Date.parse('2026-06-01T12:00:00Z')
const SEGMENTS: Segments = [
  makeSegment('vip'),
  makeSegment('back'),
  makeSegment('secret', { confidential: true }),
  makeSegment('late', { cached: false }),
  makeSegment('sealed', { cached: false, confidential: true }),
]
const DEFAULT = makeVariant({ key: 'default', isDefault: true })

const textsOf = (blocks: readonly BlockInstance[]): readonly string[] =>
  findTroubles(blocks, SEGMENTS, NOW).map(({ text }) => text)

test('of caches nothing is said where the server chooses', () => {
  const placement = makeAdaptive([makeVariant({ segments: ['late'] }), DEFAULT], { delivery: 'server' })
  expect(textsOf([placement])).toEqual([])
})

test('a sound placement has no troubles, an empty default among them', () => {
  const empty = makeVariant({ isDefault: true }, [])
  expect(textsOf([makeAdaptive([makeVariant({ segments: ['vip'] }), empty])])).toEqual([])
})

test.each<[string, BlockInstance, string]>([
  ['no default', makeAdaptive([makeVariant({ segments: ['vip'] })]), 'Hero has no default'],
  [
    'an empty variant',
    makeAdaptive([makeVariant({ segments: ['vip'] }, [makeParagraph('')]), DEFAULT]),
    'Hero, VIP: it is empty',
  ],
  ['nobody chosen', makeAdaptive([makeVariant({ label: 'New' }), DEFAULT]), 'Hero, New: nobody is chosen'],
  [
    'a variant nobody gets to',
    makeAdaptive([
      makeVariant({ segments: ['vip', 'back'], label: 'First' }),
      makeVariant({ segments: ['vip'], label: 'Second' }),
      DEFAULT,
    ]),
    'Hero, Second: nobody gets here, since “First” takes them in first',
  ],
  [
    'an audience that cannot be read',
    makeAdaptive([makeVariant({ segments: ['vip'], match: 'most', label: 'Best' }), DEFAULT]),
    'Hero, Best: how its segments decide cannot be read, so nobody sees it',
  ],
  [
    'a deleted segment',
    makeAdaptive([makeVariant({ segments: ['gone'] }), DEFAULT]),
    'Hero, gone (deleted): the segment gone was deleted',
  ],
  [
    'a confidential segment delivered in public',
    makeAdaptive([makeVariant({ segments: ['secret'] }), DEFAULT], { delivery: 'inline' }),
    'Hero, SECRET: “SECRET” is confidential',
  ],
  [
    'a segment that nobody is known to be in behind a cache',
    makeAdaptive([makeVariant({ segments: ['late'] }), DEFAULT]),
    'Hero, LATE: “LATE” is past the first 32 segments',
  ],
  [
    'a confidential segment that no cookie speaks of',
    makeAdaptive([makeVariant({ segments: ['sealed'] }), DEFAULT]),
    'Hero, SEALED: “SEALED” is confidential and the site has no collector',
  ],
  [
    'a schedule that has passed',
    makeAdaptive([makeVariant({ segments: ['vip'], until: '2026-05-01T00:00:00Z' }), DEFAULT]),
    'Hero, VIP: its schedule has passed',
  ],
  [
    'a schedule that ends before it begins',
    makeAdaptive([
      makeVariant({ segments: ['vip'], from: '2026-09-01T00:00:00Z', until: '2026-08-01T00:00:00Z' }),
      DEFAULT,
    ]),
    'Hero, VIP: its schedule ends before it begins',
  ],
  [
    'a tested variant without a share',
    makeAdaptive([makeVariant({ label: 'B' }), DEFAULT], { strategy: 'experiment' }),
    'Hero, B: it has no share',
  ],
])('%s is told', (_, block, text) => {
  expect(textsOf([block])).toEqual([expect.stringContaining(text)])
})

test('troubles are found at any depth and name their block', () => {
  const variant = makeVariant({ segments: ['gone'] })
  const deep = makeBlock('core/group', {}, [
    makeBlock('core/columns', {}, [makeAdaptive([variant, DEFAULT])]),
  ])
  expect(findTroubles([deep], SEGMENTS, NOW).map(({ clientId }) => clientId)).toEqual([variant.clientId])
})

test('nothing is called deleted before the segments are known', () => {
  expect(
    findTroubles([makeAdaptive([makeVariant({ segments: ['gone'] }), DEFAULT])], undefined, NOW),
  ).toEqual([])
})

const row = (show: string, segments: readonly string[]): object => ({
  metadata: { attune: { show, segments, v: 1 } },
})

test.each<[string, BlockInstance, number]>([
  [
    'for those whom the variant around it keeps out',
    makeAdaptive([
      makeVariant({ match: 'none', segments: ['vip'] }, [makeParagraph('x', row('any', ['vip']))]),
      DEFAULT,
    ]),
    1,
  ],
  [
    'hidden from those whom the block around it is for',
    makeBlock('core/group', row('any', ['vip']), [makeParagraph('x', row('none', ['vip', 'back']))]),
    1,
  ],
  [
    'for some of those around it',
    makeBlock('core/group', row('any', ['vip', 'back']), [makeParagraph('x', row('none', ['vip']))]),
    0,
  ],
  ['for a deleted segment', makeParagraph('x', row('any', ['gone'])), 1],
  ['for whom nobody can read', makeParagraph('x', row('sideways', ['vip'])), 1],
])('a block %s has its troubles', (_, block, count) => {
  expect(textsOf([block])).toHaveLength(count)
})

const asked = (
  match: 'any' | 'all' | 'none',
  ...segments: readonly string[]
): Parameters<typeof covers>[0] => ({
  match,
  segments,
  from: '',
  until: '',
})

test.each<[string, Parameters<typeof covers>, boolean]>([
  ['any of more', [asked('any', 'a', 'b'), asked('any', 'a')], true],
  ['any of fewer', [asked('any', 'a'), asked('any', 'a', 'b')], false],
  ['any of one of all', [asked('any', 'a'), asked('all', 'a', 'b')], true],
  ['all of fewer', [asked('all', 'a', 'b'), asked('all', 'a', 'b', 'c')], true],
  ['all of more', [asked('all', 'a', 'b', 'c'), asked('all', 'a', 'b')], false],
  ['all of several, of any', [asked('all', 'a', 'b'), asked('any', 'a', 'b')], false],
  ['all of one, of any of one', [asked('all', 'a'), asked('any', 'a')], true],
  ['none of fewer', [asked('none', 'a'), asked('none', 'a', 'b')], true],
  ['none of more', [asked('none', 'a', 'b'), asked('none', 'a')], false],
  ['none, of any', [asked('none', 'a'), asked('any', 'b')], false],
  ['any, of none', [asked('any', 'a'), asked('none', 'b')], false],
  ['what is scheduled', [{ ...asked('any', 'a'), until: '2027-01-01T00:00:00Z' }, asked('any', 'a')], false],
  ['nobody', [asked('any'), asked('any', 'a')], false],
])('an earlier variant for %s covers a later one, or does not', (_, pair, expected) => {
  expect(covers(...pair)).toBe(expected)
})
