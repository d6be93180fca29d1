import { describe, expect, test } from 'vitest'
import type { CollectorOptions } from '../../src/index.ts'
import { createOnlookers, type FeedEvent, type FeedFilter, type Onlookers } from '../../src/watching.ts'
import {
  BROWSER,
  makeBatch,
  makeCollector,
  makeEvent,
  makeRequest,
  makeStore,
  NOW,
  VISITOR,
} from '../builders.ts'

const ERASED = Object.assign(new Error('erased'), { name: 'VisitorErasedError' })

interface Stage {
  readonly onlookers: Onlookers
  readonly heard: FeedEvent[]
  send(events: readonly unknown[], parts?: { readonly [header: string]: string }): Promise<void>
}

/** A collector that somebody looks at. */
function makeStage(filter?: FeedFilter, changes: Partial<CollectorOptions> = {}): Stage {
  const onlookers = createOnlookers({
    clock: () => NOW,
    randomBytes: (count) => new Uint8Array(count).fill(7),
  })
  const heard: FeedEvent[] = []
  onlookers.follow((event) => heard.push(event), filter)
  const collector = makeCollector({ onlookers, ...changes })
  return {
    onlookers,
    heard,
    send: async (events, { cookie = '', ...headers } = {}) => {
      const consent = cookie === '' ? {} : { attune_consent: cookie }
      const body = makeBatch(events)
      await collector.handle(makeRequest({ body, headers, cookies: consent }))
    },
  }
}

describe('the feed', () => {
  test('tells what came, whether it was taken, and why not, in words that name nobody', async () => {
    const { heard, send } = makeStage()
    const event = makeEvent('a', { properties: { item_id: 'boots for jane@example.com' } })
    await send([event, makeEvent('b', { name: 'explode' })])
    await send([event, makeEvent('b2', { properties: { price: 'twelve' } })])
    const alias = heard[0]?.alias
    expect(alias).toMatch(/^[\w-]{6}$/)
    expect(heard.map(({ message, ...rest }) => [rest, message === undefined])).toEqual([
      [
        {
          time: NOW,
          alias,
          outcome: 'accepted',
          name: 'view_item',
          properties: { item_id: 'boots for [email]' },
        },
        true,
      ],
      [
        {
          time: NOW,
          alias,
          outcome: 'rejected',
          name: 'explode',
          properties: { item_id: 'boots', item_category: 'hiking' },
          reason: 'unknown-event',
        },
        false,
      ],
      [
        {
          time: NOW,
          alias,
          outcome: 'duplicate',
          name: 'view_item',
          properties: { item_id: 'boots for [email]' },
        },
        true,
      ],
      [
        {
          time: NOW,
          alias,
          outcome: 'rejected',
          name: 'view_item',
          properties: { price: 'twelve' },
          reason: 'wrong-type',
        },
        false,
      ],
    ])
    expect(JSON.stringify(heard)).not.toContain(VISITOR)
  })

  test('tells of an event without consent its declared name and nothing else, and no alias', async () => {
    const { heard, send } = makeStage()
    const hidden = [
      makeEvent('a'),
      makeEvent('b', { name: 'my_secret' }),
      makeEvent('c', { name: 'heartbeat' }),
    ]
    await send(hidden, { cookie: 'none' })
    expect(heard.map(({ name, reason, properties, alias }) => [name, reason, properties, alias])).toEqual([
      ['heartbeat', undefined, {}, undefined],
      ['view_item', 'consent', undefined, undefined],
      [null, 'consent', undefined, undefined],
    ])
  })

  test('tells a conflict of an id, and a program by what gave it away', async () => {
    const { heard, send } = makeStage()
    await send([makeEvent('a')])
    await send([makeEvent('a', { properties: { item_id: 'tent' } })])
    await send([makeEvent('b')], { 'user-agent': 'curl/8.5.0' })
    expect(heard.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['accepted', undefined],
      ['rejected', 'conflict'],
      ['rejected', 'bot/user-agent'],
    ])
  })

  test.each<[string, FeedFilter, readonly (string | undefined)[]]>([
    ['a name', { names: ['page_view'] }, [undefined]],
    ['a reason', { reasons: ['unknown-event'] }, ['unknown-event']],
    ['a kind of reasons', { reasons: ['bot'] }, ['bot/user-agent']],
    ['both', { names: ['page_view'], reasons: ['bot'] }, []],
  ])('can be asked for %s alone', async (_, filter, reasons) => {
    const { heard, send } = makeStage(filter)
    await send([makeEvent('a'), makeEvent('b', { name: 'page_view', properties: {} })])
    await send([makeEvent('c', { name: 'explode' })])
    await send([makeEvent('d')], { 'user-agent': 'curl/8.5.0' })
    expect(heard.map(({ reason }) => reason)).toEqual(reasons)
  })

  test('tells nothing of an erased visitor but that something was refused', async () => {
    const append = () => Promise.reject(ERASED)
    const { heard, send, onlookers } = makeStage(undefined, { store: makeStore({ append }) })
    await send([makeEvent('a')])
    expect(heard.map(({ message: _, ...rest }) => rest)).toEqual([
      { time: NOW, outcome: 'rejected', name: null, reason: 'erased' },
    ])
    expect(onlookers.pulse().reasons).toEqual([['erased', 1]])
  })

  test('ends when whoever looked has seen enough', async () => {
    const onlookers = createOnlookers({ clock: () => NOW })
    const heard: FeedEvent[] = []
    const stop = onlookers.follow((event) => heard.push(event))
    stop()
    await makeCollector({ onlookers }).handle(makeRequest())
    expect(heard).toEqual([])
  })
})

describe('the pulse', () => {
  test('counts the last five minutes while nobody looks', async () => {
    let now = NOW
    const onlookers = createOnlookers({ clock: () => now })
    const collector = makeCollector({ onlookers, clock: () => now })
    const send = (events: readonly unknown[], headers = {}) =>
      collector.handle(makeRequest({ body: makeBatch(events), headers }))
    await send([makeEvent('a'), makeEvent('b', { name: 'explode' })])
    await send([makeEvent('a'), makeEvent('c', { name: 'page_view', properties: {} }), makeEvent('d')])
    await send([makeEvent('e')], { 'user-agent': 'curl/8.5.0' })
    await send([], { 'content-type': 'text/html' })
    now += 2_000
    const { seconds, ...pulse } = onlookers.pulse()
    expect(pulse).toEqual({
      now,
      began: NOW,
      accepted: 3,
      duplicates: 1,
      rejected: 2,
      reasons: [
        ['bot/user-agent', 1],
        ['unknown-event', 1],
      ],
      refusedBatches: [['content-type', 1]],
      events: [
        ['view_item', 2],
        ['page_view', 1],
      ],
      consent: {
        all: 2,
        nothing: 0,
        granted: { preferences: 2, 'statistics-anonymous': 0, statistics: 0, marketing: 0 },
      },
      answers: {
        all: 0,
        nothing: 0,
        granted: { preferences: 0, 'statistics-anonymous': 0, statistics: 0, marketing: 0 },
      },
      sessions: 1,
    })
    expect([seconds.accepted.length, seconds.accepted.at(-2), seconds.accepted.at(-1)]).toEqual([300, 3, 0])
    expect(seconds.rejected.at(-2)).toBe(2)
    now += 6 * 60_000
    const later = onlookers.pulse()
    expect([later.accepted, later.rejected, later.events, later.sessions]).toEqual([0, 0, [], 1])
    expect(later.seconds.accepted.some((count) => count > 0)).toBe(false)
    now += 30 * 60_000
    expect(onlookers.pulse().sessions).toBe(0)
  })

  test('counts a batch that could not be kept as refused, and none of its events', async () => {
    const onlookers = createOnlookers({ clock: () => NOW })
    const store = makeStore({ append: () => Promise.reject(new Error('away')) })
    await makeCollector({ onlookers, store, onError: () => {} }).handle(makeRequest())
    const { accepted, rejected, refusedBatches, sessions } = onlookers.pulse()
    expect([accepted, rejected, refusedBatches, sessions]).toEqual([0, 0, [['store', 1]], 0])
  })

  test('counts what visitors granted, and what they answered within the hour', async () => {
    let now = NOW
    const onlookers = createOnlookers({ clock: () => now })
    const collector = makeCollector({ onlookers })
    const sent = ['preferences.statistics', 'statistics', 'none']
    for (const attune_consent of sent) {
      await collector.handle(makeRequest({ cookies: { attune_consent }, headers: { 'user-agent': BROWSER } }))
    }
    onlookers.answer(['preferences', 'statistics'])
    onlookers.answer([])
    const { consent, answers } = onlookers.pulse()
    expect([consent.all, consent.nothing, consent.granted.preferences, consent.granted.statistics]).toEqual([
      3, 1, 1, 2,
    ])
    expect([answers.all, answers.nothing, answers.granted.marketing]).toEqual([2, 1, 0])
    now += 62 * 60_000
    expect(onlookers.pulse().answers.all).toBe(0)
  })
})
