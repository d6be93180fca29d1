import { expect, test } from 'vitest'
import { describeVectors, VECTOR_FILES } from './runner/describe-vectors.ts'
import { type Fields, parseVectors } from './runner/read-vectors.ts'
import { layCase } from './runner/sections.ts'
import { typescript } from './runner/typescript.ts'

describeVectors(async () => typescript)

test('there are at least 3,000 cases', () => {
  expect(VECTOR_FILES.reduce((sum, { cases }) => sum + cases.length, 0)).toBeGreaterThanOrEqual(3_000)
})

test('a folder that is no section, and a field that is none, fail', () => {
  expect(() => layCase('weather', {}, {})).toThrow('There is no section for the folder "weather".')
  expect(() => layCase('time/duration', { texts: '1m' }, {})).toThrow('A case has no field "texts".')
  expect(() => layCase('time/duration', { text: '1m' }, { minutes: 1 })).toThrow(
    '"expect" has no field "minutes".',
  )
})

test('two cases of one name, a case without a name and one that expects nothing fail', () => {
  const file =
    (...cases: readonly Fields[]) =>
    () =>
      parseVectors('x/y.json', { claim: 'c', cases })
  expect(file({ name: 'a', expect: {} }, { name: 'a', expect: {} })).toThrow('two cases are named "a"')
  expect(file({ expect: {} })).toThrow('has no "name"')
  expect(file({ name: 'a' })).toThrow('"a" expects nothing')
})
