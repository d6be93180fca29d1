import { describe, expect, test } from 'vitest'
import {
  COMPILED,
  makeBatch,
  makeCollector,
  makeEvent,
  makeRequest,
  makeStore,
  NOW,
  type RequestParts,
  readAnswer,
  tokenProfile,
  VISITOR,
} from './builders.ts'

const HOUR = 3_600_000

async function send(events: readonly unknown[], parts: RequestParts = {}, batch: object = {}) {
  const store = makeStore()
  const response = await makeCollector({ store }).handle(
    makeRequest({ body: makeBatch(events, batch), ...parts }),
  )
  const answer = await readAnswer(response)
  return { response, answer, store, reasons: answer.rejected.map(({ reason }) => reason) }
}

describe('a malformed event', () => {
  test.each([
    ['null', null],
    ['a text', 'x'],
    ['a list', []],
    ['no id', { ...makeEvent(), id: undefined }],
    ['a number as id', makeEvent('x', { id: 1 })],
    ['an id of 65 characters', makeEvent('x'.repeat(65))],
    ['a name with a space', makeEvent('x', { name: 'view item' })],
    ['a time that is text', makeEvent('x', { time: 'now' })],
    ['a negative time', makeEvent('x', { time: -1 })],
    ['properties that are a list', makeEvent('x', { properties: [] })],
  ])('(%s) is refused, and the good ones beside it are kept', async (_, bad) => {
    const { response, answer, reasons, store } = await send([makeEvent('a'), bad, makeEvent('b')])
    expect(response.status).toBe(400)
    expect(answer).toMatchObject({ accepted: 2, duplicates: 0 })
    expect(reasons).toEqual(['malformed'])
    expect(answer.rejected[0]).toMatchObject({ index: 1 })
    expect(await store.rejectedCounts()).toEqual({ malformed: 1 })
    const event = JSON.stringify(bad) ?? ''
    expect(store.refused[0]).toEqual({ reason: 'malformed', time: NOW, event, visitor: VISITOR, sent: NOW })
  })

  test('is refused alone when only its JSON breaks a rule', async () => {
    const good = JSON.stringify(makeEvent('good'))
    const twice = good.replace('"good"', '"twice"').replace('{', '{"name":"page_view",')
    const surrogate = good.replace('"good"', '"lone"').replace('boots', '\\ud800')
    const huge = good.replace('"good"', '"huge"').replace('"boots"', '1e999')
    const deep = good.replace('"good"', '"deep"').replace('"boots"', `${'['.repeat(100)}${']'.repeat(100)}`)
    const body = `{"sent":${NOW},"events":[${twice},${good},${surrogate},${huge},${deep}]}`
    const response = await makeCollector().handle(makeRequest({ body }))
    const answer = await readAnswer(response)
    expect(response.status).toBe(400)
    expect(answer.accepted).toBe(1)
    expect(answer.rejected.map(({ id, index, reason }) => [id, index, reason])).toEqual([
      ['twice', 0, 'malformed'],
      ['lone', 2, 'malformed'],
      ['huge', 3, 'malformed'],
      ['deep', 4, 'malformed'],
    ])
  })

  test.each(['__proto__', 'constructor', 'prototype'])('with the property %s is refused', async (key) => {
    const event = `{"id":"p","name":"view_item","time":${NOW},"properties":{"${key}":{"polluted":1}}}`
    const store = makeStore()
    const response = await makeCollector({ store }).handle(
      makeRequest({ body: `{"sent":${NOW},"events":[${event}]}` }),
    )
    expect(response.status).toBe(400)
    expect((await readAnswer(response)).rejected[0]).toMatchObject({ id: 'p', reason: 'forbidden-key' })
    expect('polluted' in {}).toBe(false)
  })

  test('with a poisoned key beside its properties is taken without it', async () => {
    const event = `{"__proto__":{"name":"scroll"},"id":"p","name":"view_item","time":${NOW}}`
    const response = await makeCollector().handle(makeRequest({ body: `{"events":[${event}]}` }))
    expect(await readAnswer(response)).toMatchObject({ accepted: 1 })
  })

  test('with 33 properties is refused, with 32 taken', async () => {
    const properties = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`p${at}`, 1]))
    expect((await send([makeEvent('a', { properties: properties(32) })])).answer.accepted).toBe(1)
    const { response, reasons } = await send([makeEvent('a', { properties: properties(33) })])
    expect([response.status, reasons]).toEqual([400, ['too-large']])
  })

  test('with a text of 1,025 characters is refused, with 1,024 taken', async () => {
    const item = (length: number) => makeEvent('a', { properties: { item_id: 'x'.repeat(length) } })
    expect((await send([item(1_024)])).answer.accepted).toBe(1)
    expect((await send([item(1_025)])).reasons).toEqual(['too-large'])
  })
})

describe('an event that may not be kept', () => {
  test('is named with its reason in an answer of 200', async () => {
    const { response, answer } = await send([
      makeEvent('unknown', { name: 'explode' }),
      makeEvent('wrong', { properties: { price: '12' } }),
      makeEvent('late', { time: NOW - 72 * HOUR - 1 }),
      makeEvent('scroll', { name: 'scroll', properties: {} }),
      makeEvent('good'),
    ])
    expect(response.status).toBe(200)
    expect(answer.accepted).toBe(1)
    expect(answer.rejected.map(({ id, index, reason }) => [id, index, reason])).toEqual([
      ['unknown', 0, 'unknown-event'],
      ['wrong', 1, 'wrong-type'],
      ['late', 2, 'too-late'],
      ['scroll', 3, 'consent'],
    ])
  })

  test('is kept with its reason, apart from what lacked consent: that is only counted', async () => {
    const unknown = makeEvent('unknown', { name: 'explode' })
    const { store } = await send([unknown, makeEvent('scroll', { name: 'scroll' })])
    expect(store.refused).toEqual([
      { reason: 'unknown-event', time: NOW, event: JSON.stringify(unknown), visitor: VISITOR, sent: NOW },
      { reason: 'consent', time: NOW, event: '' },
    ])
  })

  test('is named after something inherited as little as after anything else', async () => {
    const { reasons } = await send([
      makeEvent('a', { name: 'constructor' }),
      makeEvent('b', { name: 'toString' }),
    ])
    expect(reasons).toEqual(['unknown-event', 'unknown-event'])
  })

  test('of an id taken before with other content is a conflict', async () => {
    const { answer } = await send([
      makeEvent('a'),
      makeEvent('b'),
      makeEvent('a', { name: 'page_view', properties: {} }),
    ])
    expect(answer).toMatchObject({ accepted: 2, duplicates: 0 })
    expect(answer.rejected[0]).toMatchObject({ id: 'a', index: 2, reason: 'conflict' })
  })
})

describe('properties', () => {
  test('that the ruleset does not declare are not remembered', async () => {
    let kept: unknown
    const store = makeStore()
    const spy = {
      ...store,
      append: (batch: Parameters<typeof store.append>[0]) => {
        kept = batch.events.map(({ properties }) => properties)
        return store.append(batch)
      },
    }
    const properties = { item_id: 'boots', email: 'a@b.example', price: null, nested: { a: 1 }, sale: true }
    const body = makeBatch([makeEvent('a', { properties })])
    await makeCollector({ store: spy }).handle(makeRequest({ body }))
    expect(kept).toEqual([{ item_id: 'boots', sale: true }])
  })
})

describe('time', () => {
  const lastSeen = async (time: number, batch: object) =>
    tokenProfile((await send([makeEvent('a', { time })], {}, batch)).response)?.last?.seconds

  test('is corrected by what the sender’s clock was off when it sent', async () => {
    const skew = -10 * 365 * 24 * HOUR
    expect(await lastSeen(NOW + skew - 5_000, { sent: NOW + skew })).toBe(NOW / 1000 - 5)
  })

  test('is never later than now', async () => {
    expect(await lastSeen(NOW + HOUR, { sent: NOW })).toBe(NOW / 1000)
    expect(await lastSeen(8.64e15, { sent: undefined })).toBe(NOW / 1000)
  })

  test('is taken as right when the sender’s clock is no number', async () => {
    const text = JSON.stringify(makeBatch([makeEvent('a', { time: NOW - 5_000 })]))
    const body = text.replace(`"sent":${NOW}`, '"sent":1e999')
    const response = await makeCollector().handle(makeRequest({ body }))
    expect(tokenProfile(response)?.last?.seconds).toBe(NOW / 1000 - 5)
  })

  test('may lie 72 hours back and no more', async () => {
    expect((await send([makeEvent('a', { time: NOW - 72 * HOUR })])).answer.accepted).toBe(1)
    expect((await send([makeEvent('a', { time: NOW - 72 * HOUR - 1 })])).reasons).toEqual(['too-late'])
  })
})

describe('a bot', () => {
  const headers = { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' }

  test('is counted, and gets no cookie', async () => {
    const { response, answer, store } = await send([makeEvent('a'), makeEvent('b')], { headers })
    expect(answer.rejected.map(({ reason }) => reason)).toEqual(['bot', 'bot'])
    expect(response.headers.getSetCookie()).toEqual([])
    expect(await store.rejectedCounts()).toEqual({ bot: 2 })
    expect(await store.load(VISITOR, COMPILED.plan)).toBeNull()
  })
})

describe('a retry', () => {
  test('counts nothing twice, though its corrected time differs, and gets the fresh token', async () => {
    const collector = makeCollector()
    const first = await collector.handle(makeRequest())
    const again = await collector.handle(makeRequest({ body: makeBatch([makeEvent()], { sent: NOW + 40 }) }))
    expect(await readAnswer(again)).toEqual({ accepted: 0, duplicates: 1, rejected: [] })
    expect(tokenProfile(again)).toEqual(tokenProfile(first))
  })
})
