import { publishRuleset } from '@attune/core/publish'
import { createPersonalizer } from '@attune/edge'
import { describe, expect, test } from 'vitest'
import { createBehaviour } from '../src/quality.ts'
import {
  COMPILED,
  cookieValue,
  makeBatch,
  makeCollector,
  makeEvent,
  makeRequest,
  makeStore,
  NOW,
  RULESET,
  readAnswer,
  SECRET,
  setCookies,
  VISITOR,
  visitorCookie,
} from './builders.ts'
import { createRandomBytes } from './random.ts'

const makeBehaviour = () => createBehaviour({ randomBytes: createRandomBytes(1) })

// Ruleset events that people make with one press: here the pages of a shop, turned every 20 ms.
function makeBurst(from = 0, count = 50): readonly object[] {
  return Array.from({ length: count }, (_, at) =>
    makeEvent(`burst ${from + at}`, {
      name: 'page_view',
      time: NOW - 5_000 + (from + at) * 20,
      properties: {},
    }),
  )
}

async function sendBurst(behaviour = makeBehaviour()) {
  const store = makeStore()
  const collector = makeCollector({ store, behaviour })
  const response = await collector.handle(makeRequest({ body: makeBatch(makeBurst()) }))
  return { store, collector, response, answer: await readAnswer(response) }
}

describe('a visitor who behaves like a program', () => {
  test('has the batch refused, with the reason and what gave it away, and nothing folded', async () => {
    const { store, answer, response } = await sendBurst()
    expect(response.status).toBe(200)
    expect(answer).toMatchObject({ accepted: 0, duplicates: 0 })
    expect(new Set(answer.rejected.map(({ reason, detail }) => `${reason} ${detail}`))).toEqual(
      new Set(['bot timing']),
    )
    expect(await store.rejectedCounts()).toEqual({ 'bot/timing': 50 })
    expect(await store.load(VISITOR, COMPILED.plan)).toBeNull()
  })

  test('loses the cookies that pages are chosen by, and is marked for a day', async () => {
    const { response } = await sendBurst()
    expect(setCookies(response)).toEqual({
      attune_visitor: expect.stringContaining('Max-Age=0'),
      attune_program: expect.stringMatching(/HttpOnly.*Max-Age=86400/),
    })
  })

  test('stays one while marked, in whatever process, however it behaves then', async () => {
    const { response } = await sendBurst()
    const store = makeStore()
    const other = makeCollector({ store, behaviour: makeBehaviour() })
    const cookies = { attune_visitor: '', '__Host-attune_program': cookieValue(response, 'attune_program') }
    const again = await other.handle(makeRequest({ cookies, body: makeBatch([makeEvent('calm')]) }))
    expect((await readAnswer(again)).rejected).toMatchObject([{ reason: 'bot', detail: 'earlier' }])
    // The mark ends a day after it was written: nothing writes it anew.
    expect(setCookies(again)).toEqual({})
    expect(await store.rejectedCounts()).toEqual({ 'bot/earlier': 1 })
  })

  test('loses what pages are chosen by also where it comes with the mark', async () => {
    const { response, collector } = await sendBurst()
    const cookies = { '__Host-attune_program': cookieValue(response, 'attune_program') }
    const again = await collector.handle(makeRequest({ cookies }))
    expect(setCookies(again)).toEqual({ attune_visitor: expect.stringContaining('Max-Age=0') })
  })

  test('is nobody to the edge: what needs a visitor shows its baseline', async () => {
    const edge = createPersonalizer({
      ruleset: publishRuleset({
        ...RULESET,
        experiences: [{ key: 'all', placement: 'offer', allocation: [{ variant: 'ten', share: 0.9999 }] }],
      }),
      secret: SECRET,
      clock: () => NOW,
    })
    const { response } = await sendBurst()
    const shownTo = async (cookie: string): Promise<string | undefined> => {
      const headers = { cookie: `attune_consent=preferences; ${cookie}` }
      const page = await edge.personalize(new Request('https://shop.example/', { headers }), {
        document: true,
      })
      return page?.decisions.find(({ placement }) => placement === 'offer')?.variant
    }
    expect(await shownTo(`__Host-attune_visitor=${visitorCookie()}`)).toBe('ten')
    expect(await shownTo(`__Host-attune_program=${cookieValue(response, 'attune_program')}`)).toBe('none')
  })

  test('who makes up the mark harms nobody else', async () => {
    const collector = makeCollector({ behaviour: makeBehaviour() })
    const request = makeRequest({ cookies: { '__Host-attune_program': 'made.up' } })
    expect(await readAnswer(await collector.handle(request))).toMatchObject({ accepted: 1 })
  })

  test('takes the mark along when consent goes', async () => {
    const { response, collector } = await sendBurst()
    const cookies = {
      attune_consent: 'statistics-anonymous',
      attune_visitor: '',
      '__Host-attune_program': cookieValue(response, 'attune_program'),
    }
    const body = makeBatch([makeEvent('a', { name: 'visit', properties: {} })])
    const after = await collector.handle(makeRequest({ cookies, body }))
    expect(await readAnswer(after)).toMatchObject({ accepted: 1 })
    expect(setCookies(after)).toEqual({ attune_program: expect.stringContaining('Max-Age=0') })
  })
})

test('events before the verdict stay, those after it are kept apart', async () => {
  const store = makeStore()
  const collector = makeCollector({ store, behaviour: makeBehaviour() })
  for (let from = 0; from < 60; from += 10) {
    await collector.handle(makeRequest({ body: makeBatch(makeBurst(from, 10)) }))
  }
  const { 'bot/timing': refused = 0 } = await store.rejectedCounts()
  expect(refused).toBe(20)
})

test('a person is not touched by it', async () => {
  const collector = makeCollector({ behaviour: makeBehaviour() })
  const events = Array.from({ length: 10 }, (_, at) =>
    makeEvent(`e${at}`, { time: NOW - 60_000 + at * at * 400 }),
  )
  const response = await collector.handle(makeRequest({ body: makeBatch(events) }))
  expect(await readAnswer(response)).toMatchObject({ accepted: 10, rejected: [] })
  expect(Object.keys(setCookies(response)).sort()).toEqual(['attune_token', 'attune_visitor'])
})

test('without the option only the user agent counts', async () => {
  const response = await makeCollector().handle(makeRequest({ body: makeBatch(makeBurst()) }))
  expect(await readAnswer(response)).toMatchObject({ accepted: 50 })
})
