import { checkRuleset, MAX_SIGNALS, parseRuleset } from '@attune/core/check'
import { publishRuleset } from '@attune/core/publish'
import { expect, test } from 'vitest'
import { exampleRuleset } from './support/example-ruleset.ts'

interface Shape {
  readonly [key: string]: unknown
}

const OFFER = [{ variant: 'offer', share: 1 }]
const everything = (ruleset: Shape) =>
  checkRuleset(ruleset).map(({ path, code, severity }) => [path, code, severity])
// Most rulesets here leave experiences out, and so variants that one would show.
const found = (ruleset: Shape) => everything(ruleset).filter(([, code]) => code !== 'unused-variant')
const plain: Shape = { ...exampleRuleset, experiences: [], segments: {} }

test('of the example of the language page no more is found than two variants that nothing shows', () => {
  expect(everything({ ...exampleRuleset })).toEqual([
    ['$.placements["home-hero"].variants[2]', 'unused-variant', 'warning'],
    ['$.placements["product-rail"].variants[1]', 'unused-variant', 'warning'],
  ])
  expect(parseRuleset(exampleRuleset)).toEqual({ ok: true, value: exampleRuleset })
})

test('the smallest ruleset has a version and a revision', () => {
  expect(checkRuleset({ version: 1, revision: 'a' })).toEqual([])
})

test('a published ruleset is one error, which asks for the document', () => {
  const problems = checkRuleset(publishRuleset(exampleRuleset))
  expect(problems).toEqual([
    {
      path: '$',
      code: 'published',
      severity: 'error',
      message:
        'This is a published ruleset. Give the document that it was published from: the file that people edit.',
    },
  ])
})

test('a mistyped member is told with the one that was meant, and no member that nothing reads is offered', () => {
  const messages = checkRuleset({ ...plain, segmnts: {}, zzz: {} }).map(({ message }) => message)
  expect(messages[0]).toMatch(/Known: \$schema, version, .*, budget\. Did you mean "segments"\?$/)
  expect(messages[1]).toMatch(/, budget\.$/)
  expect(messages.join()).not.toContain('models')
})

test('segments that refer to each other in a circle are one error, which names the circle', () => {
  const ref = (segment: string) => ({ when: { not: { segment } } })
  const problems = checkRuleset({ ...plain, segments: { a: ref('b'), b: ref('c'), c: ref('a') } })
  expect(problems.map(({ path, code }) => [path, code])).toEqual([['$.segments.a', 'cycle']])
  expect(problems[0]!.message).toContain('a → b → c → a')
  expect(found({ ...plain, segments: { a: ref('a') } })).toEqual([['$.segments.a', 'cycle', 'error']])
})

test('two paths to one segment are no circle', () => {
  const ref = (segment: string) => ({ segment })
  const segments = {
    a: { when: { all: [ref('b'), ref('c')] } },
    b: { when: ref('c') },
    c: { when: { consent: 'marketing' } },
  }
  expect(found({ ...plain, segments }).filter(([, , severity]) => severity === 'error')).toEqual([])
})

test('placements that are missing, or no object, are told once, however many are named', () => {
  const { placements: _, ...without } = exampleRuleset
  expect(found(without)).toEqual([['$.placements', 'unknown-placement', 'error']])
  expect(found({ ...without, placements: [] })).toEqual([['$.placements', 'not-an-object', 'error']])
  expect(found({ version: 1, revision: 'a', routes: { '/': [] } })).toEqual([])
})

test('a key of two experiences is taken', () => {
  const one = { key: 'x', placement: 'home-hero', allocation: OFFER }
  expect(found({ ...plain, experiences: [one, one] })).toEqual([
    ['$.experiences[1].key', 'duplicate-experience', 'error'],
  ])
})

test('the shares of a group add up to 1 at most, wherever its placements are', () => {
  const one = (key: string, share: number) => ({
    key,
    placement: 'home-hero',
    group: 'g',
    allocation: [{ variant: 'offer', share }],
  })
  expect(found({ ...plain, experiences: [one('a', 0.5), one('b', 0.5)] })).toEqual([])
  expect(found({ ...plain, experiences: [one('a', 0.5), one('b', 0.5001)] })).toEqual([
    ['$.experiences[1].group', 'shares-over-1', 'error'],
  ])
})

test('ten shares of 0.1 are 1, whatever doubles say', () => {
  const allocation = Array.from({ length: 10 }, () => ({ variant: 'offer', share: 0.1 }))
  expect(found({ ...plain, experiences: [{ key: 'x', placement: 'home-hero', allocation }] })).toEqual([])
})

test('48 signals are allowed, 49 are not', () => {
  const segments = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, at) => [
        `s${at}`,
        { when: { count: 'view_item', where: { item_id: `i${at}` }, atLeast: 1 } },
      ]),
    )
  const errors = (count: number) =>
    found({ ...plain, segments: segments(count) }).filter(([, , severity]) => severity === 'error')
  expect(MAX_SIGNALS).toBe(48)
  expect(errors(48)).toEqual([])
  expect(errors(49)).toEqual([['$', 'too-many-signals', 'error']])
})

test('64 nodes and 8 levels are allowed', () => {
  const leaf = { consent: 'marketing' }
  const deep = Array.from({ length: 7 }).reduce((inner) => ({ not: inner }), leaf)
  const segments = { wide: { when: { any: Array.from({ length: 63 }, () => leaf) } }, deep: { when: deep } }
  expect(found({ ...plain, segments }).filter(([, , severity]) => severity === 'error')).toEqual([])
})

test('a window as long as profiles are kept is allowed, also when the ruleset does not say how long', () => {
  const segments = { s: { when: { count: 'view_item', within: '400d', atLeast: 1 } } }
  const { retention: _retention, ...silent } = plain
  expect(found({ ...silent, segments })).toEqual([['$.segments.s', 'unused-segment', 'warning']])
})

test('an unused segment and a trait that looks like personal data are warnings', () => {
  const problems = found({
    ...plain,
    segments: { s: { when: { consent: 'marketing' } } },
    traits: { email: { type: 'string' } },
  })
  expect(problems).toEqual([
    ['$.traits.email', 'personal-data', 'warning'],
    ['$.segments.s', 'unused-segment', 'warning'],
  ])
})

test('a functional experience that knows the visitor is a warning: without consent it is passed over', () => {
  const one = (more: Shape) => ({
    ...plain,
    experiences: [{ key: 'x', placement: 'home-hero', purpose: 'functional', allocation: OFFER, ...more }],
  })
  const warned = [['$.experiences[0].purpose', 'functional', 'warning']]
  expect(found(one({}))).toEqual([])
  expect(found(one({ audience: { attr: 'geo.country', is: 'GB' } }))).toEqual([])
  expect(found(one({ audience: { count: 'view_item', atLeast: 1 } }))).toEqual(warned)
  expect(found(one({ audience: { attr: 'trait.newsletter', is: true } }))).toEqual(warned)
  expect(found(one({ allocation: [{ variant: 'offer', share: 0.5 }] }))).toEqual(warned)
})

test('warnings do not keep a ruleset from being read, errors do', () => {
  expect(parseRuleset({ ...plain, traits: { phone: { type: 'string' } } }).ok).toBe(true)
  expect(parseRuleset({ ...plain, version: 2 })).toMatchObject({
    ok: false,
    problems: [{ path: '$.version' }],
  })
})

test('names that JavaScript objects inherit are unknown, not found', () => {
  const errors = (condition: Shape) =>
    found({ ...plain, segments: { s: { when: condition } } }).map(([, code]) => code)
  expect(errors({ count: 'constructor', atLeast: 1 })).toContain('unknown-event')
  expect(errors({ segment: 'toString' })).toContain('unknown-segment')
  expect(errors({ attr: 'trait.valueOf', is: 'a' })).toContain('unknown-trait')
  expect(errors({ interest: 'hasOwnProperty', top: 1, is: 'a' })).toContain('unknown-interest')
  expect(errors({ count: 'view_item', where: { toString: 'a' }, atLeast: 1 })).toContain('unknown-property')
})

test('keys that would change a prototype are refused', () => {
  const poisoned: unknown = JSON.parse(
    '{"version":1,"revision":"a","segments":{"__proto__":{"when":{"consent":"marketing"}}}}',
  )
  expect(found(poisoned as Shape)).toEqual([['$.segments.__proto__', 'key', 'error']])
})
