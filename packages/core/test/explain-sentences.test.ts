import { readFileSync } from 'node:fs'
import type { Condition, Ruleset } from '@attune/core'
import { sentenceOf } from '@attune/core/explain'
import { expect, test } from 'vitest'
import { COMPARATORS } from '../src/condition/comparison.ts'
import { KINDS, kindOf } from '../src/condition/condition.ts'
import { VALUE_OPERATORS } from '../src/condition/operator.ts'
import { makeRuleset } from './support/explained-visitor.ts'

type Row = readonly [condition: Condition, said: string, denied: string]

const LINE = /^\| `(\{.+\})` \| (.+) \| (.+) \|$/

// The page is written for people; each line of its tables is a case.
const ROWS: readonly Row[] = readFileSync(new URL('./explain-sentences.md', import.meta.url), 'utf8')
  .split('\n')
  .flatMap((line): readonly Row[] => {
    const [, condition, said, denied] = LINE.exec(line) ?? []
    return condition === undefined ? [] : [[JSON.parse(condition), said!, denied!]]
  })

const ruleset: Ruleset = makeRuleset(
  { consent: 'marketing' },
  { segments: { plain: { when: { consent: 'marketing' } } } },
)

test.each(ROWS)('%j is said in plain English', (condition, said, denied) => {
  expect(sentenceOf(condition, ruleset)).toBe(said)
  expect(sentenceOf({ not: condition }, ruleset)).toBe(denied)
})

test('what is denied twice is said as it is', () => {
  for (const [condition, said] of ROWS) expect(sentenceOf({ not: { not: condition } }, ruleset)).toBe(said)
})

const NUMERIC = [
  ...['attr', 'count', 'sum', 'avg', 'min', 'max', 'distinct', 'since', 'score', 'percentile', 'interest'],
  ...['frequency', 'model'],
]

test('the page has every kind, every comparator of those that compare and every operator of attr', () => {
  const texts = ROWS.map(([condition]) => JSON.stringify(condition))
  const has = (...members: readonly string[]) =>
    texts.some((text) => members.every((member) => text.includes(`"${member}":`)))
  expect(KINDS.filter((kind) => !ROWS.some(([condition]) => kindOf(condition) === kind))).toEqual([])
  expect(
    NUMERIC.flatMap((kind) => COMPARATORS.map((name) => [kind, name])).filter((pair) => !has(...pair)),
  ).toEqual([])
  expect(VALUE_OPERATORS.filter((name) => !has('attr', name))).toEqual([])
})
