import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Collector } from '../src/index.ts'
import {
  COMPILED,
  makeCollector,
  makeEvent,
  makeStore,
  NOW,
  SECRET,
  URL_OF_COLLECTOR,
  VISITOR,
} from './builders.ts'

const SECONDS = NOW / 1000

function sign({ visitor = VISITOR, site = 'site', secret = SECRET, seconds = SECONDS } = {}): string {
  const message = `profile\n${seconds}\n${site}\n${visitor}`
  return `v1.${seconds}.${createHmac('sha256', secret).update(message).digest('hex')}`
}

function ask(collector: Collector, signature: string | undefined, visitor = VISITOR, method = 'GET') {
  const headers = signature === undefined ? {} : { 'attune-signature': signature }
  const url = `${URL_OF_COLLECTOR}/profile?visitor=${encodeURIComponent(visitor)}`
  return collector.profile(new Request(url, { method, headers }))
}

async function makeKnown(): Promise<Collector> {
  const collector = makeCollector()
  await collector.ingest({ visitor: VISITOR, consent: { preferences: true }, events: [makeEvent()] })
  return collector
}

test('a host with the secret is told the profile, and no cache may keep it', async () => {
  const answer = await ask(await makeKnown(), sign())
  expect(answer.status).toBe(200)
  expect(answer.headers.get('cache-control')).toBe('private, no-store')
  expect(await answer.json()).toMatchObject({ version: 1, plan: COMPILED.plan.id, last: { id: 'event-1' } })
})

test('a visitor nobody has heard of is answered 404', async () => {
  expect((await ask(makeCollector(), sign())).status).toBe(404)
})

test.each([
  ['no signature', undefined],
  ['another secret', sign({ secret: 'another secret of thirty-two characters' })],
  ['another site', sign({ site: 'other' })],
  ['another visitor', sign({ visitor: 'BBBBBBBBBBBBBBBBBBBBBB' })],
  ['a question of long ago', sign({ seconds: SECONDS - 61 })],
  ['a question of the future', sign({ seconds: SECONDS + 61 })],
  ['a signature cut short', sign().slice(0, -1)],
  ['letters', 'v1.x.y'],
])('%s is answered 403, without a word of the profile', async (_claim, signature) => {
  const answer = await ask(await makeKnown(), signature)
  expect(answer.status).toBe(403)
  expect(Object.keys((await answer.json()) as object)).toEqual(['error', 'message'])
})

test('an older secret still opens', async () => {
  const collector = makeCollector({ secret: ['a newer secret of thirty-two characters!', SECRET] })
  expect((await ask(collector, sign())).status).toBe(404)
})

test('no visitor is answered 400, another method 405', async () => {
  const collector = await makeKnown()
  expect((await ask(collector, sign({ visitor: '' }), '')).status).toBe(400)
  expect((await ask(collector, sign(), VISITOR, 'POST')).status).toBe(405)
})

test('a store that fails is told to the owner and answered 503', async () => {
  const told: string[] = []
  const store = makeStore({ load: () => Promise.reject(new Error('gone')) })
  const collector = makeCollector({ store, onError: (_error, step) => told.push(step) })
  expect((await ask(collector, sign())).status).toBe(503)
  expect(told).toEqual(['profile'])
})
