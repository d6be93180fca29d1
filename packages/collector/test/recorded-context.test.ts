import type { Ruleset, SignalState } from '@attune/core'
import { planRuleset } from '@attune/core/publish'
import { describe, expect, test } from 'vitest'
import {
  makeBatch,
  makeCollector,
  makeEvent,
  makeRequest,
  makeStore,
  type RequestParts,
  RULESET,
  VISITOR,
} from './builders.ts'

const PATHS = ['utm.source', 'utm.campaign', 'referrer.host', 'url.path']
const TOUCHING: Ruleset = {
  ...RULESET,
  segments: {
    ...RULESET.segments,
    ...Object.fromEntries(
      PATHS.map((of, at) => [`touch-${at}`, { when: { touch: 'last', of, exists: true } }]),
    ),
  },
}
const PLAN = planRuleset(TOUCHING)
const LANDING = 'https://shop.example/winter?utm_source=newsletter&utm_medium=email&utm_campaign=first'

/** Sends one event and gives the last value of each path that its visitor's profile keeps. */
async function touchesAfter(changes: object, parts: RequestParts = {}) {
  const store = makeStore()
  const body = makeBatch([makeEvent('a', changes)])
  await makeCollector({ store, ruleset: TOUCHING }).handle(makeRequest({ body, ...parts }))
  const signals: { readonly [key: string]: SignalState } = (await store.load(VISITOR, PLAN))?.signals ?? {}
  const lasts = PATHS.flatMap((path) => {
    const state = signals[`touch ${path}`]
    return state !== undefined && 'last' in state ? [[path, state.last?.value]] : []
  })
  return Object.fromEntries(lasts)
}

const withProperties = (properties: object) => touchesAfter({ properties })

describe('the context of an event', () => {
  test('that it brings itself is recorded', async () => {
    expect(await touchesAfter({ context: { utm: { source: 'search' }, url: { path: '/a' } } })).toEqual({
      'utm.source': 'search',
      'url.path': '/a',
    })
  })

  test('is read from page_location: campaign and path', async () => {
    expect(await withProperties({ page_location: LANDING })).toEqual({
      'utm.source': 'newsletter',
      'utm.campaign': 'first',
      'url.path': '/winter',
    })
  })

  test('takes a parameter that stands twice at its first value', async () => {
    expect(await withProperties({ page_location: `${LANDING}&utm_campaign=second` })).toMatchObject({
      'utm.campaign': 'first',
    })
  })

  test('is read from what our tracker sends: page_path, and the host of the page before', async () => {
    expect(await withProperties({ page_path: '/winter', page_referrer: 'news.example' })).toEqual({
      'referrer.host': 'news.example',
      'url.path': '/winter',
    })
  })

  test('is read from a referrer that is a whole address', async () => {
    expect(await withProperties({ page_referrer: 'https://news.example:8080/a?b' })).toEqual({
      'referrer.host': 'news.example:8080',
    })
  })

  test('has no referrer when the page before was of the same site', async () => {
    const page_referrer = 'https://shop.example/before'
    expect(await withProperties({ page_location: 'https://shop.example/a', page_referrer })).toEqual({
      'url.path': '/a',
    })
  })

  test('brought by the event goes before what its properties say', async () => {
    const context = { utm: { source: 'search' } }
    expect(await touchesAfter({ context, properties: { page_location: LANDING } })).toEqual({
      'utm.source': 'search',
    })
  })

  test('is empty when the properties are of no use', async () => {
    expect(await withProperties({ page_location: 'javascript:alert(1)', page_referrer: 7 })).toEqual({})
  })

  test('is read from the address of the sending page when it is the event’s page', async () => {
    const sentBy = (referer: string, path = '/winter') =>
      touchesAfter({ properties: { page_path: path } }, { headers: { referer } })
    expect(await sentBy(LANDING)).toEqual({
      'utm.source': 'newsletter',
      'utm.campaign': 'first',
      'url.path': '/winter',
    })
    // By the time the batch was sent the visitor had gone on, or the site tells no more than its host.
    expect(await sentBy(LANDING, '/summer')).toEqual({ 'url.path': '/summer' })
    expect(await sentBy('https://shop.example/')).toEqual({ 'url.path': '/winter' })
    expect(await sentBy('nonsense')).toEqual({ 'url.path': '/winter' })
  })

  test('is not recorded without preferences', async () => {
    const store = makeStore()
    const appended: unknown[] = []
    const append: typeof store.append = (batch) => {
      appended.push(...batch.events)
      return store.append(batch)
    }
    const event = makeEvent('a', { name: 'visit', context: { utm: { source: 'search' } }, properties: {} })
    await makeCollector({ store: { ...store, append }, ruleset: TOUCHING }).handle(
      makeRequest({ body: makeBatch([event]), cookies: { attune_consent: 'statistics-anonymous' } }),
    )
    expect(appended).toEqual([expect.not.objectContaining({ context: expect.anything() })])
  })

  test('is not recorded where no condition asks for it', async () => {
    const store = makeStore()
    const appended: unknown[] = []
    const append: typeof store.append = (batch) => {
      appended.push(...batch.events)
      return store.append(batch)
    }
    const event = makeEvent('a', { context: { utm: { source: 'search', medium: 'email' } } })
    const send = (ruleset: Ruleset, id: string) =>
      makeCollector({ store: { ...store, append }, ruleset }).handle(
        makeRequest({ body: makeBatch([{ ...event, id }]) }),
      )
    await send(RULESET, 'a')
    await send(TOUCHING, 'b')
    expect(appended).toEqual([
      expect.not.objectContaining({ context: expect.anything() }),
      expect.objectContaining({ context: { utm: { source: 'search' } } }),
    ])
  })

  test('that is no object makes the event malformed', async () => {
    const store = makeStore()
    const body = makeBatch([makeEvent('a', { context: 'newsletter' })])
    await makeCollector({ store, ruleset: TOUCHING }).handle(makeRequest({ body }))
    expect(await store.rejectedCounts()).toEqual({ malformed: 1 })
  })
})

test('with a touch in the plan every event may change what is decided', async () => {
  const ruleset: Ruleset = {
    ...TOUCHING,
    experiences: [
      {
        key: 'hero-newsletter',
        placement: 'hero',
        audience: { touch: 'last', of: 'utm.source', is: 'newsletter' },
        allocation: [{ variant: 'hiking', share: 1 }],
      },
    ],
  }
  const event = makeEvent('a', { name: 'heartbeat', properties: { page_location: LANDING } })
  const response = await makeCollector({ ruleset }).handle(makeRequest({ body: makeBatch([event]) }))
  expect(await response.json()).toMatchObject({ changed: ['hero'] })
})
