import { parseConsent, parseContext, parseEvent, parseVisitorId } from '@attune/core'
import { expect, test } from 'vitest'
import { parseSource } from '../architecture/source.ts'
import { codesOf, emittedCodes } from './emitted-codes.ts'
import { findingsOf, guideRuleset, membersOf, withCondition, withMembers } from './guide-ruleset.ts'
import { codeRowsOf, type Row, readPage } from './markdown.ts'

interface Found {
  readonly path: string
  readonly code: string
  readonly severity: string
}

const rows = codeRowsOf(readPage('docs/guide/findings.md'))

const GRANTED = { consent: 'marketing' }
const count = (item: number): object => ({ count: 'view_item', where: { item_id: `${item}` }, atLeast: 1 })
const nested = (depth: number): object => (depth === 1 ? GRANTED : { not: nested(depth - 1) })
const inARow = (length: number): object =>
  Object.fromEntries(
    Array.from({ length }, (_, at) => [`s${at}`, { when: at === 0 ? GRANTED : { segment: `s${at - 1}` } }]),
  )

/** The examples that the page puts into words. */
const IN_WORDS: { readonly [words: string]: () => string | Uint8Array } = {
  'a file in Latin-1': () => new Uint8Array([0x22, 0xe9, 0x22]),
  'EF BB BF before the first brace': () => `\uFEFF${JSON.stringify(guideRuleset())}`,
  '600 KiB of text': () => JSON.stringify('x'.repeat(600 * 1024)),
  'a list of 100 times 9e99': () => `[${Array(100).fill('9e99').join(',')}]`,
  '65 lists in each other': () => '['.repeat(65) + ']'.repeat(65),
  'nine conditions in each other': () => JSON.stringify(withCondition(nested(9))),
  'an `any` of 64 conditions': () => JSON.stringify(withCondition({ any: Array(64).fill(GRANTED) })),
  '65 segments in a row': () => JSON.stringify(withMembers(guideRuleset(), { segments: inARow(65) })),
  'a segment that counts 49 `item_id` apart': () =>
    JSON.stringify(withCondition({ any: Array.from({ length: 49 }, (_, at) => count(at)) })),
}

function foundIn({ cells, lastHeader }: Row): readonly Found[] {
  const example = cells.at(-1)!
  const inWords = IN_WORDS[example]
  if (inWords !== undefined) return findingsOf(inWords())
  const text = /^`(.*)`$/.exec(example)?.[1] ?? ''
  if (lastHeader === 'Wrong text') return findingsOf(text)
  const value: unknown = JSON.parse(text)
  if (lastHeader === 'Wrong condition') return findingsOf(JSON.stringify(withCondition(value)))
  if (lastHeader === 'Wrong case') return foundInCase(membersOf(value))
  return findingsOf(JSON.stringify(withMembers(guideRuleset(), membersOf(value))))
}

// Of a condition the page names the place in it, of a long path its ends.
function shortened(path: string): string {
  const short = path.replace('$.segments.example.when', 'when')
  return short.length > 80 ? `${short.slice(0, 4)}…${short.slice(-3)}` : short
}

function foundInCase({
  events,
  context,
  consent,
  visitor,
}: {
  readonly [name: string]: unknown
}): readonly Found[] {
  const results = [
    ...(Array.isArray(events) ? events.map((event: unknown) => parseEvent(event)) : []),
    ...(context === undefined ? [] : [parseContext(context)]),
    ...(consent === undefined ? [] : [parseConsent(consent)]),
    ...(visitor === undefined ? [] : [parseVisitorId(visitor)]),
  ]
  return results.flatMap((result) => (result.ok ? [] : result.problems))
}

test.each(rows.map((row) => [row.cells[0]!, row.lastHeader, row] as const))(
  'the example of %s (%s) gives it, where the page says, and nothing else',
  (code, _, row) => {
    const severity = row.chapter === 'Warnings' ? 'warning' : 'error'
    const found = foundIn(row).map((one) => [one.code, one.severity, shortened(one.path)])
    expect(found).toEqual([[code.slice(1, -1), severity, row.cells[3]!.slice(1, -1)]])
  },
)

test('every row has a meaning, a cure, a place and an example', () => {
  expect(rows.filter(({ cells }) => cells.length !== 5 || cells.includes(''))).toEqual([])
})

test('every code that can be given is documented, and no other', () => {
  const documented = [...new Set(rows.map(({ cells }) => cells[0]!.slice(1, -1)))].sort()
  expect(documented).toEqual(emittedCodes())
})

test('codes are found wherever a finding is made', () => {
  const text = `
    findings.error(path, 'a', 'A.')
    findings.warning(path, type === undefined ? 'b' : 'c', 'B or C.')
    throw new SyntaxProblem(path, 'd', 'D.')
    const problem = { path, code: 'e', severity: 'error', message: 'E.' }
    this.#report(place, 'f', 'F.')
  `
  expect(codesOf(parseSource('packages/x/src/a.ts', text))).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
})
