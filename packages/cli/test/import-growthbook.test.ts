import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseMap } from '../src/import/attribute.ts'
import { type Imported, importGrowthbook } from '../src/import/import-growthbook.ts'
import { type GrowthbookCase, tryCase } from './support/growthbook-cases.ts'

function importOne(condition: unknown, map?: string): Imported {
  return importGrowthbook(condition, { map: parseMap(map), key: 'asked' })
}

function whenOf(condition: unknown, map?: string): unknown {
  return importOne(condition, map).segments.asked?.when
}

const GROUPS = { testers: ['ann', 'bob'], orders: [1, '2'], nobody: [] }

// What GrowthBook answers, from what its documentation and its SDK say of each operator.
const CASES: readonly GrowthbookCase[] = [
  ['an empty condition is true for everybody', {}, {}, true],
  ['an empty $or is true', { $or: [] }, {}, true],
  ['an empty $nor is false', { $nor: [] }, {}, false],
  ['text equals itself', { country: 'GB' }, { country: 'GB' }, true],
  ['text is compared with its case', { country: 'GB' }, { country: 'gb' }, false],
  ['a missing value is no text', { country: 'GB' }, {}, false],
  ['a missing value is the text null', { country: 'null' }, {}, true],
  ['a missing value is the number 0', { visits: 0 }, {}, true],
  ['a missing value is not false', { member: false }, {}, false],
  ['null asks for a missing value', { plan: null }, {}, true],
  ['null is not what is there', { plan: null }, { plan: 'pro' }, false],
  ['$eq does not take a missing value for 0', { visits: { $eq: 0 } }, {}, false],
  ['$ne is true of a missing value', { country: { $ne: 'GB' } }, {}, true],
  ['$ne is true of another value', { country: { $ne: 'GB' } }, { country: 'DE' }, true],
  ['$ne is false of the value', { country: { $ne: 'GB' } }, { country: 'GB' }, false],
  ['$ne null asks for a value', { plan: { $ne: null } }, {}, false],
  ['$not of equal text is true of a missing value', { $not: { country: 'GB' } }, {}, true],
  ['$not twice is the condition', { country: { $not: { $ne: 'GB' } } }, {}, false],
  ['$gt takes a missing value for 0', { visits: { $gt: -1 } }, {}, true],
  ['$gte is true at the bound', { visits: { $gte: 3 } }, { visits: 3 }, true],
  ['$gt is false at the bound', { visits: { $gt: 3 } }, { visits: 3 }, false],
  ['$lt takes a missing value for 0', { visits: { $lt: 1 } }, {}, true],
  ['$lte is false above the bound', { visits: { $lte: 3 } }, { visits: 3.5 }, false],
  ['not $lt of a missing value is false', { visits: { $not: { $lt: 1 } } }, {}, false],
  ['two operators must both hold', { visits: { $gt: 1, $lt: 5 } }, { visits: 5 }, false],
  ['$in finds text', { country: { $in: ['GB', 'IE'] } }, { country: 'IE' }, true],
  ['$in finds a number among text', { id: { $in: ['1', 2] } }, { id: 2 }, true],
  ['$in tells 1 and "1" apart', { id: { $in: ['1', 2] } }, { id: 1 }, false],
  ['$in finds an element of a list', { tags: { $in: ['a', 'b'] } }, { tags: ['c', 'b'] }, true],
  ['$in of nothing is false', { country: { $in: [] } }, { country: 'GB' }, false],
  ['$in of no list is false', { visits: { $in: 1 } }, { visits: 1 }, false],
  ['$in with null is true of a missing value', { country: { $in: ['GB', null] } }, {}, true],
  ['$nin is true of a missing value', { country: { $nin: ['GB'] } }, {}, true],
  ['$nin looks at each element of a list', { tags: { $nin: ['a', 'b'] } }, { tags: ['c', 'b'] }, false],
  ['$nin is true of an empty list', { tags: { $nin: ['a'] } }, { tags: [] }, true],
  ['$nin of no list is false', { visits: { $nin: 1 } }, { visits: 2 }, false],
  ['$ini finds text of another case', { country: { $ini: ['gb'] } }, { country: 'GB' }, true],
  ['$nini is false of text of another case', { country: { $nini: ['gb'] } }, { country: 'GB' }, false],
  ['$inGroup finds a member', { user: { $inGroup: 'testers' } }, { user: 'bob' }, true, GROUPS],
  ['$inGroup tells 2 and "2" apart', { order: { $inGroup: 'orders' } }, { order: 2 }, false, GROUPS],
  [
    '$notInGroup is true of who is no member',
    { user: { $notInGroup: 'testers' } },
    { user: 'cy' },
    true,
    GROUPS,
  ],
  ['$notInGroup is true of an empty group', { user: { $notInGroup: 'nobody' } }, {}, true, GROUPS],
  ['$all finds each in the list', { tags: { $all: ['a', 'b'] } }, { tags: ['b', 'c', 'a'] }, true],
  ['$all is false of text', { tags: { $all: ['a'] } }, { tags: 'a' }, false],
  ['$alli takes no account of case', { tags: { $alli: ['A'] } }, { tags: ['a'] }, true],
  ['$elemMatch $eq finds an element', { tags: { $elemMatch: { $eq: 'a' } } }, { tags: ['b', 'a'] }, true],
  ['$elemMatch passes over empty text', { tags: { $elemMatch: { $eq: '' } } }, { tags: [''] }, false],
  ['$not $elemMatch is true of a missing list', { tags: { $not: { $elemMatch: { $eq: 'a' } } } }, {}, true],
  ['$exists true', { plan: { $exists: true } }, { plan: '' }, true],
  ['$exists false', { plan: { $exists: false } }, { plan: 0 }, false],
  ['$vgt orders numbers, not text', { app: { $vgt: '1.9.0' } }, { app: '1.10.0' }, true],
  ['$vgt is false of the version', { app: { $vgt: '1.9.0' } }, { app: '1.9.0' }, false],
  ['$vlte is true of the version', { app: { $vlte: 'v1.9.0' } }, { app: '1.9.0' }, true],
  ['$vlt is true of a missing version', { app: { $vlt: '1.0.0' } }, {}, true],
  ['$veq takes no account of a build', { app: { $veq: '1.2.3+7' } }, { app: '1.2.3' }, true],
  ['$vne is true of a missing version', { app: { $vne: '1.2.3' } }, {}, true],
  ['$regex finds plain text anywhere', { agent: { $regex: '(Mobile|Tablet)' } }, { agent: 'A Tablet' }, true],
  ['$regex with ^ asks for the beginning', { path: { $regex: '^/shop/' } }, { path: '/my/shop/' }, false],
  ['$regex with $ asks for the end', { path: { $regex: '\\.html$' } }, { path: '/a.html' }, true],
  [
    'not $regex asks that no alternative is there',
    { agent: { $not: { $regex: 'a|b' } } },
    { agent: 'cb' },
    false,
  ],
  ['$regex takes a missing value for the text null', { agent: { $regex: '^nu' } }, {}, true],
  ['$regexi takes no account of case', { agent: { $regexi: 'mobile' } }, { agent: 'A MOBILE' }, true],
  ['a nested attribute is handed in flat', { 'home.city': 'Cork' }, { home: { city: 'Cork' } }, true],
  ['$and and $or', { $and: [{ a: 1 }, { $or: [{ b: 1 }, { c: 1 }] }] }, { a: 1, c: 1 }, true],
  ['$nor is false when one is true', { $nor: [{ a: 1 }, { b: 1 }] }, { b: 1 }, false],
]

test.each(CASES.map((one) => [one[0], one] as const))('%s', (_name, one) => {
  expect(tryCase(one)).toMatchObject({ outcome: 'same' })
})

test.each([
  [{ agent: { $regex: 'a.*b' } }, '$.agent["$regex"]', 'Of regular expressions only plain text'],
  [{ tags: { $size: 2 } }, '$.tags["$size"]', 'The length of a list'],
  [{ tags: { $elemMatch: { $gt: 2 } } }, '$.tags["$elemMatch"]', 'Only "$eq" and "$in"'],
  [{ plan: { $type: 'string' } }, '$.plan["$type"]', 'the type of a value'],
  [{ word: { $gt: 'm' } }, '$.word["$gt"]', 'only numbers have an order'],
  [{ price: { $gt: 1.00001 } }, '$.price["$gt"]', 'at most four decimals'],
  [{ app: { $vgt: '1.0.0-beta' } }, '$.app["$vgt"]', 'without a pre-release'],
  [{ home: { city: 'Cork' } }, '$.home', 'Whole lists and objects'],
  [{ tags: ['a', 'b'] }, '$.tags', 'Whole lists and objects'],
  [{ tags: { $all: [1] } }, '$.tags["$all"]', 'Lists hold text'],
  [{ city: { $ini: ['köln'] } }, '$.city["$ini"]', 'Only A–Z'],
  [{ user: { $inGroup: 'testers' } }, '$.user["$inGroup"]', 'no saved group "testers"'],
  [{ name: { $regx: 'a' } }, '$.name["$regx"]', 'no operator "$regx"'],
  [{ $or: [{ a: 1 }, 'b'] }, '$["$or"][1]', 'A condition is an object'],
  [{ $and: { a: 1 } }, '$["$and"]', 'takes a list'],
])('%j is refused at its place', (condition, path, reason) => {
  const { segments, refused } = importOne(condition)
  expect(segments).toEqual({})
  expect(refused).toEqual([{ path, reason: expect.stringContaining(reason) }])
})

test('every reason to refuse a condition is told at once', () => {
  const { refused } = importOne({ tags: { $size: 2 }, $not: { word: { $lt: 'm' } } })
  expect(refused.map(({ path }) => path)).toEqual(['$.tags["$size"]', '$["$not"].word["$lt"]'])
})

test('a tree that the checker would refuse is refused', () => {
  const wide = Object.fromEntries(Array.from({ length: 70 }, (_, at) => [`a${at}`, { $exists: true }]))
  expect(importOne(wide)).toMatchObject({
    segments: {},
    refused: [{ path: '$', reason: expect.stringContaining('64 are allowed') }],
  })
})

test('an attribute is looked for where the map says, and by the type of that place', () => {
  const map = 'country=geo.country, tags=trait.topics:list, plan=custom.plan:text'
  expect(whenOf({ country: { $in: ['GB', 'IE'] } }, map)).toEqual({ attr: 'geo.country', in: ['GB', 'IE'] })
  expect(whenOf({ tags: { $nin: ['a'] } }, map)).toEqual({
    any: [{ attr: 'trait.topics', exists: false }, { not: { attr: 'trait.topics', hasAny: ['a'] } }],
  })
  expect(whenOf({ plan: { $ne: 'pro' } }, map)).toEqual({
    any: [
      { attr: 'custom.plan', exists: false },
      { attr: 'custom.plan', isNot: 'pro' },
    ],
  })
  expect(importOne({ country: { $gt: 3 } }, map).refused).toEqual([
    { path: '$.country["$gt"]', reason: 'geo.country holds text, but this asks for number.' },
  ])
})

test('the example of the guide becomes what the guide says', () => {
  const guide = readFileSync(new URL('../../../docs/guide/importing.md', import.meta.url), 'utf8')
  const [theirs, ours] = [...guide.matchAll(/^```json.*\n([^`]*)^```$/gm)].map(([, json = '']) =>
    JSON.parse(json),
  )
  expect(whenOf(theirs, 'country=geo.country')).toEqual(ours)
})

test('what is not mapped is a value of the site that may be a list', () => {
  expect(whenOf({ plan: { $in: ['pro'] } })).toEqual({
    any: [
      { attr: 'custom.plan', is: 'pro' },
      { attr: 'custom.plan', hasAny: ['pro'] },
    ],
  })
})

test('what the answers take for granted is said', () => {
  const { assumed } = importOne({ visits: { $gt: 3 }, country: { $ne: 'GB' }, plan: { $eq: 'pro' } })
  expect(assumed.map(({ attribute, types }) => [attribute.path, types])).toEqual([
    ['custom.visits', ['number']],
    ['custom.country', ['text']],
  ])
})

test.each([
  ['country', 'Write attribute=path'],
  ['country=geo.land', 'which is no path'],
  ['plan=trait.plan', 'trait.plan:text'],
  ['plan=custom.plan:json', 'The types are text, number, boolean, list.'],
])('--map %s is told with the cure', (map, message) => {
  expect(() => parseMap(map)).toThrow(message)
})

test('the rules and experiments of an SDK payload become segments, with its saved groups', () => {
  const payload = {
    status: 200,
    features: {
      banner: {
        defaultValue: false,
        rules: [
          { force: true, coverage: 0.5 },
          { condition: { user: { $inGroup: 'testers' } }, force: true },
          { condition: { a: 1 }, parentConditions: [{ id: 'other', condition: { value: true } }] },
        ],
      },
    },
    experiments: [{ key: 'price-test', name: 'Price test', condition: { visits: { $gte: 2 } } }],
    savedGroups: { testers: ['ann'] },
    dateUpdated: '2026-11-22T00:00:00Z',
  }
  expect(importOne(payload, 'user=custom.user:text')).toMatchObject({
    segments: {
      'banner-rule-2': { label: 'banner, rule 2', when: { attr: 'custom.user', is: 'ann' } },
      'price-test': { label: 'Price test', when: { attr: 'custom.visits', atLeast: 2 } },
    },
    refused: [
      {
        path: '$.features.banner.rules[2].parentConditions',
        reason: expect.stringContaining('another feature'),
      },
    ],
  })
})

test('a list of saved groups becomes segments, lists and conditions alike', () => {
  const answer = {
    savedGroups: [
      { id: 'grp_1', type: 'list', name: 'Testers', attributeKey: 'user', values: ['ann', 'bob'] },
      { id: 'grp_2', type: 'condition', name: 'Germans', condition: '{"country":"DE"}' },
      { id: 'grp_3', type: 'condition', name: 'Broken', condition: '{' },
    ],
    limit: 10,
    offset: 0,
  }
  expect(importOne(answer, 'user=custom.user:text,country=geo.country')).toMatchObject({
    segments: {
      grp_1: { label: 'Testers', when: { attr: 'custom.user', in: ['ann', 'bob'] } },
      grp_2: { label: 'Germans', when: { attr: 'geo.country', is: 'DE' } },
    },
    refused: [{ path: '$.savedGroups[2].condition' }],
  })
})

test('an encrypted payload is refused', () => {
  expect(importOne({ features: {}, encryptedFeatures: 'x.y' })).toMatchObject({
    segments: {},
    refused: [{ path: '$.encryptedFeatures' }],
  })
})

test('an attribute called features is no payload', () => {
  expect(whenOf({ features: { $all: ['beta'] } })).toEqual({ attr: 'custom.features', hasAll: ['beta'] })
})
