import { type AttuneEvent, applyEvents, emptyProfile, evaluateSegments, type Segments } from '@attune/core'
import { compileDocument } from '@attune/core/publish'
import type { LocalVisitor } from '@attune/tracker/local'
import { expect, test } from 'vitest'
import { workOutKey } from '../../src/front/key-cookie.ts'
import { workOutKnown } from '../../src/front/known.ts'
import { visitorAt } from '../../src/front/visitor-at.ts'

const NOW = Date.UTC(2026, 10, 22, 12)
const seconds = NOW / 1000
const END = seconds + 30 * 86_400
const IDLE = 1_800
// The second session: three page views, begun 100 s ago, alive now.
const SESSION = `2.3.${seconds - 100}.${seconds}`

function make(segments: Segments, session = SESSION, firstSeenAgo = 100) {
  const compiled = compileDocument({ version: 1, revision: 'r', events: { page_view: {} }, segments })
  const seen: AttuneEvent = { id: 'e', name: 'page_view', time: NOW - firstSeenAgo * 1000, properties: {} }
  const visitor: LocalVisitor = {
    profile: applyEvents(emptyProfile(compiled.plan), [seen], compiled.plan),
    context: {
      visitor: { known: true, returning: firstSeenAgo > IDLE },
      ...(session && { session: { number: 2, pageViews: 3, seconds: 100 } }),
    },
    consent: { preferences: true },
    now: NOW,
    visitor: 'me',
  }
  return {
    compiled,
    visitor,
    known: workOutKnown(compiled, '3fa1c2', Object.keys(segments), visitor, session),
  }
}

test('a session ends after half an hour of silence, and is the next one from then on', () => {
  const { known } = make({ second: { when: { attr: 'session.number', atMost: 2 } } })
  expect(known.s).toEqual([[true, seconds + IDLE + 1, false, END]])
})

test('page views begin anew with it', () => {
  const { known } = make({ deep: { when: { attr: 'session.pageViews', atLeast: 3 } } })
  expect(known.s).toEqual([[true, seconds + IDLE + 1, false, END]])
})

test('its seconds pass, to the second', () => {
  const { known } = make({ long: { when: { attr: 'session.seconds', between: [160, 220] } } })
  expect(known.s).toEqual([[false, seconds + 60, true, seconds + 121, false, END]])
})

test('whoever is new returns half an hour later', () => {
  const { known } = make({ back: { when: { attr: 'visitor.returning', is: true } } })
  expect(known.s).toEqual([[false, seconds - 100 + IDLE + 1, true, END]])
})

test('the key ends when the session may answer otherwise', () => {
  const { known } = make({ second: { when: { attr: 'session.number', is: 2 } } })
  expect(workOutKey(known, NOW)).toEqual(['v1.3fa1c2.AQAAAAAAAAA', IDLE + 1])
  const { known: ever } = make({ seen: { when: { count: 'page_view', atLeast: 1 } } })
  expect(workOutKey(ever, NOW)[1]).toBe(86_400)
})

test('at every second of the hours to come a schedule says what would be answered then', () => {
  const segments: Segments = {
    second: { when: { attr: 'session.number', is: 2 } },
    long: { when: { attr: 'session.seconds', in: [130, 400] } },
    mixed: {
      when: {
        any: [
          { attr: 'session.seconds', moreThan: 1_500 },
          {
            all: [
              { attr: 'visitor.returning', is: true },
              { attr: 'session.pageViews', lessThan: 1 },
            ],
          },
        ],
      },
    },
  }
  const { compiled, visitor, known } = make(segments)
  for (let second = seconds; second < seconds + 7_200; second++) {
    const asked = visitorAt(visitor, SESSION, second * 1000)
    const answers = evaluateSegments(compiled, asked, Object.keys(segments))
    const planned = known.s.map((schedule) => schedule.find((_, at) => second < Number(schedule[at + 1])))
    const said = Object.values(answers).map(({ match }) => match)
    // Of `long` more changes are to come than are worked out.
    expect([second, planned.map((truth, at) => truth ?? (at === 1 ? said[1] : truth))]).toEqual([
      second,
      said,
    ])
  }
})
