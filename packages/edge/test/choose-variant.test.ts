import { bucketOf, compileRuleset, type DecisionQuestion, emptyProfile, type Ruleset } from '@attune/core'
import { publishRuleset } from '@attune/core/publish'
import { expect, test } from 'vitest'
import { chooseVariant } from '../src/worker/choose-variant.ts'
import { personalSegments } from '../src/worker/personal-segments.ts'
import { parseSlot, type Slot, type SlotVariant } from '../src/worker/slot.ts'
import { ANNA, BEN, makeProfile, makeViews, NOW, RULESET } from './make.ts'

const SECONDS = NOW / 1000
const ANNAS = bucketOf(ANNA, 'split')

function choose(
  slot: Partial<Slot>,
  question: Partial<DecisionQuestion> = {},
  document: Ruleset = RULESET,
): string {
  const published = publishRuleset(document)
  const compiled = compileRuleset(published)
  const nobody = { profile: emptyProfile(compiled.plan), context: {}, consent: {}, now: NOW }
  return chooseVariant(
    { p: 'split', d: 'default', v: [], ...slot },
    { compiled, question: { ...nobody, ...question }, personal: personalSegments(published) },
  )
}

const anna = { visitor: ANNA, consent: { preferences: true } }
const hiker = { ...anna, profile: makeProfile(makeViews(3)) }
const on = (device: string): Partial<DecisionQuestion> => ({ context: { device: { type: device } } })
const only = (...variant: SlotVariant): Partial<Slot> => ({ v: [variant] })

test.each<[string, Partial<Slot>, Partial<DecisionQuestion>, string]>([
  ['any of some', only('a', 'any', ['mobile', 'hiker']), on('mobile'), 'a'],
  ['any of none', only('a', 'any', []), {}, 'default'],
  ['all of some', only('a', 'all', ['mobile', 'hiker']), { ...hiker, ...on('mobile') }, 'a'],
  ['all, one of them not', only('a', 'all', ['mobile', 'hiker']), { ...hiker, ...on('desktop') }, 'default'],
  ['none of some', only('a', 'none', ['mobile']), on('desktop'), 'a'],
  ['none, where it is not known', only('a', 'none', ['mobile']), {}, 'default'],
  ['everybody', only('a', 'all', []), {}, 'a'],
  [
    'the first that holds',
    {
      v: [
        ['a', 'any', ['mobile']],
        ['b', 'all', []],
        ['c', 'all', []],
      ],
    },
    {},
    'b',
  ],
  ['a segment that is gone', only('a', 'none', ['gone']), {}, 'default'],
  ['what is a visitor’s own, without consent', only('a', 'any', ['newcomer']), { visitor: ANNA }, 'default'],
  ['the same, with it', only('a', 'any', ['newcomer']), { ...anna, profile: makeProfile(makeViews(1)) }, 'a'],
  [
    'what a preview assumes, also without consent',
    only('a', 'any', ['hiker']),
    { assume: { hiker: true } },
    'a',
  ],
  ['from its second on', only('a', 'all', [], SECONDS, null), {}, 'a'],
  ['before its second', only('a', 'all', [], SECONDS + 1), {}, 'default'],
  ['until its second', only('a', 'all', [], null, SECONDS), {}, 'default'],
  ['before its end', only('a', 'all', [], null, SECONDS + 1), {}, 'a'],
  ['the bucket that begins', only('a', 'share', [ANNAS, ANNAS + 1]), anna, 'a'],
  ['the bucket that ends', only('a', 'share', [0, ANNAS]), anna, 'default'],
  ['a share without consent', only('a', 'share', [0, 10_000]), { visitor: ANNA }, 'default'],
  ['a share without an id', only('a', 'share', [0, 10_000]), { consent: { preferences: true } }, 'default'],
  ['a share among an audience', only('a', 'share', [0, 10_000], null, null, ['any', ['hiker']]), hiker, 'a'],
  ['a share of others', only('a', 'share', [0, 10_000], null, null, ['any', ['mobile']]), hiker, 'default'],
])('%s', (_, slot, question, expected) => {
  expect(choose(slot, question)).toBe(expected)
})

test('a placement that the ruleset knows is decided by it, whatever the slot says', () => {
  const slot: Partial<Slot> = { p: 'hero', v: [['told', 'all', []]] }
  expect(choose(slot, hiker)).toBe('hiking')
  expect(choose(slot)).toBe('default')
})

test('who is held out sees the default, and nobody without consent is', () => {
  const held: Ruleset = { ...RULESET, holdout: { share: 0.5, salt: 'held' } }
  const everybody = only('a', 'all', [])
  const visitors = [ANNA, BEN, ...Array.from({ length: 20 }, (_, at) => `visitor-of-22-chars-${at + 10}`)]
  const shown = visitors.map((visitor) =>
    choose(everybody, { visitor, consent: { preferences: true } }, held),
  )
  expect(new Set(shown)).toEqual(new Set(['a', 'default']))
  expect(visitors.map((visitor) => choose(everybody, { visitor }, held)).every((one) => one === 'a')).toBe(
    true,
  )
})

test('segments of place, device, address, time and consent are nobody’s own', () => {
  expect([...personalSegments(publishRuleset(RULESET))].sort()).toEqual([
    'back',
    'hiker',
    'newcomer',
    'night',
  ])
})

test.each([
  null,
  '',
  '{',
  '[]',
  '{"p":"a","d":"b"}',
  '{"p":1,"d":"b","v":[]}',
  '{"p":"a","d":"b","v":[[]]}',
  '{"p":"a","d":"b","v":[["k","some",[]]]}',
  '{"p":"a","d":"b","v":[["k","any",[1]]]}',
  '{"p":"a","d":"b","v":[["k","any",[],"soon"]]}',
  '{"p":"a","d":"b","v":[["k","share",[1]]]}',
  '{"p":"a","d":"b","v":[["k","share",[0,1],null,null,["share",[0,1]]]]}',
])('a slot that says %s says nothing', (text) => {
  expect(parseSlot(text)).toBeUndefined()
})

test('a slot is read as PHP escaped it', () => {
  expect(
    parseSlot(
      '{&quot;p&quot;:&quot;a&#039;b&amp;lt;&quot;,&quot;d&quot;:&quot;&lt;&gt;&quot;,&quot;v&quot;:[]}',
    ),
  ).toEqual({
    p: "a'b&lt;",
    d: '<>',
    v: [],
  })
})
