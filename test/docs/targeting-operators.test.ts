import { expect, test } from 'vitest'
import { findingsOf, withCondition } from './guide-ruleset.ts'
import { readPage } from './markdown.ts'

const { text } = readPage('docs/guide/targeting-operators.md')

// A cell with one of our conditions in it; theirs stand in the first column.
const conditions = [...text.matchAll(/^\|.*?\| (.*)\|$/gm)].flatMap(([, cells = '']) =>
  [...cells.matchAll(/`(\{ "[^`]*\})`/g)].map(([, condition = '']) => condition),
)

test('there are conditions in the tables', () => {
  expect(conditions.length).toBeGreaterThan(60)
})

test.each(conditions)('the operator table offers a sound condition: %s', (condition) => {
  const findings = findingsOf(JSON.stringify(withCondition(JSON.parse(condition))))
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
})
