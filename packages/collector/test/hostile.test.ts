import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  makeBatch,
  makeCollector,
  makeEvent,
  makeRequest,
  makeStore,
  NOW,
  pinCookie,
  readAnswer,
  visitorCookie,
} from './builders.ts'

const poison = fc.constantFrom(
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'id',
  'name',
)
const json = fc.jsonValue({ maxDepth: 4 })
const key = fc.oneof(poison, fc.constantFrom('item_id', 'price', 'sale', 'placement', 'variant'), fc.string())
const properties = fc
  .array(fc.tuple(key, json), { maxLength: 6 })
  .map((entries) => Object.fromEntries(entries))

// Events from sound to absurd, with few ids so that repetitions and conflicts come up.
const event = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('a', 'b', 'c', 'd').map((id) => makeEvent(id)) },
  {
    weight: 4,
    arbitrary: fc.record(
      {
        id: fc.oneof(fc.constantFrom('a', 'b', 'c', '__proto__'), json),
        name: fc.oneof(fc.constantFrom('view_item', 'exposure', 'scroll', 'heartbeat', 'constructor'), json),
        time: fc.oneof(fc.integer({ min: NOW - 1e9, max: NOW + 1e9 }), json),
        properties: fc.oneof(properties, json),
      },
      { requiredKeys: [] },
    ),
  },
  { weight: 1, arbitrary: json },
)
const cookies = fc.record(
  {
    attune_consent: fc.constantFrom('preferences', 'statistics', 'preferences.statistics', 'none', ''),
    attune_visitor: fc.oneof(fc.constant(visitorCookie()), fc.base64String()),
    attune_pin: fc.oneof(fc.constant(pinCookie({ hero: 'default', offer: 'ten' })), fc.base64String()),
    attune_token: fc.base64String(),
  },
  { requiredKeys: [] },
)

test('every event received is accepted, repeated or refused: none is lost, none counted twice (2,000 batches)', async () => {
  const before = Object.getOwnPropertyNames(Object.prototype)
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.array(event, { maxLength: 8 }), cookies), { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      async (batches, asBot) => {
        const store = makeStore()
        const appended = new Map<string, number>()
        const append: typeof store.append = async (batch) => {
          const result = await store.append(batch)
          for (const id of result.accepted) {
            const one = JSON.stringify([batch.visitor, id])
            appended.set(one, (appended.get(one) ?? 0) + 1)
          }
          return result
        }
        const collector = makeCollector({ store: { ...store, append } })
        let refused = 0
        let accepted = 0
        for (const [events, jar] of batches) {
          const headers: { [name: string]: string } = asBot ? { 'user-agent': 'Googlebot/2.1' } : {}
          const request = makeRequest({ body: makeBatch(events), cookies: jar, headers })
          const response = await collector.handle(request)
          const answer = await readAnswer(response)
          expect([200, 400]).toContain(response.status)
          expect(answer.accepted + answer.duplicates + answer.rejected.length).toBe(events.length)
          expect(answer.rejected.map(({ index }) => index)).toEqual(
            [...new Set(answer.rejected.map(({ index }) => index))].sort((a, b) => a - b),
          )
          refused += answer.rejected.length
          accepted += answer.accepted
        }
        const counts = Object.values(await store.rejectedCounts())
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(refused)
        expect(appended.size).toBe(accepted)
        expect([...appended.values()].every((times) => times === 1)).toBe(true)
      },
    ),
    { numRuns: 2_000 },
  )
  expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before)
}, 60_000)

test('whatever the bytes and headers are, the answer is JSON and no 5xx (2,000 requests)', async () => {
  const collector = makeCollector()
  const body = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.uint8Array({ maxLength: 200 }),
    fc.json(),
    fc.array(json).map((events) => JSON.stringify({ events })),
    fc.tuple(fc.nat(400), fc.string({ maxLength: 3 })).map(([at, noise]) => {
      const text = JSON.stringify(makeBatch())
      return text.slice(0, at % text.length) + noise + text.slice((at % text.length) + 1)
    }),
  )
  const header = fc.string({ unit: fc.constantFrom(...'abc=;, ."~/\t\u00ff'), maxLength: 40 })
  const headers = fc.record(
    { cookie: header, origin: header, 'content-type': header, 'sec-gpc': header, 'user-agent': header },
    { requiredKeys: [] },
  )
  await fc.assert(
    fc.asyncProperty(body, headers, async (bytes, given) => {
      const response = await collector.handle(makeRequest({ body: bytes, headers: given }))
      expect(response.status).toBeLessThan(500)
      expect(await readAnswer(response)).toMatchObject({
        accepted: expect.any(Number),
        rejected: expect.any(Array),
      })
    }),
    { numRuns: 2_000 },
  )
}, 60_000)
