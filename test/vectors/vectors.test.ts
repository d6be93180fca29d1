import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { adopt, condition, decision, fold, merge, type Section } from './runner/ask-sections.ts'
import {
  bucket,
  code,
  duration,
  hash,
  instant,
  json,
  sealed,
  share,
  token,
  visitor,
} from './runner/plain-sections.ts'
import { type Fields, onlyKnown, parseVectors, readVectors } from './runner/read-vectors.ts'

// A folder is a section; those below `condition` and `decision` only sort the files.
const SECTIONS: { readonly [folder: string]: Section } = {
  json,
  'time/instant': instant,
  'time/duration': duration,
  condition,
  fold,
  adopt,
  merge,
  decision,
  'allocation/hash': hash,
  'allocation/bucket': bucket,
  'allocation/share': share,
  'code/seal': sealed,
  'code/visitor': visitor,
  'code/decision': code,
  'code/token': token,
}
const files = readVectors(fileURLToPath(new URL('.', import.meta.url)))

function sectionOf(folder: string): Section {
  const name = Object.keys(SECTIONS).find((known) => folder === known || folder.startsWith(`${known}/`))
  if (name === undefined) throw new Error(`There is no section for the folder "${folder}".`)
  return SECTIONS[name]!
}

function run(folder: string, fields: Fields, expected: Fields): void {
  const section = sectionOf(folder)
  onlyKnown(fields, section.fields, 'A case')
  onlyKnown(expected, section.expects, '"expect"')
  section.run(fields, expected)
}

for (const { path, folder, claim, cases } of files) {
  describe(`${path}: ${claim}`, () => {
    test.each(cases)('$name', ({ fields, expect: expected }) => run(folder, fields, expected))
  })
}

afterAll(() => {
  const counts = new Map<string, number>()
  for (const { folder, cases } of files) counts.set(folder, (counts.get(folder) ?? 0) + cases.length)
  const total = files.reduce((sum, { cases }) => sum + cases.length, 0)
  const lines = [...counts].map(([folder, count]) => `  ${String(count).padStart(5)}  ${folder}`)
  process.stdout.write(`Vectors: ${total} cases in ${files.length} files\n${lines.join('\n')}\n`)
})

test('there are at least 3,000 cases', () => {
  expect(files.reduce((sum, { cases }) => sum + cases.length, 0)).toBeGreaterThanOrEqual(3_000)
})

test('a folder that is no section, and a field that is none, fail', () => {
  expect(() => run('weather', {}, {})).toThrow('There is no section for the folder "weather".')
  expect(() => run('time/duration', { texts: '1m' }, {})).toThrow('A case has no field "texts".')
  expect(() => run('time/duration', { text: '1m' }, { minutes: 1 })).toThrow(
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
