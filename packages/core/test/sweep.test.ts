import { type Context, compileRuleset, evaluateSegments, type Question, type Ruleset } from '@attune/core'
import { publishRuleset } from '@attune/core/publish'
import { createSweep, publishSweep, type Sweep } from '@attune/core/sweep'
import { expect, test } from 'vitest'
import { fixedPaths } from '../src/context/context-path.ts'
import { namedPlace, readNamed } from '../src/sweep/named-paths.ts'
import { createRandom } from './oracle/random.ts'
import { makeAttrQuestion, makeAttrRuleset, profileOf } from './support/attr-rulesets.ts'

const NOBODY = { profile: profileOf({}), context: {}, consent: {}, now: 0 }

test('a sweep says of every segment what asking it alone says, whatever the types and consent', {
  timeout: 60_000,
}, () => {
  const random = createRandom(1)
  let trues = 0
  for (let round = 0; round < 150; round++) {
    const ruleset = makeAttrRuleset(random, random.pick([1, 3, 12, 60]))
    const both = makeBoth(ruleset)
    for (let visitor = 0; visitor < 25; visitor++) {
      const { traits, ...asked } = makeAttrQuestion(random, ruleset)
      const { swept, alone } = both({ ...asked, profile: profileOf(traits) })
      expect(swept).toEqual(alone)
      trues += swept.length
    }
  }
  expect(trues).toBeGreaterThan(4_000)
})

test('a part that would need more than 32 terms is asked whole', () => {
  const either = (at: number) => ({
    any: [
      { attr: `custom.a${at}`, is: 'x' },
      { attr: `custom.b${at}`, is: 'x' },
    ],
  })
  const half = { atLeast: 6, of: Array.from({ length: 12 }, (_, at) => ({ attr: `custom.c${at}`, is: 1 })) }
  const ruleset = makeRuleset({
    product: { all: Array.from({ length: 8 }, (_, at) => either(at)) },
    choice: half,
    rare: { not: half },
  })
  expect(publishSweep(publishRuleset(ruleset)).terms.length).toBeLessThanOrEqual(3 * 32)
  const both = makeBoth(ruleset)
  const members = (name: string, from: number, to: number, value: unknown) =>
    Object.fromEntries(Array.from({ length: to - from }, (_, at) => [`${name}${from + at}`, value]))
  const asked = [
    { ...members('a', 0, 4, 'x'), ...members('b', 4, 8, 'x') },
    { ...members('a', 0, 4, 'x'), ...members('b', 5, 8, 'x') },
    { ...members('c', 0, 6, 1), ...members('c', 6, 12, 2) },
    { ...members('c', 0, 5, 1), ...members('c', 5, 12, 2) },
    members('c', 0, 5, 1),
  ]
  const answers = asked.map((custom) => both({ ...NOBODY, context: { custom } }))
  expect(answers.map(({ swept }) => swept)).toEqual([['product'], [], ['choice'], ['rare'], []])
  for (const { swept, alone } of answers) expect(swept).toEqual(alone)
})

test('members are the object’s own, in any order and however many others there are', () => {
  const names = [...Array.from({ length: 9 }, (_, at) => `f${at}`), 'toString']
  const values = [1, 2, 3]
  const both = makeBoth(
    makeRuleset(
      Object.fromEntries(
        names.flatMap((attr) => values.map((is) => [`${attr}-${is}`, { attr: `custom.${attr}`, is }])),
      ),
    ),
  )
  const all = Object.fromEntries(names.map((name, at) => [name, (at % 3) + 1]))
  const backwards = Object.fromEntries(Object.entries(all).reverse())
  const many = { ...Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`other${at}`, 1])), ...all }
  const inherited = Object.create(all) as { readonly [name: string]: unknown }
  const ours = Object.assign(Object.create({ f0: 1, f8: 3 }), { f1: 2 })
  for (const custom of [all, backwards, {}, all, inherited, ours, many, all, { f3: 1 }]) {
    const { swept, alone } = both({ ...NOBODY, context: { custom } })
    expect(swept).toEqual(alone)
  }
  const polluted = withInherited('f4', 1, () => both({ ...NOBODY, context: { custom: { f1: 2 } } }))
  expect(polluted).toEqual({ swept: ['f1-2'], alone: ['f1-2'] })
})

test('lists of many elements, in more combinations than are remembered, are answered', () => {
  const random = createRandom(3)
  for (const size of [10, 40]) {
    const tags = Array.from({ length: size }, (_, at) => `t${at}`)
    const segments = tags.flatMap((tag, at) => [
      [`any-${tag}`, { attr: 'custom.tags', hasAny: [tag, tags[(at + 3) % size]] }] as const,
      [`no-${tag}`, { not: { attr: 'custom.tags', hasAll: [tag, tags[(at + 5) % size]] } }] as const,
    ])
    const both = makeBoth(makeRuleset(Object.fromEntries(segments)))
    for (let visitor = 0; visitor < 600; visitor++) {
      const context = { custom: { tags: random.some([...tags, 'other']) } }
      const { swept, alone } = both({ ...NOBODY, context })
      expect(swept).toEqual(alone)
    }
  }
})

test('a sweep of another revision is refused', () => {
  const published = publishRuleset(makeRuleset({ a: { consent: 'marketing' } }))
  const sweep = createSweep({ ...publishSweep(published), revision: 'r0' }, () => compileRuleset(published))
  expect(() => sweep.ask(NOBODY)).toThrow('the sweep is of revision r0, the ruleset of r1')
})

test('a ruleset without segments is swept', () => {
  expect(makeBoth(makeRuleset({}))(NOBODY)).toEqual({ swept: [], alone: [] })
})

function withInherited<T>(name: string, value: unknown, run: () => T): T {
  try {
    Object.defineProperty(Object.prototype, name, { value, enumerable: true, configurable: true })
    return run()
  } finally {
    Reflect.deleteProperty(Object.prototype, name)
  }
}

function makeRuleset(conditions: { readonly [key: string]: object }): Ruleset {
  const segments = Object.entries(conditions).map(([key, when]) => [key, { when }] as const)
  return { version: 1, revision: 'r1', segments: Object.fromEntries(segments) } as Ruleset
}

// Both documents cross the wire as JSON.
function makeBoth(ruleset: Ruleset) {
  const published = publishRuleset(ruleset)
  const read = JSON.parse(JSON.stringify(published)) as typeof published
  const compiled = compileRuleset(read)
  const artefact = publishSweep(published)
  const sweep = createSweep(JSON.parse(JSON.stringify(artefact)) as typeof artefact, () => compiled)
  return (question: Question) => {
    const alone = evaluateSegments(compiled, question)
    return {
      swept: sweptKeys(sweep, question),
      alone: sweep.keys.filter((key) => alone[key]!.match === true),
    }
  }
}

function sweptKeys(sweep: Sweep, question: Question): readonly string[] {
  const answer = sweep.ask(question)
  return sweep.keys.filter((_, place) => answer.matches(place))
}

test('each fixed path is read by its own name, and no other', () => {
  const context: { [group: string]: unknown } = {}
  for (const path of fixedPaths()) {
    const [group, name] = path.split('.') as [string, string | undefined]
    context[group] = name === undefined ? path : { ...(context[group] as object), [name]: path }
  }
  expect(fixedPaths().map((path) => readNamed(namedPlace(path), context as Context))).toEqual(fixedPaths())
  expect(namedPlace('custom.geo.country')).toBe(-1)
})
