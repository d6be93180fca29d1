import { type CompiledRuleset, decide, evaluateSegments } from '@attune/core'
import { expect } from 'vitest'
import { type Fields, onlyKnown } from './read-vectors.ts'
import {
  readCompiled,
  readInstant,
  readMerged,
  readQuestion,
  VISITOR_FIELDS,
  type VisitorQuestion,
} from './visitor-fields.ts'

/** How the cases of a section are asked. */
export interface Section {
  readonly fields: readonly string[]
  readonly expects: readonly string[]
  readonly run: (fields: Fields, expected: Fields) => void
}

/** One condition, asked as a segment of its own. */
export const condition: Section = {
  fields: [...VISITOR_FIELDS, 'condition'],
  expects: ['match', 'until', 'untilNotAfter'],
  run: (fields, expected) => {
    const segments = {
      ...((fields.ruleset as Fields | undefined)?.segments as Fields),
      asked: { when: fields.condition },
    }
    const compiled = readCompiled(fields, { segments })
    const question = readQuestion(fields, compiled)
    const answer = evaluateSegments(compiled, question, ['asked']).asked!
    expectHorizon(answer, expected, question.now, ['match'])
  },
}

/** What a profile keeps, by signal; the signals are those of one condition. */
export const fold: Section = {
  fields: [...VISITOR_FIELDS, 'condition'],
  expects: ['match', 'until', 'untilNotAfter', 'firstSeen', 'signals'],
  run: (fields, expected) => {
    const compiled = compileAsked(fields, fields.condition)
    expectKept(compiled, readQuestion(fields, compiled), expected)
  },
}

/** The same of a profile that was kept for the condition `before`, until a new ruleset asked another. */
export const adopt: Section = {
  fields: [...fold.fields, 'before', 'after'],
  expects: fold.expects,
  run: (fields, expected) => {
    const compiled = compileAsked(fields, fields.condition)
    const before = compileAsked(fields, fields.before)
    expectKept(compiled, readQuestion(fields, compiled, before), expected)
  },
}

/** The same of a profile merged with that of `others`, in either order. */
export const merge: Section = {
  fields: [...fold.fields, 'others'],
  expects: fold.expects,
  run: (fields, expected) => {
    const compiled = compileAsked(fields, fields.condition)
    for (const question of readMerged(fields, compiled)) expectKept(compiled, question, expected)
  },
}

function compileAsked(fields: Fields, condition: unknown): CompiledRuleset {
  return readCompiled(fields, { segments: { asked: { when: condition } } })
}

function expectKept(
  compiled: CompiledRuleset,
  question: VisitorQuestion,
  { firstSeen, signals, ...wanted }: Fields,
): void {
  const answer = evaluateSegments(compiled, question, ['asked']).asked!
  expectHorizon(answer, wanted, question.now, Object.hasOwn(wanted, 'match') ? ['match'] : [])
  if (signals !== undefined) expect(question.profile.signals).toEqual(signals)
  if (firstSeen !== undefined)
    expect(question.profile.firstSeen).toBe(firstSeen === null ? null : readInstant(firstSeen) / 1000)
}

/** What placements show. */
export const decision: Section = {
  fields: [...VISITOR_FIELDS, 'visitor'],
  expects: ['placements'],
  run: (fields, expected) => {
    const compiled = readCompiled(fields)
    const question = { ...readQuestion(fields, compiled), visitor: fields.visitor as string | undefined }
    const wanted = expected.placements as { readonly [placement: string]: Fields }
    for (const given of decide(compiled, question, Object.keys(wanted))) {
      const expectation = wanted[given.placement]!
      onlyKnown(expectation, ['variant', 'experience', 'reason', 'until', 'untilNotAfter'], 'A decision')
      expectHorizon({ experience: null, ...given }, { experience: null, ...expectation }, question.now, [
        'variant',
        'experience',
        'reason',
      ])
    }
  },
}

interface Given {
  readonly until: number | null
}

function expectHorizon(given: Given, expected: Fields, now: number, members: readonly string[]): void {
  const pick = (from: object) => Object.fromEntries(members.map((name) => [name, (from as Fields)[name]]))
  expect(pick(given)).toEqual(pick(expected))
  if (expected.until !== undefined) {
    const until = given.until === null ? null : new Date(given.until).toISOString().replace('.000Z', 'Z')
    expect(until).toBe(expected.until)
  }
  if (expected.untilNotAfter !== undefined) {
    expect(given.until).toBeGreaterThan(now)
    expect(given.until).toBeLessThanOrEqual(readInstant(expected.untilNotAfter))
  }
}
