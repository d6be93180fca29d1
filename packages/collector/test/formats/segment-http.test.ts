import { expect, test } from 'vitest'
import { createAccounts, createFormats } from '../../src/index.ts'
import { COMPILED, NOW, SECRET } from '../builders.ts'
import { makeFormats, VISITOR_ID, WRITE_KEY } from './make-formats.ts'

const message = (event: string, changes: object = {}) => ({
  type: 'track',
  messageId: `id of ${event}`,
  anonymousId: VISITOR_ID,
  event,
  properties: { product_id: 'boots', value: 5 },
  timestamp: new Date(NOW - 1000).toISOString(),
  ...changes,
})

test('a call is an event of ours, and sent twice counts once', async () => {
  const { post } = makeFormats()
  const first = await post('/v1/track', message('Product Added'))
  expect([first.status, await first.json()]).toEqual([
    200,
    { success: true, accepted: 1, duplicates: 0, rejected: [] },
  ])
  expect(await (await post('/v1/track', message('Product Added'))).json()).toMatchObject({ duplicates: 1 })
})

test('of a batch every message is taken or refused with its place and reason', async () => {
  const { post } = makeFormats()
  const batch = [
    message('Product Added'),
    message('Nobody Knows It'),
    { type: 'alias', userId: 'a', previousId: 'b' },
    message('Product Added', { messageId: 'b', anonymousId: undefined }),
    message('Product Added', { messageId: 'c', anonymousId: undefined, userId: 'another' }),
    message('exposure'),
    7,
    { schema: 'iglu:com.acme/order/jsonschema/1-0-0', data: {} },
    { type: 'identify', userId: VISITOR_ID, traits: { plan: 'pro', email: 'a@b.example' } },
  ]
  const answer = await (await post('/v1/batch', { batch })).json()
  expect(answer).toMatchObject({ accepted: 3, duplicates: 0 })
  expect(
    answer.rejected.map(({ index, reason }: { index: number; reason: string }) => [index, reason]),
  ).toEqual([
    [1, 'unknown-event'],
    [2, 'alias'],
    [3, 'no-visitor'],
    [5, 'reserved'],
    [6, 'no-call'],
    [7, 'self-describing'],
  ])
})

test('of a batch each visitor is asked about once for all that says the same', async () => {
  const asked: unknown[] = []
  const { post } = makeFormats({
    consent: (visitor, said) => {
      asked.push([visitor, said])
      return { preferences: true }
    },
  })
  const context = { consent: { categoryPreferences: { preferences: true } } }
  const of = (messageId: string, changes: object = {}) => message('Product Added', { messageId, ...changes })
  const batch = [
    of('a'),
    of('b'),
    of('c', { context }),
    of('d', { context }),
    of('e', { anonymousId: 'another-visitor-here' }),
  ]
  expect(await (await post('/v1/batch', { batch })).json()).toMatchObject({ accepted: 5 })
  expect(asked).toEqual([
    [VISITOR_ID, {}],
    [VISITOR_ID, expect.objectContaining({ preferences: true, marketing: false })],
    ['another-visitor-here', {}],
  ])
})

test('identify tells the traits that are declared, lists as well, and of a user who is no visitor those of the account', async () => {
  const accounts = createAccounts(SECRET)
  const { post, store } = makeFormats({ account: (userId) => accounts.of(userId)[0] })
  const traits = { plan: 'pro', sports: ['hiking', 'cycling'], email: 'a@b.example', nickname: 'Ann' }
  await post('/v1/identify', { messageId: 'a', anonymousId: VISITOR_ID, userId: '9', traits })
  await post('/v1/identify', { messageId: 'b', userId: '9', traits: { plan: 'free' } })
  const traitsOf = async (visitor: string) => (await store.load(visitor, COMPILED.plan))?.traits
  expect(await traitsOf(VISITOR_ID)).toEqual({ plan: 'pro', sports: ['hiking', 'cycling'] })
  expect(await traitsOf(accounts.of('9')[0])).toEqual({ plan: 'free' })
  expect(await traitsOf('9')).toBeUndefined()
})

test('what only servers may sign is refused: a key is no signature', async () => {
  const answer = await (await makeFormats().post('/v1/track', message('Order Completed'))).json()
  expect(answer).toMatchObject({ accepted: 0, rejected: [{ reason: 'reserved' }] })
})

test('without a word on consent nothing is kept; a message may carry it by the purposes’ names', async () => {
  const { post } = makeFormats({ consent: (_, said) => said })
  const context = { consent: { categoryPreferences: { preferences: true } } }
  const batch = [message('Product Added'), message('Product Added', { messageId: 'b', context })]
  expect(await (await post('/v1/batch', { batch })).json()).toMatchObject({
    accepted: 1,
    rejected: [{ index: 0, reason: 'consent' }],
  })
})

test('a program’s user agent in the context is heard', async () => {
  const context = { userAgent: 'Googlebot/2.1' }
  const answer = await (await makeFormats().post('/v1/track', message('Product Added', { context }))).json()
  expect(answer).toMatchObject({ accepted: 0, rejected: [{ reason: 'bot' }] })
})

test.each([
  ['no key', {}],
  ['another key', { authorization: `Basic ${btoa('another key of somebody:')}` }],
  ['a key that is no base64', { authorization: 'Basic %%%' }],
  ['a token', { authorization: `Bearer ${WRITE_KEY}` }],
])('a call with %s is refused', async (_, headers) => {
  const answer = await makeFormats().post('/v1/track', message('Product Added'), headers)
  expect([answer.status, (await answer.json()).error]).toEqual([401, 'key'])
})

test.each([
  ['no JSON', '/v1/track', '{', 400],
  ['a list', '/v1/track', [], 400],
  ['no batch', '/v1/batch', {}, 400],
  ['an empty batch', '/v1/batch', { batch: [] }, 400],
  ['64 kB and more', '/v1/track', message('x', { more: 'x'.repeat(70_000) }), 413],
  ['a call that there is not', '/v1/erase', {}, 404],
])('a body with %s is refused', async (_, path, body, status) => {
  expect((await makeFormats().post(path, body)).status).toBe(status)
})

test('a store that fails says later, and only POST is answered', async () => {
  const ingest = () => Promise.reject(new Error('disk full'))
  const { post } = makeFormats({ collector: { ingest, tryOut: () => [] }, onError: () => {} })
  const answer = await post('/v1/track', message('Product Added'))
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
  const { handle } = createFormats({ collector: { ingest, tryOut: () => [] } })
  expect((await handle(new Request('https://shop.example/attune/in/v1/track'))).status).toBe(405)
})

test('a key that is short is refused at once', () => {
  const collector = { ingest: () => expect.unreachable(), tryOut: () => expect.unreachable() }
  expect(() => createFormats({ collector, writeKeys: ['short'] })).toThrow(/16 characters/)
})
