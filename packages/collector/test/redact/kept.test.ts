import type { AppendBatch, RejectedEvent } from '@attune/storage'
import { expect, test } from 'vitest'
import type { CollectorOptions } from '../../src/index.ts'
import {
  makeBatch,
  makeCollector,
  makeEvent,
  makeRequest,
  makeStore,
  RULESET,
  readAnswer,
} from '../builders.ts'

// What nobody may find afterwards, in whatever it was sent.
const EMAIL = 'canary.jane@example.com'
const PHONE = '+44 20 7946 0958'
const CARD = '4111 1111 1111 1111'
const ADDRESS = '203.0.113.77'
const TOKEN = 'hunter2canary'
const CANARIES = [EMAIL, PHONE, CARD, ADDRESS, TOKEN, 'canary']

function makeSpy(options: Partial<CollectorOptions> = {}) {
  const store = makeStore()
  const appended: AppendBatch[] = []
  const append: typeof store.append = (batch) => {
    appended.push(batch)
    return store.append(batch)
  }
  const collector = makeCollector({ store: { ...store, append }, ...options })
  const kept = (): string => JSON.stringify([appended, store.refused])
  return { collector, kept, appended, refused: (): readonly RejectedEvent[] => store.refused }
}

const headers = {
  'x-forwarded-for': ADDRESS,
  forwarded: `for=${ADDRESS}`,
  referer: `https://shop.example/reset/${EMAIL}?password=${TOKEN}#${PHONE}`,
}
// Touches make an event remember where it happened.
const touching = {
  ...RULESET,
  segments: {
    ...RULESET.segments,
    came: { when: { touch: 'first', of: 'url.path', is: '/' } },
    led: { when: { touch: 'last', of: 'utm.term', is: 'boots' } },
  },
} as const
const properties = { item_id: `boots for ${EMAIL}`, item_category: `call ${PHONE}`, price: 10 }

test('nothing of a secret is kept, in whatever part of an event or a request it came', async () => {
  const { collector, kept, appended, refused } = makeSpy({ ruleset: touching })
  const context = { url: { path: `/u/${EMAIL}` }, utm: { term: `card ${CARD}` } }
  const events = [
    makeEvent('a', { properties, context }),
    makeEvent('b', { properties: { item_id: `password=${TOKEN}`, undeclared: EMAIL } }),
    // Refused, and kept for a replay: another type, another name, too old, no event at all.
    makeEvent('c', { properties: { item_id: 4, secret: { deep: [PHONE, { [EMAIL]: CARD }] } } }),
    makeEvent('d', { name: 'unheard_of', properties: { note: `${EMAIL} ${CARD}` } }),
    makeEvent('e', { time: 0, properties }),
    { note: `https://x.example/?password=${TOKEN}` },
  ]
  const response = await collector.handle(makeRequest({ headers, body: makeBatch(events) }))
  expect(await readAnswer(response)).toMatchObject({ accepted: 2, rejected: [{}, {}, {}, {}] })
  expect(CANARIES.filter((canary) => kept().includes(canary))).toEqual([])
  const [first] = appended[0]?.events ?? []
  expect(first).toMatchObject({
    properties: { item_id: 'boots for [email]', item_category: 'call [phone]', price: 10 },
    context: { url: { path: '/u/[email]' }, utm: { term: 'card [card]' } },
  })
  expect(refused().map(({ reason }) => reason)).toEqual([
    'wrong-type',
    'unknown-event',
    'too-late',
    'malformed',
  ])
  expect(refused()[0]?.event).toContain('"secret":{"deep":["[phone]",{"[email]":"[card]"}]}')
})

test('a body that cannot be read is kept without its secrets', async () => {
  const { collector, kept, refused } = makeSpy()
  await collector.handle(makeRequest({ headers, body: `{"events":[{"mail":"${EMAIL}","tel":"${PHONE}"` }))
  expect(refused()).toHaveLength(1)
  expect(CANARIES.filter((canary) => kept().includes(canary))).toEqual([])
})

test('the same event sent again is a repetition, whatever was taken out of it', async () => {
  const { collector } = makeSpy()
  const body = makeBatch([makeEvent('a', { properties })])
  await collector.handle(makeRequest({ body }))
  expect(await readAnswer(await collector.handle(makeRequest({ body })))).toMatchObject({
    accepted: 0,
    duplicates: 1,
  })
})

test('what a server sends is cleaned like what a browser sends', async () => {
  const { collector, kept } = makeSpy()
  const events = [makeEvent('a', { properties }), makeEvent('b', { name: 'unheard_of', properties })]
  await collector.ingest({ visitor: 'customer 7', consent: { preferences: true }, events })
  expect(CANARIES.filter((canary) => kept().includes(canary))).toEqual([])
})

test('a site may keep a property, or a parameter, as it is', async () => {
  const { collector, appended } = makeSpy({ redaction: { exempt: ['item_id'], keepParameters: ['variant'] } })
  const event = makeEvent('a', {
    properties: { item_id: '0792345678', item_category: '/p?variant=2&utm_term=x' },
  })
  await collector.handle(makeRequest({ body: makeBatch([event]) }))
  expect(appended[0]?.events[0]?.properties).toEqual({ item_id: '0792345678', item_category: '/p?variant=2' })
})
