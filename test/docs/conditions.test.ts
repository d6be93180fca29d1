import { evaluateSegments, type Ruleset } from '@attune/core'
import { sentenceOf } from '@attune/core/explain'
import { compileDocument } from '@attune/core/publish'
import { describe, expect, test } from 'vitest'
import { COMPARATORS } from '../../packages/core/src/condition/comparison.ts'
import { type Condition, childrenOf, KINDS, kindOf } from '../../packages/core/src/condition/condition.ts'
import { VALUE_OPERATORS } from '../../packages/core/src/condition/operator.ts'
import { type Asked, type Example, examplesOf } from './examples.ts'
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

function answered(ruleset: Ruleset, { known }: Asked): readonly [answer: string, changes: string | number] {
  const compiled = compileDocument(ruleset)
  const question = knownVisitor(known, compiled)
  const { match, until } = evaluateSegments(compiled, question).example!
  const changes = until === null ? 'never' : (until - question.now) / 1000
  return [match === null ? 'unknown' : String(match), changes]
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
    'answers what the page says: %s, %s',
    (_, __, { page, condition, row }) => {
      const changes = row.changes === 'never' ? 'never' : readPassed(row.changes.replace(/^in /, ''))
      expect(answered(rulesetOf(page, condition), row)).toEqual([row.answer, changes])
    },
  )

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

  test('asks every kind about somebody', () => {
    const asked = new Set(
      examplesOf(page).flatMap((one) => (one.rows.length === 0 ? [] : withChildren(conditionOf(one)).map(kindOf))),
    )
    expect(KINDS.filter((kind) => !asked.has(kind))).toEqual(['model'])
  })
})

test('a row that answers otherwise is noticed', () => {
  const page = readPage('docs/guide/conditions.md')
  const ruleset = rulesetOf(page, '{ "count": "view_item", "within": "7d", "atLeast": 1 }')
  const row = (known: string) => answered(ruleset, { known, answer: '', changes: '' })
  expect(row('`view_item` 6d 23h 59m 59s ago')).toEqual(['true', 1])
  expect(row('2 × `view_item` 7d ago')).toEqual(['false', 'never'])
  expect(row('`view_item` now; `preferences` not granted')).toEqual(['unknown', 'never'])
  expect(() => row('somebody from the newsletter')).toThrow('Nobody knows')
})

function withChildren(condition: Condition): readonly Condition[] {
  return [condition, ...childrenOf(condition).flatMap(withChildren)]
}
