import type { Ruleset } from '@attune/core'
import { checkRuleset, parseRuleset } from '@attune/core/check'
import { expect, test } from 'vitest'

/** A ruleset with a route of `size` placements, each shown to visitors of a value of its own. */
function makeRuleset(size: number, more: Partial<Ruleset> = {}): Ruleset {
  const keys = Array.from({ length: size }, (_, at) => `p${at}`)
  return {
    version: 1,
    revision: 'r',
    placements: Object.fromEntries(keys.map((key) => [key, { baseline: 'off', variants: ['off', 'on'] }])),
    experiences: keys.map((key) => ({
      key,
      placement: key,
      audience: { attr: `custom.${key}`, is: true },
      allocation: [{ variant: 'on', share: 1 }],
    })),
    routes: { '/': keys },
    ...more,
  }
}

const errorsOf = (ruleset: Ruleset) => checkRuleset(ruleset).filter(({ severity }) => severity === 'error')

test('a route over its budget is an error that names the route, the number and the cure', () => {
  const [error, ...others] = errorsOf(
    makeRuleset(7, { routes: { '/cart': ['p0'], '/': makeRuleset(7).routes!['/']! } }),
  )
  expect(others).toEqual([])
  expect(error).toMatchObject({ path: '$.routes["/"]', code: 'over-budget', severity: 'error', value: 128 })
  expect(error!.message).toBe(
    'Its placements make 128 combinations of variants, and the budget is 64. Without "p0" there are 64: take it from the route, let experiences exclude each other (a "group", audiences that are never both true), or raise "budget".',
  )
})

test('it is refused wherever rulesets are read', () => {
  expect(parseRuleset(makeRuleset(7))).toMatchObject({ ok: false, problems: [{ code: 'over-budget' }] })
  expect(parseRuleset(makeRuleset(6))).toMatchObject({ ok: true })
})

test('the budget of the ruleset replaces the 64', () => {
  expect(errorsOf(makeRuleset(7, { budget: 128 }))).toEqual([])
  expect(errorsOf(makeRuleset(2, { budget: 3 }))).toMatchObject([{ value: 4 }])
})

test('a product over the budget is no error when so many cannot occur', () => {
  const keys = Array.from({ length: 10 }, (_, at) => `p${at}`)
  const experiences = keys.map((key) => ({
    key,
    placement: key,
    group: 'g',
    allocation: [{ variant: 'on', share: 0.1 }],
  }))
  expect(errorsOf(makeRuleset(10, { experiences, budget: 11 }))).toEqual([])
  expect(errorsOf(makeRuleset(10, { experiences, budget: 10 }))).toMatchObject([{ value: 11 }])
})

test('another error is told first, and alone', () => {
  expect(errorsOf(makeRuleset(7, { revision: '' })).map(({ code }) => code)).toEqual(['revision'])
})

test('a vast ruleset is answered at once', () => {
  const vast = makeRuleset(200, { budget: 1_000_000 })
  const started = performance.now()
  expect(errorsOf(vast)).toMatchObject([{ code: 'over-budget' }])
  expect(performance.now() - started).toBeLessThan(2_000)
})
