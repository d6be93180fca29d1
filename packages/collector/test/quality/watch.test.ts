import { beforeAll, describe, expect, test } from 'vitest'
import { createWatch, type SavedWatch, UNDECLARED, type Watch } from '../../src/quality/create-watch.ts'
import { OTHER } from '../../src/quality/tally.ts'
import { runSite } from './run-site.ts'
import { DAY, EVENTS, type Fault, HOUR, START } from './simulated-site.ts'

const DAYS = 15
// 10:00 of a Tuesday.
const TEN = DAYS * 24 + 10
const SEED = 8

// What two weeks teach, once for all tests.
let learnt: SavedWatch
beforeAll(() => {
  const watch = createWatch({ events: EVENTS })
  runSite(watch, [0, TEN], SEED)
  learnt = watch.save()
})

function makeWatch(): Watch {
  return createWatch({ events: EVENTS, saved: learnt })
}

function newsOf(watch: Watch, hours: number, faults: readonly Fault[] = []): readonly string[] {
  return runSite(watch, [TEN, TEN + hours], SEED, faults).map(
    ({ state, time, alarm }) => `${(time - START) / HOUR - TEN} ${state} ${alarm.kind} ${alarm.event}`,
  )
}

const drop = (to: number): Fault => ({ kind: 'volume', event: 'page_view', from: TEN, to: TEN + to, by: 0.3 })

describe('an alarm', () => {
  test('is raised once, and cleared when two windows were as usual', () => {
    expect(newsOf(makeWatch(), 8, [drop(4)])).toEqual([
      '1 raised volume-drop page_view',
      '6 cleared volume-drop page_view',
    ])
  })

  test('is open in between', () => {
    const watch = makeWatch()
    newsOf(watch, 3, [drop(4)])
    expect(watch.open()).toEqual([
      expect.objectContaining({ kind: 'volume-drop', event: 'page_view', since: START + TEN * HOUR }),
    ])
  })

  test('is raised when nothing comes any more, by looking alone', () => {
    const news = makeWatch().look(START + (TEN + 2) * HOUR)
    expect(news.map(({ alarm }) => `${alarm.kind} ${alarm.event} ${alarm.seen}`).sort()).toEqual([
      'volume-drop add_to_cart 0',
      'volume-drop page_view 0',
      'volume-drop search 0',
      'volume-drop view_item 0',
    ])
  })

  test('does not teach that what was wrong is usual: a week later the same hour is judged by the others', () => {
    const watch = makeWatch()
    const news = runSite(watch, [TEN, TEN + 8 * 24], SEED, [drop(4)])
    expect(news.filter(({ alarm }) => alarm.event === 'page_view')).toHaveLength(2)
  })

  test('ends by itself when things stay as they are for two days', () => {
    const watch = makeWatch()
    newsOf(watch, 50, [drop(60)])
    expect(watch.open().filter(({ kind }) => kind === 'volume-drop')).toEqual([])
  })
})

describe('what was learnt', () => {
  test('goes on in another process, as plain JSON', () => {
    const saved: SavedWatch = JSON.parse(JSON.stringify(learnt))
    const watch = createWatch({ events: EVENTS, saved })
    expect(newsOf(watch, 2, [drop(4)])).toEqual(['1 raised volume-drop page_view'])
  })

  test('with windows of another length is left aside', () => {
    const watch = createWatch({ events: EVENTS, saved: learnt, window: HOUR / 2 })
    expect(watch.look(START + (TEN + 2) * HOUR)).toEqual([])
  })

  test('fits in memory that does not grow with the weeks', () => {
    const watch = makeWatch()
    watch.look(START + TEN * HOUR + 25 * DAY)
    const [, event] = watch.save().events.find(([name]) => name === 'page_view') ?? []
    expect([event?.counts.length, event?.tallies.length]).toEqual([36 * 24, 7 * 24])
  })
})

test('events that nobody declared are counted together, whatever their names and properties', () => {
  const watch = createWatch({ events: EVENTS })
  for (let at = 0; at < 1_000; at++) {
    watch.hear({ name: `made_up_${at}`, properties: { [`p${at}`]: at }, time: START }, START)
  }
  watch.look(START + HOUR)
  expect(watch.save().events).toEqual([
    [UNDECLARED, { counts: [1_000], tallies: [{ count: 1_000, present: [], odd: [], outOfLine: 0 }] }],
  ])
})

test('a declared event with made-up properties is counted by the first 64, the others together', () => {
  const watch = createWatch({ events: EVENTS })
  for (let at = 0; at < 1_000; at++) {
    watch.hear({ name: 'search', properties: { [`p${at}`]: at, [`q${at}`]: at }, time: START }, START)
  }
  watch.hear({ name: 'search', properties: { search_term: 'boots' }, time: START }, START)
  watch.look(START + HOUR)
  const present = watch.save().events[0]?.[1].tallies[0]?.present ?? []
  expect(present).toHaveLength(66)
  expect(present).toContainEqual(['search_term', 1])
  // An event with several of them is one event.
  expect(present).toContainEqual([OTHER, 968])
})

test('a made-up name that may say whose it is is not kept, but for a declared one', () => {
  const watch = createWatch()
  watch.use({ search: { properties: { 'search.term': 'string' } } }, (name) => name !== 'jane_doe')
  const properties = {
    'search.term': 'boots',
    sort: 1,
    'jane.doe@example.com': 1,
    jane_doe: 1,
    ['k'.repeat(50_000)]: 1,
  }
  watch.hear({ name: 'search', properties, time: START }, START)
  watch.look(START + HOUR)
  expect(watch.save().events[0]?.[1].tallies[0]?.present).toEqual([
    ['search.term', 1],
    ['sort', 1],
    [OTHER, 1],
  ])
})

test('nothing is said before there is enough to compare with', () => {
  const watch = createWatch({ events: EVENTS })
  expect(runSite(watch, [0, 24], SEED)).toEqual([])
  expect(watch.look(START + 2 * DAY)).toEqual([])
})

test('windows that do not divide a day are refused', () => {
  expect(() => createWatch({ events: EVENTS, window: 7 * HOUR })).toThrow('divide a day')
})
