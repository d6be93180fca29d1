import { expect } from 'vitest'
import type { Answer, Visit } from './asked.ts'
import { layOthers, layRuleset, layVisit, readInstant, VISITOR_FIELDS } from './lay-visit.ts'
import { type Fields, onlyKnown } from './read-vectors.ts'
import type { Section } from './sections.ts'

/** One condition, asked as a segment of its own. */
export const condition: Section = {
  fields: [...VISITOR_FIELDS, 'condition'],
  expects: ['match', 'until', 'untilNotAfter'],
  lay: (fields) => {
    const segments = {
      ...((fields.ruleset as Fields | undefined)?.segments as Fields),
      asked: { when: fields.condition },
    }
    return { ask: 'segment', visit: layVisit(fields, layRuleset(fields, { segments })) }
  },
  judge: (answer, expected, { now }) => expectHorizon(answer, expected, now, ['match']),
}

/** What a profile keeps, by signal; the signals are those of one condition. */
export const fold: Section = {
  fields: [...VISITOR_FIELDS, 'condition'],
  expects: ['match', 'until', 'untilNotAfter', 'firstSeen', 'signals'],
  lay: (fields) => ({ ask: 'kept', visit: layAsked(fields) }),
  judge: (answer, expected, { now }) => expectKept(answer, expected, now),
}

/** The same of a profile that was kept for the condition `before`, until a new ruleset asked another. */
export const adopt: Section = {
  fields: [...fold.fields, 'before', 'after'],
  expects: fold.expects,
  lay: (fields) => ({ ask: 'kept', visit: layAsked(fields, layCondition(fields, fields.before)) }),
  judge: fold.judge,
}

/** The same of a profile merged with that of `others`, in either order. */
export const merge: Section = {
  fields: [...fold.fields, 'others'],
  expects: fold.expects,
  lay: (fields) => ({ ask: 'merged', visit: layAsked(fields), others: layOthers(fields) }),
  judge: ({ either }, expected, { now }) => {
    const answers = either as readonly Answer[]
    expect(answers).toHaveLength(2)
    for (const answer of answers) expectKept(answer, expected, now)
  },
}

/** What placements show. */
export const decision: Section = {
  fields: [...VISITOR_FIELDS, 'visitor'],
  expects: ['placements'],
  lay: (fields, { placements }) => ({
    ask: 'decide',
    visit: layVisit(fields, layRuleset(fields)),
    visitor: (fields.visitor as string | undefined) ?? null,
    placements: Object.keys(placements as Fields),
  }),
  judge: ({ placements }, expected, { now }) => {
    const given = placements as { readonly [placement: string]: Answer }
    const wanted = expected.placements as { readonly [placement: string]: Fields }
    expect(Object.keys(given)).toEqual(Object.keys(wanted))
    for (const [placement, expectation] of Object.entries(wanted)) {
      onlyKnown(expectation, ['variant', 'experience', 'reason', 'until', 'untilNotAfter'], 'A decision')
      expectHorizon(given[placement]!, { experience: null, ...expectation }, now, [
        'variant',
        'experience',
        'reason',
      ])
    }
  },
}

function layAsked(fields: Fields, before?: string): Visit {
  return layVisit(fields, layCondition(fields, fields.condition), before)
}

function layCondition(fields: Fields, when: unknown): string {
  return layRuleset(fields, { segments: { asked: { when } } })
}

function expectKept(answer: Answer, { firstSeen, signals, ...wanted }: Fields, now: unknown): void {
  expectHorizon(answer, wanted, now, Object.hasOwn(wanted, 'match') ? ['match'] : [])
  if (signals !== undefined) expect(answer.signals).toEqual(signals)
  if (firstSeen !== undefined)
    expect(answer.firstSeen).toBe(firstSeen === null ? null : readInstant(firstSeen) / 1000)
}

function expectHorizon(answer: Answer, expected: Fields, now: unknown, members: readonly string[]): void {
  const pick = (from: Fields) => Object.fromEntries(members.map((name) => [name, from[name]]))
  expect(pick(answer)).toEqual(pick(expected))
  const until = answer.until as number | null
  if (expected.until !== undefined) {
    expect(until === null ? null : new Date(until).toISOString().replace('.000Z', 'Z')).toBe(expected.until)
  }
  if (expected.untilNotAfter !== undefined) {
    expect(until).toBeGreaterThan(readInstant(now))
    expect(until).toBeLessThanOrEqual(readInstant(expected.untilNotAfter))
  }
}
