import { evaluateSegments, type Ruleset } from '@attune/core'
import { costsOf } from '@attune/core/check'
import { sentenceOf } from '@attune/core/explain'
import { compileDocument } from '@attune/core/publish'
import { describe, expect, test } from 'vitest'
import { COMPARATORS } from '../../packages/core/src/condition/comparison.ts'
import { type Condition, childrenOf, KINDS, kindOf } from '../../packages/core/src/condition/condition.ts'
import { VALUE_OPERATORS } from '../../packages/core/src/condition/operator.ts'
import { type Example, examplesOf } from './examples.ts'
import { findingsOf, pageRuleset, withCondition } from './guide-ruleset.ts'
import { knownVisitor, readPassed } from './known-visitor.ts'
import { type Page, readPage, readPages } from './markdown.ts'

const pages = readPages('docs/guide')
const examples = pages.flatMap((page) => examplesOf(page).map((example) => ({ page, ...example })))
const rows = examples.flatMap(({ rows, ...example }) => rows.map((row) => ({ ...example, row })))

// Checked by the test of the guide's blocks.
function rulesetOf(page: Page, condition: string): Ruleset {
  return withCondition(JSON.parse(condition), pageRuleset(page)) as unknown as Ruleset
}

function conditionOf({ condition }: Pick<Example, 'condition'>): Condition {
  return JSON.parse(condition) as Condition
}

interface Answered {
  readonly answer: string
  /** Seconds from now; `null` for never. */
  readonly until: number | null
}

/** What a row's visitor is answered, now and some seconds later if nothing happens. */
function answered(ruleset: Ruleset, known: string, later = 0): Answered {
  const compiled = compileDocument(ruleset)
  const question = knownVisitor(known, compiled)
  const now = question.now + later * 1000
  const { match, until } = evaluateSegments(compiled, { ...question, now }).example!
  return {
    answer: match === null ? 'unknown' : String(match),
    until: until === null ? null : (until - now) / 1000,
  }
}

describe('a condition in the guide', () => {
  const said = examples.filter(({ sentence }) => sentence !== undefined)
  test.each(said.map((one) => [one.place, one] as const))(
    'is said as explaining says it: %s',
    (_, { page, condition, sentence }) => {
      const ruleset = rulesetOf(page, condition)
      expect(sentenceOf(JSON.parse(condition), ruleset)).toBe(sentence)
    },
  )

  test.each(rows.map((one) => [one.place, one.row.known, one] as const))(
    'answers what the page says, and changes when it says: %s, %s',
    (_, known, { page, condition, row }) => {
      const ruleset = rulesetOf(page, condition)
      const { answer, until } = answered(ruleset, known)
      expect(answer).toBe(row.answer)
      if (row.changes === 'never') return expect(until).toBeNull()
      const [word, ...passed] = row.changes.split(' ')
      const change = readPassed(passed.join(' '))
      if (word === 'in') expect(until).toBe(change)
      else expect(until).toBeLessThan(change)
      expect(answered(ruleset, known, change - 1).answer).toBe(answer)
      expect(answered(ruleset, known, change).answer).not.toBe(answer)
    },
  )

  test('has no row that nobody asks', () => {
    const written = pages.flatMap(
      ({ text }) => text.match(/ \| (true|false|unknown) \| (never|in|by)\b/g) ?? [],
    )
    expect(rows).toHaveLength(written.length)
  })

  test.each(['conditions.md', 'recipes.md'])('has its sentence below it: %s', (name) => {
    const own = examplesOf(readPage(`docs/guide/${name}`))
    expect(own.filter(({ sentence }) => sentence === undefined)).toEqual([])
  })
})

describe('the page of conditions', () => {
  const page = readPage('docs/guide/conditions.md')
  const shown = examplesOf(page).map(conditionOf)
  // The shapes in its tables: `| word | `{ … }` | …`.
  const shapes = [...page.text.matchAll(/^\| \S+ \| `(\{ "[^`]*\})` \|/gm)].map(([, shape = '']) => shape)

  test('has an example of every kind that is decided', () => {
    const kinds = new Set(shown.flatMap(withChildren).map(kindOf))
    expect(KINDS.filter((kind) => !kinds.has(kind))).toEqual(['model'])
  })

  test('has a shape of every kind in its table', () => {
    const kinds = new Set(shapes.map((shape) => kindOf(JSON.parse(shape))))
    expect(KINDS.filter((kind) => !kinds.has(kind))).toEqual(['model'])
  })

  test.each(shapes)('offers a sound shape: %s', (shape) => {
    expect(findingsOf(JSON.stringify(rulesetOf(page, shape)))).toEqual([])
  })

  test('has every operator and comparator in an example or a shape', () => {
    const text = [...examplesOf(page).map(({ condition }) => condition), ...shapes].join('')
    const names = [...VALUE_OPERATORS, ...COMPARATORS, 'ignoreCase']
    expect(names.filter((name) => !text.includes(`"${name}":`))).toEqual([])
  })

  const costs = [...page.text.matchAll(/^\| (edge|store|batch) \| `(\{ "[^`]*\})` \|/gm)].map(
    ([, ...row]) => row,
  )

  test('names the cost of three', () => {
    expect(costs.map(([cost]) => cost)).toEqual(['edge', 'store', 'batch'])
  })

  test.each(costs)('costs what the checker says: %s, %s', (cost, condition) => {
    expect(costsOf(rulesetOf(page, condition!)).example).toBe(cost)
  })

  test('asks every kind about somebody', () => {
    const asked = new Set(
      examplesOf(page).flatMap((one) =>
        one.rows.length === 0 ? [] : withChildren(conditionOf(one)).map(kindOf),
      ),
    )
    expect(KINDS.filter((kind) => !asked.has(kind))).toEqual(['model'])
  })
})

test('a row is read as it is written', () => {
  const page = readPage('docs/guide/conditions.md')
  const ruleset = rulesetOf(page, '{ "count": "view_item", "within": "7d", "atLeast": 1 }')
  const ask = (known: string) => answered(ruleset, known)
  expect(ask('`view_item` 6d 23h 59m 59s ago')).toEqual({ answer: 'true', until: 1 })
  expect(ask('2 × `view_item` 7d ago')).toEqual({ answer: 'false', until: null })
  expect(ask('`view_item` now; `preferences` not granted')).toEqual({ answer: 'unknown', until: null })
  expect(() => ask('somebody from the newsletter')).toThrow('Nobody knows')
})

function withChildren(condition: Condition): readonly Condition[] {
  return [condition, ...childrenOf(condition).flatMap(withChildren)]
}
