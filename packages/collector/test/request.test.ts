import { describe, expect, test } from 'vitest'
import {
  makeBatch,
  makeCollector,
  makeEvent,
  makeRequest,
  makeStore,
  NOW,
  type RequestParts,
  readAnswer,
  VISITOR,
} from './builders.ts'

async function ask(parts: RequestParts) {
  const store = makeStore()
  const response = await makeCollector({ store }).handle(makeRequest(parts))
  return { response, answer: await readAnswer(response), store }
}

describe('a request', () => {
  test('with a good event is answered 200 and may not be cached', async () => {
    const { response, answer } = await ask({})
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(answer).toEqual({ accepted: 1, duplicates: 0, rejected: [], changed: ['hero'] })
  })

  test.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('by %s is answered 405', async (method) => {
    const { response, answer } = await ask({ method })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST')
    expect(answer.error).toBe('method')
  })

  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'text/plain;charset=UTF-8',
    'text/plain',
    'Application/JSON;charset="utf-8"',
  ])('of type %s is read', async (type) => {
    expect((await ask({ headers: { 'content-type': type } })).response.status).toBe(200)
  })

  test.each([
    'text/html',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json; charset=latin1',
    'application/jsonp',
    'x',
  ])('of type %s is answered 415', async (type) => {
    const { response, answer } = await ask({ headers: { 'content-type': type } })
    expect(response.status).toBe(415)
    expect(answer).toMatchObject({ accepted: 0, duplicates: 0, rejected: [], error: 'content-type' })
  })

  test('with a compressed body is answered 415', async () => {
    expect((await ask({ headers: { 'content-encoding': 'gzip' } })).response.status).toBe(415)
  })

  test('from a page of the same host is read, whatever the inner scheme', async () => {
    expect((await ask({ headers: { origin: 'https://shop.example' } })).response.status).toBe(200)
    const inner = { url: 'http://10.0.0.1:3000/attune/collect' }
    const headers = { origin: 'https://shop.example', host: 'shop.example' }
    expect((await ask({ ...inner, headers })).response.status).toBe(200)
  })

  test.each([
    'https://evil.example',
    'https://shop.example.evil.example',
    'https://shop.example:444',
    'null',
    '',
    'x',
  ])('from a page of origin "%s" is answered 403', async (origin) => {
    const { response, answer } = await ask({ headers: { origin } })
    expect(response.status).toBe(403)
    expect(answer.error).toBe('origin')
  })

  test('from an origin that the site allows is read', async () => {
    const collector = makeCollector({ allowedOrigins: ['https://other.example'] })
    const response = await collector.handle(makeRequest({ headers: { origin: 'https://other.example' } }))
    expect(response.status).toBe(200)
  })
})

describe('a body', () => {
  const padded = (bytes: number) => {
    const empty = JSON.stringify(makeBatch([makeEvent()], { pad: '' }))
    return JSON.stringify(makeBatch([makeEvent()], { pad: 'x'.repeat(bytes - empty.length) }))
  }

  test('of 64 KB is read, one byte more is answered 413', async () => {
    expect((await ask({ body: padded(65_536) })).response.status).toBe(200)
    const { response, store } = await ask({ body: padded(65_537) })
    expect(response.status).toBe(413)
    expect(await store.rejectedCounts()).toEqual({ 'body-too-large': 1 })
  })

  test('is counted in bytes, not in characters', async () => {
    const body = makeBatch([makeEvent()], { pad: 'ü'.repeat(33_000) })
    expect((await ask({ body })).response.status).toBe(413)
  })

  test('is counted while it comes, whatever Content-Length says', async () => {
    let pulled = 0
    const body = new ReadableStream({
      pull(controller) {
        pulled++
        controller.enqueue(new Uint8Array(16_384))
      },
    })
    const headers = { 'content-type': 'application/json', 'content-length': '10' }
    const request = new Request('https://shop.example/', {
      method: 'POST',
      headers,
      body,
      duplex: 'half',
    } as RequestInit)
    expect((await makeCollector().handle(request)).status).toBe(413)
    expect(pulled).toBeLessThan(10)
  })

  test('that says it is too large is not read at all', async () => {
    const request = makeRequest({ headers: { 'content-length': '65537' } })
    expect((await makeCollector().handle(request)).status).toBe(413)
    expect(request.bodyUsed).toBe(false)
  })

  test('that breaks off is answered 400', async () => {
    const body = new ReadableStream({ start: (controller) => controller.error(new Error('gone')) })
    const headers = { 'content-type': 'application/json' }
    const request = new Request('https://shop.example/', {
      method: 'POST',
      headers,
      body,
      duplex: 'half',
    } as RequestInit)
    expect((await makeCollector().handle(request)).status).toBe(400)
  })

  test('that arrives in pieces is put together, also within a character', async () => {
    const bytes = new TextEncoder().encode(
      JSON.stringify(makeBatch([makeEvent('ü', { properties: { item_id: '😀' } })])),
    )
    const body = new ReadableStream({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
        controller.close()
      },
    })
    const headers = { 'content-type': 'application/json', cookie: 'attune_consent=preferences' }
    const request = new Request('https://shop.example/', {
      method: 'POST',
      headers,
      body,
      duplex: 'half',
    } as RequestInit)
    expect(await readAnswer(await makeCollector().handle(request))).toMatchObject({ accepted: 1 })
  })

  test.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['a number', '1'],
    ['a list', '[]'],
    ['null', 'null'],
    ['no events', '{"sent":1}'],
    ['events that are no list', '{"events":{}}'],
    ['events twice', '{"events":[],"events":[]}'],
    ['a byte-order mark', '\ufeff{"events":[]}'],
    ['bytes that are no UTF-8', new Uint8Array([0x7b, 0xff, 0x7d])],
  ])('of %s is answered 400 and counted', async (_, body) => {
    const { response, answer, store } = await ask({ body })
    expect(response.status).toBe(400)
    expect(answer).toMatchObject({ accepted: 0, duplicates: 0, rejected: [] })
    expect(store.refused).toHaveLength(1)
  })

  test('with 50 events is read, with 51 answered 413', async () => {
    const events = Array.from({ length: 51 }, (_, at) => makeEvent(`e${at}`))
    expect((await ask({ body: makeBatch(events.slice(1)) })).answer.accepted).toBe(50)
    const { response, answer } = await ask({ body: makeBatch(events) })
    expect(response.status).toBe(413)
    expect(answer.error).toBe('too-many-events')
  })

  test('without events is answered 200', async () => {
    expect((await ask({ body: makeBatch([]) })).answer).toEqual({ accepted: 0, duplicates: 0, rejected: [] })
  })

  test('that is refused is kept as text only with consent', async () => {
    expect((await ask({ body: '{"secret"' })).store.refused).toEqual([
      { reason: 'malformed-batch', time: NOW, event: '{"secret"', visitor: VISITOR },
    ])
    const unknown = await ask({ body: '{"secret"', cookies: { attune_visitor: '' } })
    expect(unknown.store.refused).toEqual([{ reason: 'malformed-batch', time: NOW, event: '' }])
    const silent = await ask({ body: '{"secret"', cookies: { attune_consent: 'statistics' } })
    expect(silent.store.refused).toEqual([{ reason: 'malformed-batch', time: NOW, event: '' }])
  })

  test.each([
    ['a text', 'now'],
    ['a negative number', -1],
    ['null', null],
  ])('whose `sent` is %s is read, and the sender’s clock taken as right', async (_, sent) => {
    expect((await ask({ body: makeBatch([makeEvent()], { sent }) })).answer.accepted).toBe(1)
  })
})
