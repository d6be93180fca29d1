import { checkRuleset } from '@attune/core/check'
import { readJson } from '@attune/core/json'
import { describe, expect, test } from 'vitest'
import { exampleRuleset } from '../support/example-ruleset.ts'
import { leastTime, MOST_TIME } from './sizes.ts'

interface Shape {
  readonly [key: string]: unknown
}

const MOST_CHARACTERS = 512 * 1024
const GRANTED = { consent: 'marketing' }

/** As many members as a document of the largest size takes. */
function fill(make: (at: number) => readonly [string, unknown]): Shape {
  const members: (readonly [string, unknown])[] = []
  let left = MOST_CHARACTERS - 4_000
  for (let at = 0; ; at++) {
    const [name, value] = make(at)
    left -= JSON.stringify(name).length + JSON.stringify(value).length + 2
    if (left < 0) return Object.fromEntries(members)
    members.push([name, value])
  }
}

const segments = (make: (at: number) => unknown): Shape => ({
  segments: fill((at) => [`s${at}`, { when: make(at) }]),
})
const countries = (at: number) => ({ attr: 'geo.country', in: ['GB', 'FR', 'DE', `c${at}`] })

/** Documents made to take long, each of the largest size that is read. */
const COSTLY: { readonly [what: string]: () => Shape } = {
  'segments in one row': () => segments((at) => (at === 0 ? GRANTED : { segment: `s${at - 1}` })),
  'segments in one row, the last first': () => segments((at) => ({ segment: `s${at + 1}` })),
  'segments in one circle of all': () =>
    segments((at) => ({ any: [{ segment: 's0' }, { segment: `s${at + 1}` }] })),
  'references that double at each step': () => ({
    segments: Object.fromEntries(
      Array.from({ length: 60 }, (_, at) => [
        `s${at}`,
        {
          when:
            at === 0 ? countries(0) : { all: Array.from({ length: 60 }, () => ({ segment: `s${at - 1}` })) },
        },
      ]),
    ),
  }),
  'unknown segments, near to known ones': () => segments((at) => ({ segment: `s${at}x${'y'.repeat(50)}` })),
  'unknown events among thousands': () => ({
    events: Object.fromEntries(Array.from({ length: 9_000 }, (_, at) => [`${'e'.repeat(20)}${at}`, {}])),
    segments: Object.fromEntries(
      Array.from({ length: 3_000 }, (_, at) => [
        `s${at}`,
        { when: { count: `${'e'.repeat(20)}x${at}`, atLeast: 1 } },
      ]),
    ),
  }),
  'time zones that there are not': () =>
    segments((at) => ({ when: { hours: [1, 2], timezone: `Mars/B${at}` } })),
  'time zones that there are': () =>
    segments((at) => ({ when: { hours: [1, 2], timezone: ['Europe/London', 'Asia/Tokyo', 'UTC'][at % 3] } })),
  'one wide tree': () => ({
    segments: { s: { when: { any: Array.from({ length: 20_000 }, () => GRANTED) } } },
  }),
  'trees of alternatives that exclude each other': () =>
    segments((at) => ({
      all: Array.from({ length: 20 }, (_, one) => ({
        any: [countries(at + one), { not: countries(at + one + 1) }],
      })),
    })),
  'choices of many': () =>
    segments((at) => ({ atLeast: 15, of: Array.from({ length: 31 }, (_, one) => countries(at * 31 + one)) })),
  'thousands of unused segments': () => segments(() => GRANTED),
  'one long list': () => ({
    segments: { s: { when: { attr: 'geo.city', in: Array.from({ length: 60_000 }, (_, at) => `${at}`) } } },
  }),
  'two long lists that exclude each other': () => ({
    segments: {
      s: {
        when: {
          all: [0, 1].map((which) => ({
            attr: 'geo.city',
            in: Array.from({ length: 25_000 }, (_, at) => `${which}${at}`),
            ignoreCase: true,
          })),
        },
      },
    },
  }),
  'one placement over and over on a route': () => ({
    routes: { '/': Array.from({ length: 40_000 }, () => 'home-hero') },
  }),
  'placements on routes that there are not': () => ({ routes: fill((at) => [`/r${at}`, ['hero']]) }),
  'experiences that may beat each other': () => ({
    experiences: Array.from({ length: 3_000 }, (_, at) => ({
      key: `x${at}`,
      placement: 'home-hero',
      audience: countries(at),
      allocation: [{ variant: 'offer', share: 1 }],
    })),
  }),
  'experiences of one key': () => ({
    experiences: Array.from({ length: 4_000 }, () => ({ key: 'x', placement: 'home-hero', allocation: [] })),
  }),
  'members that there are not': () => fill((at) => [`m${at}`, 0]),
  'a filter of thousands of properties': () => ({
    segments: {
      s: { when: { count: 'view_item', where: fill((at) => [`p${at}`, { is: at }]), atLeast: 1 } },
    },
  }),
  'an interest in thousands of events': () => ({
    interests: { i: { of: 'item_id', halfLife: '1d', points: fill((at) => [`e${at}`, 1]) } },
  }),
  'a table of percentiles of thousands': () => ({
    scores: { s: { halfLife: '1d', points: [], percentiles: Array.from({ length: 80_000 }, (_, at) => at) } },
  }),
  'windows that all imply each other': () => ({
    segments: Object.fromEntries(
      Array.from({ length: 130 }, (_, at) => [
        `s${at}`,
        {
          when: {
            all: Array.from({ length: 60 }, (_, one) => ({
              count: 'view_item',
              within: `${one + 1}d`,
              atLeast: 1 + (one % 30),
            })),
          },
        },
      ]),
    ),
  }),
}

describe('documents made to take long are checked in time', () => {
  test.each(Object.entries(COSTLY))('%s', (_, make) => {
    const document = { ...exampleRuleset, segments: {}, experiences: [], ...make() }
    expect(JSON.stringify(document).length).toBeLessThanOrEqual(MOST_CHARACTERS)
    expect(leastTime(() => checkRuleset(document))).toBeLessThanOrEqual(MOST_TIME)
  })

  test('a circle of references within one value is no document, and no error either', () => {
    const circle: { [key: string]: unknown } = { version: 1, revision: 'r' }
    circle.segments = { s: { when: circle } }
    expect(checkRuleset(circle).map(({ code }) => code)).toContain('unknown-kind')
  })
})

test('the largest texts are read in time', () => {
  const texts = [
    `[${'0,'.repeat(MOST_CHARACTERS / 2 - 2)}0]`,
    `"${'a'.repeat(MOST_CHARACTERS - 2)}"`,
    `"${'\\u0041'.repeat(80_000)}"`,
    JSON.stringify(fill((at) => [`k${at}`, at])),
    '['.repeat(MOST_CHARACTERS),
  ]
  expect(texts.map((text) => leastTime(() => readJson(text)) <= MOST_TIME)).toEqual(texts.map(() => true))
})
