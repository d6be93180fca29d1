import { expect, test } from 'vitest'
import { createServerEvents, type ServerEventsOptions } from '../../src/index.ts'
import { createServerSender, type ServerSenderOptions } from '../../src/server.ts'
import {
  COMPILED,
  makeCollector,
  makeEvent,
  makeRequest,
  makeStore,
  NOW,
  RULESET,
  readAnswer,
  VISITOR,
} from '../builders.ts'

const SERVER_SECRET = 'a secret that only our shop server knows'
const ENDPOINT = 'https://shop.example/attune/server-events'
const PAID = {
  ...RULESET,
  events: {
    ...RULESET.events,
    purchase: { properties: { value: 'number' }, signed: true },
    refund: { properties: { value: 'number', reason: 'string' }, signed: ['value'] },
  },
} as const
const PURCHASE = makeEvent('order-1', { name: 'purchase', properties: { value: 120 } })
const BATCH = { visitor: VISITOR, consent: { preferences: true }, events: [PURCHASE] }

function makeReceiver(changes: Partial<ServerEventsOptions> = {}) {
  const store = makeStore()
  const collector = makeCollector({ ruleset: PAID, store })
  return {
    store,
    collector,
    ...createServerEvents({ collector, secret: SERVER_SECRET, clock: () => NOW, ...changes }),
  }
}

/** The request that a sender makes. */
async function signedRequest(
  batch: object = BATCH,
  changes: Partial<ServerSenderOptions> = {},
): Promise<Request> {
  let made: Request | undefined
  const sender = createServerSender({
    endpoint: ENDPOINT,
    secret: SERVER_SECRET,
    clock: () => NOW,
    fetch: async (url, init) => {
      made = new Request(url, init)
      return new Response()
    },
    ...changes,
  })
  await sender.send(batch as typeof BATCH)
  return made!
}

const withBody = (request: Request, body: string): Request =>
  new Request(request.url, { method: 'POST', headers: request.headers, body })

test('a purchase that a browser claims is refused as reserved, and kept as refused', async () => {
  const { collector, store } = makeReceiver()
  const answer = await readAnswer(
    await collector.handle(makeRequest({ body: { sent: NOW, events: [PURCHASE] } })),
  )
  expect(answer).toMatchObject({ accepted: 0, rejected: [{ id: 'order-1', reason: 'reserved' }] })
  expect(store.refused.map(({ reason }) => reason)).toEqual(['reserved'])
})

test('code that hands a collector events says so where they are to be believed like signed ones', async () => {
  const { collector } = makeReceiver()
  expect(await collector.ingest(BATCH)).toMatchObject({ accepted: 0, rejected: [{ reason: 'reserved' }] })
  expect(await collector.ingest({ ...BATCH, isTrusted: true })).toMatchObject({ accepted: 1 })
})

test('an event is refused for one reserved property, and taken without it', async () => {
  const { collector } = makeReceiver()
  const refund = (id: string, properties: object) => makeEvent(id, { name: 'refund', properties })
  const events = [
    refund('a', { value: 3, reason: 'torn' }),
    refund('b', { reason: 'torn' }),
    refund('c', { value: null }),
  ]
  const answer = await readAnswer(await collector.handle(makeRequest({ body: { sent: NOW, events } })))
  expect(answer).toMatchObject({ accepted: 2, rejected: [{ id: 'a', reason: 'reserved' }] })
})

test('the same purchase, signed by a server, is taken once', async () => {
  const { handle, store } = makeReceiver()
  const first = await handle(await signedRequest())
  expect([first.status, await readAnswer(first)]).toEqual([200, { accepted: 1, duplicates: 0, rejected: [] }])
  expect(await readAnswer(await handle(await signedRequest()))).toEqual({
    accepted: 0,
    duplicates: 1,
    rejected: [],
  })
  expect(store.refused).toEqual([])
})

test('a signed body that somebody sends again is refused', async () => {
  const { handle } = makeReceiver()
  const request = await signedRequest()
  const again = request.clone()
  expect((await handle(request)).status).toBe(200)
  const answer = await handle(again)
  expect([answer.status, (await readAnswer(answer)).error]).toEqual([403, 'replayed'])
})

test.each([
  ['five minutes and a second old', -301_000],
  ['five minutes and a second ahead', 301_000],
])('a signature %s is refused', async (_, off) => {
  const answer = await makeReceiver().handle(await signedRequest(BATCH, { clock: () => NOW + off }))
  expect([answer.status, (await readAnswer(answer)).error]).toEqual([403, 'stale'])
})

test('a signature just five minutes old is taken', async () => {
  const answer = await makeReceiver().handle(await signedRequest(BATCH, { clock: () => NOW - 300_000 }))
  expect(answer.status).toBe(200)
})

test('another body, secret, site, nonce or time than was signed is refused', async () => {
  const { handle } = makeReceiver()
  const genuine = await signedRequest()
  const [v, unix, nonce, hex] = genuine.headers.get('attune-signature')!.split('.')
  const body = await genuine.clone().text()
  const forged = [
    withBody(genuine, body.replace('120', '999')),
    await signedRequest(BATCH, { secret: 'another secret of enough characters' }),
    await signedRequest(BATCH, { site: 'other' }),
    ...[
      `${v}.${unix}.${nonce}x.${hex}`,
      `${v}.${Number(unix) + 1}.${nonce}.${hex}`,
      `${v}.${unix}.${nonce}.${hex!.replace(/.$/, (last) => (last === '0' ? '1' : '0'))}`,
      `${v}.${unix}.${nonce}.`,
      '',
    ].map(
      (signature) =>
        new Request(ENDPOINT, { method: 'POST', body, headers: { 'attune-signature': signature } }),
    ),
  ]
  for (const request of forged) {
    const answer = await handle(request)
    expect([answer.status, (await readAnswer(answer)).error]).toEqual([403, 'signature'])
  }
  expect((await handle(genuine)).status).toBe(200)
})

test('an older secret is good as long as it is named', async () => {
  const older = 'an older secret of enough characters'
  const { handle } = makeReceiver({ secret: [SERVER_SECRET, older] })
  expect((await handle(await signedRequest(BATCH, { secret: older }))).status).toBe(200)
})

test.each([
  ['no visitor', { ...BATCH, visitor: '' }],
  ['no consent', { ...BATCH, consent: undefined }],
  ['consent to nothing that there is', { ...BATCH, consent: { everything: true } }],
  ['no events', { ...BATCH, events: [] }],
  ['51 events', { ...BATCH, events: Array.from({ length: 51 }, () => PURCHASE) }],
])('a batch with %s is refused with the place', async (_, batch) => {
  const answer = await makeReceiver().handle(await signedRequest(batch))
  expect([answer.status, (await readAnswer(answer)).error]).toEqual([400, 'malformed-batch'])
})

test('what the visitor has not granted is not kept, whoever signs', async () => {
  const { handle, store } = makeReceiver()
  const answer = await readAnswer(await handle(await signedRequest({ ...BATCH, consent: {} })))
  expect(answer).toMatchObject({ accepted: 0, rejected: [{ reason: 'consent' }] })
  expect(await store.load(VISITOR, COMPILED.plan)).toBeNull()
})

test('only POST is answered, and a store that fails says later', async () => {
  expect((await makeReceiver().handle(new Request(ENDPOINT))).status).toBe(405)
  const ingest = () => Promise.reject(new Error('disk full'))
  const { handle } = makeReceiver({ collector: { ingest }, onError: () => {} })
  expect((await handle(await signedRequest())).status).toBe(503)
})

test('a short secret is refused on both sides', () => {
  expect(() => makeReceiver({ secret: 'short' })).toThrow(/createServerEvents: `secret`/)
  expect(() => createServerSender({ endpoint: ENDPOINT, secret: 'short' })).toThrow(/`secret`/)
})
