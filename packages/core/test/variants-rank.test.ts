import type { Condition, Experience, Ruleset } from '@attune/core'
import { planVariants, rankCombinations, type Traffic } from '@attune/core/variants'
import { expect, test } from 'vitest'

const NOW = Date.UTC(2026, 10, 22)
const top = (is: string): Condition => ({ interest: 'category', top: 1, is })
const flag = (name: string): Condition => ({ attr: `custom.${name}`, is: true })
const whole = (variant: string) => [{ variant, share: 1 }]

function makeRuleset(more: Partial<Ruleset> = {}): Ruleset {
  return {
    version: 1,
    revision: 'r',
    events: { view_item: { properties: { item_category: 'string' } } },
    interests: { category: { of: 'item_category', halfLife: '14d', points: { view_item: 1 } } },
    segments: {
      hiker: { when: top('hiking') },
      camper: { when: top('camping') },
      member: { when: flag('member') },
      keen: { when: { all: [{ segment: 'member' }, flag('keen')] } },
    },
    placements: {
      hero: { baseline: 'plain', variants: ['plain', 'hiking', 'camping'] },
      offer: { baseline: 'none', variants: ['none', 'some'] },
    },
    experiences: [],
    routes: { '/': ['hero', 'offer'] },
    ...more,
  }
}

function rank(ruleset: Ruleset, traffic: Traffic) {
  const { combinations, ...rest } = rankCombinations(ruleset, planVariants(ruleset), traffic, NOW)
  const rows = combinations.map(({ variants, share, cumulative }) => [
    Object.values(variants).join(' '),
    round(share),
    round(cumulative),
  ])
  return { rows, ...rest }
}

const round = (share: number): number => Math.round(share * 1e6) / 1e6

function shows(key: string, placement: string, variant: string, more: Partial<Experience> = {}): Experience {
  return { key, placement, audience: { segment: key }, allocation: whole(variant), ...more }
}

test('segments that exclude each other keep their shares, the most seen combination is first', () => {
  const ruleset = makeRuleset({
    experiences: [shows('hiker', 'hero', 'hiking'), shows('camper', 'hero', 'camping')],
  })
  const { rows, assumed } = rank(ruleset, { segments: { hiker: 0.3, camper: 0.2 } })
  expect(rows).toEqual([
    ['plain none', 0.5, 0.5],
    ['hiking none', 0.3, 0.8],
    ['camping none', 0.2, 1],
  ])
  expect(assumed).toEqual([])
})

test('segments that have nothing to do with each other multiply', () => {
  const ruleset = makeRuleset({
    experiences: [shows('hiker', 'hero', 'hiking'), shows('member', 'offer', 'some')],
  })
  expect(rank(ruleset, { segments: { hiker: 0.3, member: 0.1 } }).rows).toEqual([
    ['plain none', 0.63, 0.63],
    ['hiking none', 0.27, 0.9],
    ['plain some', 0.07, 0.97],
    ['hiking some', 0.03, 1],
  ])
})

test('a segment within another is a part of it', () => {
  const ruleset = makeRuleset({
    experiences: [shows('keen', 'hero', 'hiking'), shows('member', 'offer', 'some')],
  })
  expect(rank(ruleset, { segments: { keen: 0.1, member: 0.4 } }).rows).toEqual([
    ['plain none', 0.6, 0.6],
    ['plain some', 0.3, 0.9],
    ['hiking some', 0.1, 1],
  ])
})

test('consent, the holdout and the shares of allocations are taken as they are', () => {
  const ruleset = makeRuleset({
    experiences: [
      { key: 'split', placement: 'offer', allocation: [{ variant: 'some', share: 0.25 }] },
      shows('member', 'hero', 'hiking', { purpose: 'functional' }),
    ],
    holdout: { share: 0.1, salt: 's' },
  })
  expect(rank(ruleset, { consent: 0.5, segments: { member: 0.2 } }).rows).toEqual([
    // No consent 0.5 × 0.8, holdout 0.5 × 0.1, the others 0.5 × 0.9 × 0.8 × 0.75.
    ['plain none', 0.72, 0.72],
    ['hiking none', 0.1675, 0.8875],
    ['plain some', 0.09, 0.9775],
    ['hiking some', 0.0225, 1],
  ])
})

test('experiences of one group share their axis', () => {
  const ruleset = makeRuleset({
    experiences: [
      { key: 'a', placement: 'hero', group: 'g', allocation: [{ variant: 'hiking', share: 0.6 }] },
      { key: 'b', placement: 'offer', group: 'g', allocation: [{ variant: 'some', share: 0.3 }] },
    ],
  })
  expect(rank(ruleset, {}).rows).toEqual([
    ['hiking none', 0.6, 0.6],
    ['plain some', 0.3, 0.9],
    ['plain none', 0.1, 1],
  ])
})

test('what no share is given for is said, and taken as one half; a closed schedule is not', () => {
  const ruleset = makeRuleset({
    experiences: [
      shows('member', 'offer', 'some'),
      {
        key: 'later',
        placement: 'hero',
        allocation: whole('hiking'),
        schedule: { from: '2026-12-01T00:00:00Z' },
      },
    ],
  })
  const { rows, assumed } = rank(ruleset, {})
  expect(rows.slice(0, 2)).toEqual([
    ['plain none', 0.5, 0.5],
    ['plain some', 0.5, 1],
  ])
  expect(assumed).toEqual(['member'])
})

test('an assumed condition is said in words, with the segment it is part of', () => {
  const experiences = [
    shows('keen', 'hero', 'hiking'),
    { key: 'x', placement: 'offer', audience: flag('vip'), allocation: whole('some') },
  ]
  const { assumed } = rank(makeRuleset({ experiences }), { segments: { member: 0.2 } })
  expect(assumed).toEqual(['the site’s value keen is true (part of keen)', 'the site’s value vip is true'])
})

test('hours of a day have the share of the week they last', () => {
  const night: Experience = {
    key: 'night',
    placement: 'offer',
    audience: { when: { hours: [0, 6] } },
    allocation: whole('some'),
  }
  expect(rank(makeRuleset({ experiences: [night] }), {}).rows[0]).toEqual(['plain none', 0.75, 0.75])
})

test('counted combinations are taken as they are, and those that cannot occur are named', () => {
  const ruleset = makeRuleset({ experiences: [shows('hiker', 'hero', 'hiking')] })
  const counted = (hero: string, offer: string, count: number) => ({
    route: '/',
    variants: { hero, offer },
    count,
  })
  const traffic = {
    combinations: [
      counted('hiking', 'none', 70),
      counted('plain', 'none', 20),
      counted('camping', 'none', 10),
    ],
  }
  expect(rank(ruleset, traffic)).toEqual({
    rows: [
      ['hiking none', 0.7, 0.7],
      ['plain none', 0.2, 0.9],
    ],
    assumed: [],
    unplanned: [{ route: '/', variants: { hero: 'camping', offer: 'none' } }],
  })
})

test('routes weigh as much as they are viewed', () => {
  const ruleset = makeRuleset({
    experiences: [shows('hiker', 'hero', 'hiking')],
    routes: { '/': ['hero'], '/cart': ['offer'] },
  })
  expect(rank(ruleset, { segments: { hiker: 0.5 }, routes: { '/': 300, '/cart': 100 } }).rows).toEqual([
    ['plain', 0.375, 0.375],
    ['hiking', 0.375, 0.75],
    ['none', 0.25, 1],
  ])
})
