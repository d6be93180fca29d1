import type { Ruleset } from '@attune/core'
import { publishRuleset } from '@attune/core/publish'
import { expect, test } from 'vitest'
import { answerView } from '../../src/editor/view-as/answer-view.ts'
import type { View } from '../../src/editor/view-as/view.ts'

const DOCUMENT: Ruleset = {
  version: 1,
  revision: '1',
  timezone: 'UTC',
  events: { purchase: {} },
  segments: {
    back: { when: { attr: 'visitor.returning', is: true } },
    buyer: { when: { count: 'purchase', atLeast: 1 } },
    'back-buyer': { when: { all: [{ segment: 'back' }, { segment: 'buyer' }] } },
    summer: { when: { when: { from: '2026-06-01T00:00:00Z', until: '2026-09-01T00:00:00Z' } } },
  },
  placements: { ruled: { baseline: 'default', variants: ['default', 'offer'] } },
  experiences: [
    {
      key: 'offer',
      placement: 'ruled',
      audience: { segment: 'buyer' },
      allocation: [{ variant: 'offer', share: 1 }],
    },
  ],
  routes: {},
}
const RULESET = publishRuleset(DOCUMENT)
const KEYS = ['back', 'buyer', 'back-buyer', 'summer']
const WINTER = Date.parse('2026-01-01T00:00:00Z')

const view = (changes: Partial<View> = {}): View => ({
  persona: 'back',
  context: { visitor: { returning: true } },
  assume: {},
  now: undefined,
  ...changes,
})

test('a visitor has the answers of the ruleset', () => {
  expect(answerView(RULESET, KEYS, view(), WINTER).answers).toEqual({
    back: true,
    buyer: false,
    'back-buyer': false,
    summer: false,
  })
})

test('what is assumed of a visitor also counts for segments that ask for it', () => {
  expect(answerView(RULESET, KEYS, view({ assume: { buyer: true } }), WINTER).answers).toMatchObject({
    buyer: true,
    'back-buyer': true,
  })
})

test('the time of the view counts, not the present', () => {
  const { answers, now } = answerView(
    RULESET,
    KEYS,
    view({ now: Date.parse('2026-07-01T00:00:00Z') }),
    WINTER,
  )
  expect([answers.summer, now]).toEqual([true, Date.parse('2026-07-01T00:00:00Z')])
})

test('a segment that the ruleset keeps to itself is unknown until somebody assumes it', () => {
  const keys = [...KEYS, 'secret']
  expect(answerView(RULESET, keys, view(), WINTER).answers.secret).toBe(null)
  expect(answerView(RULESET, keys, view({ assume: { secret: true } }), WINTER).answers.secret).toBe(true)
})

test('a placement of the ruleset is decided by it, another is not', () => {
  const { decided } = answerView(RULESET, KEYS, view({ assume: { buyer: true } }), WINTER)
  expect([decided('ruled'), decided('hero'), decided('toString')]).toEqual(['offer', undefined, undefined])
  expect(answerView(RULESET, KEYS, view(), WINTER).decided('ruled')).toBe('default')
})

test('without a ruleset only what is assumed is known', () => {
  const { answers, decided } = answerView(undefined, ['a'], view({ assume: { b: true } }), WINTER)
  expect([answers, decided('ruled')]).toEqual([{ a: null, b: true }, undefined])
})
