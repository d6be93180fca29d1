import { checkRuleset } from '@attune/core/check'
import { expect, test } from 'vitest'
import { exampleRuleset } from './example-ruleset.ts'

/** Members of a ruleset or of a condition. */
export interface Shape {
  readonly [key: string]: unknown
}

/** One error: what is wrong, the members that make it so, and where, by what name and with what cure it is told. */
export type Row = readonly [what: string, more: Shape, path: string, code: string, cure: RegExp]

/** Where the condition of `when` stands. */
export const S = '$.segments.s.when'

/** A ruleset's one segment. */
export function when(condition: unknown): Shape {
  return { segments: { s: { when: condition } } }
}

/** Each row is the one error of the example ruleset with its members laid over. */
export function testRows(rows: readonly Row[]): void {
  test.each(rows)('%s is an error', (_what, more, path, code, cure) => {
    const errors = errorsOf(more)
    expect(errors.map((problem) => [problem.path, problem.code])).toEqual([[path, code]])
    const { message, value } = errors[0]!
    expect(message).toMatch(cure)
    // What was found, then the cure.
    if (code === 'no-model') return
    expect(message).toMatch(/[.:] .+[.?]$/)
    if (typeof value === 'string' || typeof value === 'number') expect(message).toContain(String(value))
  })
}

function errorsOf(more: Shape) {
  // Other events than the example's have none of the properties that its tables name.
  const tables = more.events === undefined ? {} : { interests: {}, scores: {}, funnels: {} }
  const ruleset = { ...exampleRuleset, segments: {}, experiences: [], ...tables, ...more }
  return checkRuleset(ruleset).filter(({ severity }) => severity === 'error')
}
