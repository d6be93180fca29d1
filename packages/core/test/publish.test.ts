import {
  compileRuleset,
  decide,
  emptyProfile,
  evaluateSegments,
  type PublishedRuleset,
  type Ruleset,
} from '@attune/core'
import { compileDocument, publishRuleset } from '@attune/core/publish'
import { expect, test } from 'vitest'

const NOW = Date.UTC(2026, 10, 22, 12)
const GB = { attr: 'geo.country', is: 'GB' }
const VIEWED = { count: 'view_item', within: '7d', atLeast: 3 }

function makeDocument(over: Partial<Ruleset> = {}): Ruleset {
  return { version: 1, revision: 'r', events: { view_item: {}, purchase: {} }, ...over }
}

function ask(published: PublishedRuleset, context: object, keys?: readonly string[]) {
  const compiled = compileRuleset(published)
  const question = { profile: emptyProfile(compiled.plan), context, consent: { preferences: true }, now: NOW }
  return evaluateSegments(compiled, question, keys)
}

/** A context that counts how often the country is looked at. */
function makeCountingContext() {
  let reads = 0
  const geo = Object.defineProperty({}, 'country', {
    enumerable: true,
    get: () => {
      reads++
      return 'GB'
    },
  })
  return { context: { geo }, reads: () => reads }
}

test('a condition that stands in several segments is one node', () => {
  const { nodes, segments } = publishRuleset(
    makeDocument({
      segments: {
        a: { when: { all: [VIEWED, GB] } },
        b: { when: { any: [GB, { not: VIEWED }] } },
        c: { when: { all: [GB, VIEWED] } },
      },
    }),
  )
  expect(nodes.filter(({ op }) => op === 'attr')).toHaveLength(1)
  expect(nodes.filter(({ op }) => op === 'count')).toHaveLength(1)
  // The two trees differ only in the order of their children.
  expect(nodes.filter(({ op }) => op === 'all')).toHaveLength(1)
  expect(Object.keys(segments)).toEqual(['a', 'b', 'c'])
})

test('a shared condition is looked at once a request', () => {
  const segments = Object.fromEntries(
    ['a', 'b', 'c'].map((key, at) => [
      key,
      { when: { atLeast: 1, of: [GB, { attr: 'language', is: `x${at}` }] } },
    ]),
  )
  const { context, reads } = makeCountingContext()
  ask(publishRuleset(makeDocument({ segments })), context)
  expect(reads()).toBe(1)
})

test('a segment that refers to another asks it once, however many do', () => {
  const refers = (key: string) => ({ when: { segment: key } })
  const segments = { home: { when: GB }, a: refers('home'), b: refers('home'), c: refers('a') }
  const { context, reads } = makeCountingContext()
  expect(ask(publishRuleset(makeDocument({ segments })), context).c).toEqual({ match: true, until: null })
  expect(reads()).toBe(1)
})

test('what no placement of the route needs is not evaluated', () => {
  const document = makeDocument({
    segments: { home: { when: GB }, tall: { when: { attr: 'language', is: 'en' } } },
    placements: {
      hero: { baseline: 'a', variants: ['a', 'b'] },
      rail: { baseline: 'a', variants: ['a', 'b'] },
    },
    experiences: ['hero', 'rail'].map((placement, at) => ({
      key: placement,
      placement,
      audience: { segment: ['home', 'tall'][at]! },
      allocation: [{ variant: 'b', share: 1 }],
    })),
  })
  const compiled = compileDocument(document)
  const { context, reads } = makeCountingContext()
  const question = { profile: emptyProfile(compiled.plan), context, consent: { preferences: true }, now: NOW }
  expect(decide(compiled, question, ['rail'])[0]?.variant).toBe('a')
  expect(reads()).toBe(0)
  expect(decide(compiled, question, ['hero'])[0]?.variant).toBe('b')
  expect(reads()).toBe(1)
})

test('one question leaves nothing to the next', () => {
  const compiled = compileDocument(makeDocument({ segments: { home: { when: GB }, keen: { when: VIEWED } } }))
  const profile = emptyProfile(compiled.plan)
  const asked = { profile, context: { geo: { country: 'GB' } }, consent: { preferences: true }, now: NOW }
  const matches = (question: typeof asked & { assume?: { [key: string]: boolean } }) =>
    Object.values(evaluateSegments(compiled, question)).map(({ match }) => match)
  expect(matches(asked)).toEqual([true, false])
  expect(matches({ ...asked, assume: { keen: true, home: false } })).toEqual([false, true])
  expect(matches({ ...asked, context: { geo: { country: 'FR' } }, consent: {} as never })).toEqual([
    false,
    null,
  ])
  expect(matches(asked)).toEqual([true, false])
})

test.each([
  [{ atLeast: 3 }, [3, null]],
  [{ atMost: 3 }, [null, 3]],
  [{ moreThan: 3 }, [4, null]],
  [{ lessThan: 3 }, [null, 2]],
  [{ exactly: 3 }, [3, 3]],
  [{ between: [3, 5] }, [3, 5]],
])('a count that is %j is the range %j', (comparison, range) => {
  const when = { count: 'view_item', ...comparison } as never
  expect(publishRuleset(makeDocument({ segments: { s: { when } } })).nodes[0]).toMatchObject({ range })
})

test.each([
  [{ moreThan: 2.5 }, 2.5, 2.5000000000000004],
  [{ lessThan: 2.5 }, 2.5, 2.4999999999999996],
  [{ moreThan: 0 }, 0, Number.MIN_VALUE],
  [{ lessThan: 0 }, 0, -Number.MIN_VALUE],
  [{ moreThan: -2.5 }, -2.5, -2.4999999999999996],
])('a number that is %j leaves out the bound and nothing else', (comparison, bound, next) => {
  const when = { attr: 'custom.price', ...comparison } as never
  const published = publishRuleset(makeDocument({ segments: { s: { when } } }))
  const matches = [bound, next].map((price) => ask(published, { custom: { price } }).s?.match)
  expect(matches).toEqual([false, true])
  expect(JSON.parse(JSON.stringify(published))).toEqual(published)
})

test('the document is kept for explanations unless it is left out', () => {
  const document = makeDocument({ segments: { home: { when: GB } } })
  expect(publishRuleset(document).document).toEqual(document)
  expect('document' in publishRuleset(document, { document: false })).toBe(false)
})

test('what was not published is refused with the cure', () => {
  const document = makeDocument() as unknown as PublishedRuleset
  expect(() => compileRuleset(document)).toThrow(/attune publish/)
})

test('an unknown segment is refused by its name', () => {
  expect(() => ask(publishRuleset(makeDocument()), {}, ['nobody'])).toThrow(/no segment nobody/)
})

test('a published ruleset of a later version, with an operation nobody here knows, says so', () => {
  const published = publishRuleset(makeDocument({ segments: { home: { when: GB } } }))
  const later = JSON.parse(JSON.stringify(published).replace('"op":"attr"', '"op":"smell"'))
  expect(() => ask(later, {})).toThrow(/condition smell is damaged\. Publish anew/)
})
