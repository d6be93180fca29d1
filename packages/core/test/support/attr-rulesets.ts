import type { Condition, Context, Question, Ruleset } from '@attune/core'
import { emptyProfile, type TraitValue } from '@attune/core'
import type { Random } from '../oracle/random.ts'

const TEXTS = ['a', 'b', 'B', 'c', 'ab', 'abc', '', '1.2', '1.10', 'constructor', '😀']
const NUMBERS = [0, -0, 1, 2, 2.5, 3, -1, 1e15]
const WORDS = ['x', 'X', 'y', 'z']
const NAMES = ['f0', 'f1', 'f2', 'f3', 'f4', 'f5', 'f6', 'f7', 'f8', 'f9', 'constructor', '__proto__']
const TRAITS = { tier: 'string', age: 'number', vip: 'boolean', tags: 'list' } as const
const LISTS = ['custom.l0', 'custom.l1', 'trait.tags']
const PATHS = [
  ...NAMES.map((name) => `custom.${name}`),
  'language',
  'geo.country',
  'query.a.b',
  'session.pageViews',
  'visitor.known',
]
const ODD: readonly unknown[] = [
  null,
  {},
  [],
  ['x'],
  ['x', 'Z'],
  ['x', 1],
  true,
  false,
  Number.POSITIVE_INFINITY,
  2 ** 60,
  Number.NaN,
  '3',
]

/** Makes a ruleset of segments that read attributes alone; `size` of them. */
export function makeAttrRuleset(random: Random, size: number): Ruleset {
  const keys = Array.from({ length: size }, (_, at) => `s${at}`)
  const segments = keys.map(
    (key, at) => [key, { when: makeTree(random, keys.slice(Math.max(0, at - 3), at), 3) }] as const,
  )
  return {
    version: 1,
    revision: 'r1',
    traits: Object.fromEntries(
      Object.entries(TRAITS).map(([name, type]) => [
        name,
        random.chance(0.3) ? { type, purpose: random.pick(['functional', 'marketing'] as const) } : { type },
      ]),
    ),
    segments: Object.fromEntries(segments),
  }
}

/** Makes what a visitor may be asked about, wrong types and missing members included. */
export function makeAttrQuestion(
  random: Random,
  ruleset: Ruleset,
): Omit<Question, 'profile'> & {
  readonly traits: { readonly [name: string]: TraitValue }
} {
  const names = random.shuffle(NAMES).slice(0, random.below(NAMES.length + 1))
  const custom = Object.fromEntries(names.map((name) => [name, makeValue(random)]))
  const some = (name: string, value: unknown) => (random.chance(0.8) ? { [name]: value } : {})
  const context = {
    ...some(
      'custom',
      random.chance(0.95)
        ? { l0: makeList(random), ...custom, l1: makeList(random) }
        : random.pick(['a', null, ['a']]),
    ),
    ...some('language', makeValue(random)),
    ...some('geo', { country: makeValue(random) }),
    ...some('query', { 'a.b': makeValue(random) }),
    ...some('session', { pageViews: makeValue(random) }),
    ...some('visitor', { known: makeValue(random) }),
  } as Context
  const assumed = Object.keys(ruleset.segments ?? {}).filter(() => random.chance(0.1))
  return {
    context,
    traits: Object.fromEntries(
      Object.keys(TRAITS)
        .filter(() => random.chance(0.8))
        .map((name) => [name, makeValue(random) as TraitValue]),
    ),
    consent: { preferences: random.chance(0.8), marketing: random.chance(0.5) },
    now: 0,
    ...(random.chance(0.1)
      ? { assume: Object.fromEntries(assumed.map((key) => [key, random.chance(0.5)])) }
      : {}),
  }
}

/** A profile of traits alone. */
export function profileOf(traits: { readonly [name: string]: TraitValue }): Question['profile'] {
  return { ...emptyProfile({ id: '', keys: [], signals: [] }), traits }
}

function makeValue(random: Random): unknown {
  return random.pick<() => unknown>([
    () => random.pick(TEXTS),
    () => random.pick(TEXTS),
    () => random.pick(NUMBERS),
    () => random.pick(NUMBERS) + random.pick([0, 0, 0.25, -0.25]),
    () => random.chance(0.5),
    () => WORDS.filter(() => random.chance(0.5)),
    () => random.pick(ODD),
  ])()
}

function makeList(random: Random): unknown {
  return random.chance(0.8) ? random.some(WORDS) : makeValue(random)
}

function makeTree(random: Random, segments: readonly string[], depth: number): Condition {
  if (depth === 0 || random.chance(0.2)) return makeAttr(random)
  const children = () =>
    Array.from({ length: 1 + random.below(5) }, () => makeTree(random, segments, depth - 1))
  return random.pick<() => Condition>([
    () => ({ all: children() }),
    () => ({ all: children() }),
    () => ({ any: children() }),
    () => ({ not: makeTree(random, segments, depth - 1) }),
    () => {
      const of = children()
      return { atLeast: 1 + random.below(of.length), of }
    },
    () => (segments.length > 0 ? { segment: random.pick(segments) } : makeAttr(random)),
  ])()
}

function makeAttr(random: Random): Condition {
  if (random.chance(0.15)) {
    const operator = random.pick(['hasAny', 'hasAll'])
    return { attr: random.pick(LISTS), [operator]: random.some(WORDS) } as unknown as Condition
  }
  const attr = random.chance(0.15) ? `trait.${random.pick(Object.keys(TRAITS))}` : random.pick(PATHS)
  const ignoreCase = random.chance(0.2) ? { ignoreCase: true } : {}
  const text = () => random.pick(TEXTS)
  const number = () => random.pick(NUMBERS)
  const [least, greatest] = [number(), number()].sort((a, b) => a - b) as [number, number]
  return random.pick<() => Condition>([
    () => ({ attr, is: text(), ...ignoreCase }),
    () => ({ attr, isNot: text() }),
    () => ({ attr, is: random.chance(0.5) }),
    () => ({ attr, isNot: number() }),
    () => ({ attr, in: random.some(TEXTS), ...ignoreCase }),
    () => ({ attr, notIn: random.some(TEXTS) }),
    () => ({ attr, in: random.some(NUMBERS) }),
    () => ({ attr, atLeast: number() }),
    () => ({ attr, lessThan: number() }),
    () => ({ attr, moreThan: number() }),
    () => ({ attr, atMost: number() }),
    () => ({ attr, exactly: number() }),
    () => ({ attr, between: [least, greatest] }),
    () => ({ attr, exists: random.chance(0.5) }),
    () => ({ attr, contains: text(), ...ignoreCase }),
    () => ({ attr, startsWith: text() }),
    () => ({ attr, endsWith: text() }),
    () => ({ attr, hasAny: random.some(WORDS), ...ignoreCase }),
    () => ({ attr, hasAll: random.some(WORDS) }),
    () => ({ attr, versionAtLeast: random.pick(['1', '1.3', '1.10']) }),
  ])()
}
