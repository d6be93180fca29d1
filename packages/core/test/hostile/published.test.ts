import {
  compileRuleset,
  decide,
  emptyProfile,
  evaluateSegments,
  type Node,
  type PublishedRuleset,
} from '@attune/core'
import { readJson } from '@attune/core/json'
import { publishRuleset } from '@attune/core/publish'
import { describe, expect, test } from 'vitest'
import { rulesetOf } from '../support/every-kind.ts'

const PLAN = { id: '', keys: [], signals: [] }
const QUESTION = { profile: emptyProfile(PLAN), context: {}, consent: {}, now: 0 }
const LEAF: Node = { op: 'attr', path: 'language', test: 'in', wanted: ['x'] }

function damagedRuleset(nodes: readonly unknown[], asked: number): PublishedRuleset {
  const experience = { key: 'x', placement: 'p', audience: asked, start: 0, cuts: [['a', 10_000]] as const }
  return {
    published: 1,
    revision: 'r',
    plan: PLAN,
    events: {},
    placements: { p: { baseline: 'a', variants: ['a'] } },
    routes: {},
    // What somebody changed by hand is of no type.
    nodes: nodes as readonly Node[],
    segments: { s: asked },
    experiences: [experience],
  }
}

const DAMAGED: { readonly [what: string]: PublishedRuleset } = {
  'a condition that stands on itself': damagedRuleset([{ op: 'all', of: [0] }], 0),
  'two that stand on each other': damagedRuleset(
    [
      { op: 'not', of: [1] },
      { op: 'not', of: [0] },
    ],
    1,
  ),
  'a child that is not there': damagedRuleset([{ op: 'any', of: [-1] }], 0),
  'a child between two places': damagedRuleset([LEAF, { op: 'any', of: [0.5] }], 1),
  'a segment that is not there': damagedRuleset([LEAF], 3),
  'an opposite of nothing': damagedRuleset([{ op: 'not', of: [] }], 0),
  'an unknown operation': damagedRuleset([{ op: 'xor' }], 0),
  'an unknown operation on others': damagedRuleset([LEAF, { op: 'xor', of: [0] }], 1),
  'an operation of an inherited name': damagedRuleset([{ op: 'constructor' }], 0),
  'conditions that double at each level': damagedRuleset(
    [LEAF, ...Array.from({ length: 60 }, (_, at) => ({ op: 'any', of: [at, at] }))],
    60,
  ),
}

describe('a damaged published ruleset is refused in words, and in time', () => {
  test.each(Object.entries(DAMAGED))('%s', (_, ruleset) => {
    expect(() => evaluateSegments(compileRuleset(ruleset), QUESTION)).toThrow(/Publish anew/)
    expect(() => decide(compileRuleset(ruleset), QUESTION)).toThrow(/Publish anew/)
  })
})

test('what is published is read strictly again, whatever the bounds', () => {
  const most = Number.MAX_SAFE_INTEGER
  const ruleset = rulesetOf({
    ever: { count: 'purchase', moreThan: most },
    ring: { count: 'purchase', within: '1d', moreThan: most },
    above: { attr: 'session.number', moreThan: most },
    below: { attr: 'session.number', lessThan: -most },
  })
  const published = publishRuleset(ruleset, { document: false })
  expect(readJson(JSON.stringify(published))).toEqual({ ok: true, value: published })
  const compiled = compileRuleset(published)
  for (const number of [most, -most, 0]) {
    const question = { ...QUESTION, context: { session: { number } }, consent: { preferences: true } }
    const answers = Object.values(evaluateSegments(compiled, question))
    expect(answers).toEqual(answers.map(() => ({ match: false, until: null })))
  }
})
