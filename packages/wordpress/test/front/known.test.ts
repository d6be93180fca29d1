import { type AttuneEvent, applyEvents, emptyProfile } from '@attune/core'
import { parseRuleset } from '@attune/core/check'
import { compileDocument } from '@attune/core/publish'
import type { LocalVisitor } from '@attune/tracker/local'
import { expect, test } from 'vitest'
import { workOutKnown } from '../../src/front/known.ts'

const NOW = Date.UTC(2026, 10, 22, 12)
const seconds = NOW / 1000
const HOUR = 3_600
const DAY = 86_400
const END = seconds + 30 * DAY

function compile(segments: object) {
  const parsed = parseRuleset({ version: 1, revision: 'known.1', events: { view_item: {} }, segments })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return compileDocument(parsed.value)
}

function schedules(segments: object, hoursAgo: readonly number[]) {
  const compiled = compile(segments)
  const events = hoursAgo
    .map((hours): AttuneEvent => {
      return { id: `e${hours}`, name: 'view_item', time: NOW - hours * HOUR * 1000, properties: {} }
    })
    .sort((a, b) => a.time - b.time)
  const profile = applyEvents(emptyProfile(compiled.plan), events, compiled.plan)
  const visitor: LocalVisitor = {
    profile,
    context: {},
    consent: { preferences: true },
    now: NOW,
    visitor: 'me',
  }
  return workOutKnown(compiled, '3fa1c2', Object.keys(segments), visitor)
}

test('a count says when it will no longer be true, and false from then on', () => {
  const keen = { when: { count: 'view_item', within: '1d', atLeast: 1 } }
  expect(schedules({ keen }, [2])).toEqual({
    h: '3fa1c2',
    u: 'me',
    s: [[true, seconds + 22 * HOUR, false, END]],
  })
})

test('what becomes true by time alone is known beforehand', () => {
  const gone = { when: { since: 'view_item', atLeast: '2d' } }
  expect(schedules({ gone }, [12]).s).toEqual([[false, seconds + 36 * HOUR, true, END]])
})

test('what time never changes is one stretch of thirty days', () => {
  const ever = { when: { count: 'view_item', atLeast: 1 } }
  expect(schedules({ ever }, [1]).s).toEqual([[true, END]])
})

test('unknown is told from false', () => {
  const french = { when: { attr: 'language', is: 'fr' } }
  expect(schedules({ french }, []).s).toEqual([[null, END]])
})

test('of what changes often only the first changes are worked out', () => {
  const morning = { when: { when: { hours: [6, 12] as const, timezone: 'UTC' } } }
  const [schedule] = schedules({ morning }, []).s
  expect(schedule).toEqual([
    false,
    seconds + 18 * HOUR,
    true,
    seconds + 24 * HOUR,
    false,
    seconds + 42 * HOUR,
    true,
    seconds + 48 * HOUR,
  ])
})
