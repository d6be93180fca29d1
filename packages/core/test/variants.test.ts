import type { Condition, Experience, Ruleset } from '@attune/core'
import { planRoute, planVariants } from '@attune/core/variants'
import { expect, test } from 'vitest'

const whole = (variant: string) => [{ variant, share: 1 }]

function makeRuleset(more: Partial<Ruleset>): Ruleset {
  return {
    version: 1,
    revision: 'r',
    events: {
      view_item: { properties: { item_category: 'string' } },
      purchase: { properties: { value: 'number' } },
      page_view: { purpose: 'statistics' },
    },
    interests: { category: { of: 'item_category', halfLife: '14d', points: { view_item: 1 } } },
    rfm: {
      buyers: {
        event: 'purchase',
        value: 'value',
        within: '365d',
        recency: [7, 30, 90, 180],
        frequency: [2, 3, 5, 10],
        monetary: [50, 100, 250, 1000],
      },
    },
    ...more,
  }
}

/** Placements named after their experiences' audiences: each shows `on` to its audience, else `off`. */
function makeSwitches(
  audiences: { readonly [placement: string]: Condition },
  more: Partial<Ruleset> = {},
): Ruleset {
  const keys = Object.keys(audiences)
  return makeRuleset({
    placements: Object.fromEntries(keys.map((key) => [key, { baseline: 'off', variants: ['off', 'on'] }])),
    experiences: keys.map(
      (key): Experience => ({ key, placement: key, audience: audiences[key]!, allocation: whole('on') }),
    ),
    routes: { '/': keys },
    ...more,
  })
}

function rowsOf(ruleset: Ruleset, budget?: number): readonly string[] {
  const { combinations } = planRoute(ruleset, '/', budget === undefined ? {} : { budget })
  return combinations.map(({ variants }) => Object.values(variants).join(' '))
}

test('sixteen overlapping segments over one placement are seventeen combinations, not 65,536', () => {
  const keys = Array.from({ length: 16 }, (_, at) => `s${at}`)
  const segments = keys.map((key) => [key, { when: { attr: `custom.${key}`, is: true } }] as const)
  const ruleset = makeRuleset({
    segments: Object.fromEntries(segments),
    placements: { hero: { baseline: 'base', variants: ['base', ...keys] } },
    experiences: keys.map((key) => ({
      key,
      placement: 'hero',
      audience: { segment: key },
      allocation: whole(key),
    })),
    routes: { '/': ['hero'] },
  })
  const plan = planRoute(ruleset, '/')
  expect(plan).toMatchObject({ count: 17, isComplete: true, proof: 'hero 17, within the budget of 64' })
  expect(rowsOf(ruleset).toSorted()).toEqual(['base', ...keys].toSorted())
})

test('three placements with experiences of one group are four combinations of eight', () => {
  const keys = ['a', 'b', 'c']
  const ruleset = makeRuleset({
    placements: Object.fromEntries(keys.map((key) => [key, { baseline: 'off', variants: ['off', 'on'] }])),
    experiences: keys.map((key) => ({
      key,
      placement: key,
      group: 'g',
      allocation: [{ variant: 'on', share: 0.25 }],
    })),
    routes: { '/': keys },
  })
  const plan = planRoute(ruleset, '/')
  expect(plan).toMatchObject({ count: 4, product: 8, factors: [{ placements: keys, count: 4, product: 8 }] })
  expect(rowsOf(ruleset)).toEqual(['off off off', 'off off on', 'off on off', 'on off off'])
})

test('a segment that two placements share is true in both or in neither', () => {
  expect(
    rowsOf(
      makeSwitches(
        { a: { segment: 's' }, b: { segment: 's' } },
        { segments: { s: { when: { attr: 'language', is: 'en' } } } },
      ),
    ),
  ).toEqual(['off off', 'on on'])
})

const count = (within: string, atLeast: number): Condition => ({ count: 'view_item', within, atLeast })
const top = (is: string, n: number): Condition => ({ interest: 'category', top: n, is })
const country = (...list: string[]): Condition => ({ attr: 'geo.country', in: list })

const ROWS: readonly (readonly [claim: string, audiences: { readonly [key: string]: Condition }, rows: readonly string[]])[] = [
  ['conditions of which one is always true', { a: count('7d', 3), b: { count: 'view_item', within: '7d', lessThan: 3 } }, ['off on', 'on off']],
  ['one that follows from the other', { a: count('7d', 5), b: count('30d', 3) }, ['off off', 'off on', 'on on']],
  ['the one strongest interest', { a: top('hiking', 1), b: top('camping', 1), c: top('cycling', 1) }, ['off off off', 'off off on', 'off on off', 'on off off']],
  ['the two strongest interests of three', { a: top('hiking', 2), b: top('camping', 2), c: top('cycling', 2) }, ['off off off', 'off off on', 'off on off', 'off on on', 'on off off', 'on off on', 'on on off']],
  ['lists of which each two share a value, but not all three', { a: country('GB', 'IE'), b: country('IE', 'FR'), c: country('FR', 'GB') }, ['off off off', 'off on on', 'on off on', 'on on off']],
  ['a missing value is neither', { a: country('GB'), b: { not: country('GB') } }, ['off off', 'off on', 'on off']],
  ['letters of either case', { a: { attr: 'language', is: 'en', ignoreCase: true }, b: { attr: 'language', in: ['en', 'EN'] } }, ['off off', 'on off', 'on on']],
  ['a purchase that never was has no bands', { a: { rfm: 'buyers', recency: { atLeast: 3 } }, b: { rfm: 'buyers', recency: { lessThan: 3 } } }, ['off off', 'off on', 'on off']],
  ['hours of one zone that do not meet', { a: { when: { hours: [22, 6] } }, b: { when: { hours: [9, 17] } } }, ['off off', 'off on', 'on off']],
  ['an event of a purpose and the consent to it', { a: { not: { consent: 'statistics' } }, b: { count: 'page_view', atLeast: 1 } }, ['off off', 'off on', 'on off']],
  ['a condition that is never true', { a: { all: [count('7d', 5), { count: 'view_item', within: '7d', atMost: 3 }] } }, ['off']],
] // biome-ignore format: one case a row, to be compared down the columns

test.each(ROWS)('%s', (_claim, audiences, rows) => {
  const { combinations } = planRoute(makeSwitches(audiences), '/')
  const known = combinations.filter(({ visitors }) => visitors.includes('known'))
  expect(known.map(({ variants }) => Object.values(variants).join(' ')).toSorted()).toEqual(rows)
})

test('a count above 31 is kept by a ring, which may have lost what the exact count still has', () => {
  const views = (test: { readonly atMost: number } | { readonly atLeast: number }): Condition => ({
    count: 'view_item',
    within: '1d',
    ...test,
  })
  const { combinations } = planRoute(
    makeSwitches({ a: views({ atMost: 31 }), b: views({ atLeast: 32 }) }),
    '/',
  )
  expect(combinations[0]).toMatchObject({
    variants: { a: 'off', b: 'off' },
    visitors: ['known', 'without-consent'],
  })
})

test('an experience that one for everybody goes before is never shown', () => {
  const ruleset = makeSwitches({ a: { attr: 'language', is: 'en' } })
  const first = { key: 'first', placement: 'a', allocation: whole('off') }
  expect(rowsOf({ ...ruleset, experiences: [first, ...ruleset.experiences!] })).toEqual(['off'])
})

test('a cap lets the next experience through', () => {
  const ruleset = makeRuleset({
    placements: { hero: { baseline: 'base', variants: ['base', 'offer', 'news'] } },
    experiences: [
      { key: 'offer', placement: 'hero', allocation: whole('offer'), cap: { exposures: 3, within: '1d' } },
      { key: 'news', placement: 'hero', allocation: whole('news') },
    ],
    routes: { '/': ['hero'] },
  })
  // Without consent nothing of this is heard.
  expect(rowsOf(ruleset)).toEqual(['offer', 'news', 'base'])
})

test('experiences whose schedules do not meet are never side by side', () => {
  const ruleset = makeSwitches({
    a: { attr: 'language', is: 'en' },
    b: { attr: 'device.type', is: 'mobile' },
  })
  const [a, b] = ruleset.experiences!
  const turn = '2026-12-01T00:00:00Z'
  const experiences = [
    { ...a!, schedule: { until: turn } },
    { ...b!, schedule: { from: turn } },
  ]
  expect(rowsOf({ ...ruleset, experiences })).toEqual(['off off', 'off on', 'on off'])
})

test('the holdout, and visitors without consent or id, see what the others may not', () => {
  const ruleset = makeRuleset({
    placements: { hero: { baseline: 'base', variants: ['base', 'a', 'b', 'legal'] } },
    experiences: [
      {
        key: 'split',
        placement: 'hero',
        allocation: [
          { variant: 'a', share: 0.5 },
          { variant: 'b', share: 0.5 },
        ],
      },
      {
        key: 'legal',
        placement: 'hero',
        audience: country('DE'),
        allocation: whole('legal'),
        purpose: 'functional',
      },
    ],
    routes: { '/': ['hero'] },
    holdout: { share: 0.1, salt: 's' },
  })
  expect(planRoute(ruleset, '/').combinations).toEqual([
    { variants: { hero: 'a' }, visitors: ['known'], experiences: { hero: 'split' }, why: ['split (bucket 0–4999)'], isProven: true },
    { variants: { hero: 'b' }, visitors: ['known'], experiences: { hero: 'split' }, why: ['split (bucket 5000–9999)'], isProven: true },
    { variants: { hero: 'base' }, visitors: ['without-consent', 'without-id', 'holdout'], experiences: { hero: null }, why: ['no consent'], isProven: true },
    { variants: { hero: 'legal' }, visitors: ['without-consent', 'without-id'], experiences: { hero: 'legal' }, why: ['no consent', 'legal (in its audience)'], isProven: true },
  ]) // biome-ignore format: one case a row, to be compared down the columns
})

test('a route over its budget names the placement that breaks it', () => {
  const flags = ['a', 'b', 'c', 'd'].map((key) => [key, { attr: `custom.${key}`, is: true }] as const)
  const plan = planRoute(makeSwitches(Object.fromEntries(flags)), '/', { budget: 12 })
  expect(plan).toMatchObject({
    count: 16,
    isComplete: false,
    breaks: { placement: 'a', without: 8, isStillOver: false },
  })
  expect(plan.combinations).toHaveLength(12)
  expect(plan.proof).toBe('a 2 × b 2 × c 2 × d 2 = 16, over the budget of 12; without a it has 8')
})

test('without enough work nothing that can occur is left out, and what is not proven says so', () => {
  const either = (is: string): Condition => ({
    any: [
      { attr: 'custom.x', is },
      { attr: 'custom.y', is },
    ],
  })
  const ruleset = makeSwitches({
    a: { all: [either('a'), either('b')] },
    b: { all: [either('b'), either('c')] },
  })
  const { combinations } = planRoute(ruleset, '/', { work: { left: 0 } })
  expect(combinations.map(({ isProven }) => isProven)).toEqual([false, false, false, false])
})

test('every route is planned, or the one asked for', () => {
  const ruleset = makeSwitches({ a: country('GB') }, { routes: { '/': ['a'], '/cart': [] } })
  expect(planVariants(ruleset).routes.map(({ route, count: number }) => [route, number])).toEqual([
    ['/', 2],
    ['/cart', 1],
  ])
  expect(planVariants(ruleset, { route: '/cart' }).routes.map(({ route }) => route)).toEqual(['/cart'])
  expect(() => planVariants(ruleset, { route: '/card' })).toThrow('there is no route "/card"')
})

test('the example of a combination is met by as few experiences as can be', () => {
  const half = [
    { variant: 'on', share: 0.5 },
    { variant: 'off', share: 0.5 },
  ]
  const ruleset = makeRuleset({
    placements: {
      hero: { baseline: 'off', variants: ['off', 'on'] },
      rail: { baseline: 'off', variants: ['off', 'on'] },
    },
    experiences: [
      { key: 'a', placement: 'hero', audience: { attr: 'custom.a', is: true }, allocation: half },
      { key: 'b', placement: 'rail', audience: { attr: 'custom.b', is: true }, allocation: half },
    ],
    routes: { '/': ['hero', 'rail'] },
  })
  const { combinations } = planRoute(ruleset, '/')
  const met = combinations.map(({ variants, why }) => [Object.values(variants).join(' '), why.length])
  expect(met.toSorted()).toEqual([
    ['off off', 0],
    ['off on', 1],
    ['on off', 1],
    ['on on', 2],
  ])
})
