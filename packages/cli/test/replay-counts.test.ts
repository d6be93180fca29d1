import { checkRuleset } from '@attune/core/check'
import { compileDocument } from '@attune/core/publish'
import { createMemoryStore } from '@attune/storage/memory'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { watchStore } from '../src/replay/accepted-tally.ts'
import { ACCESS_LOG_RULESET, rulesetForMapping } from '../src/replay/default-ruleset.ts'
import type { ReplayEvent } from '../src/replay/replay-event.ts'
import { createBatchSender, type VisitorBatch } from '../src/replay/send-batches.ts'
import { createSessions } from '../src/replay/sessions.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

function makeEvent(changes: Partial<ReplayEvent> = {}): ReplayEvent {
  return { visitor: 'v', id: 'e', name: 'page_view', time: 0, properties: {}, userAgent: '', ...changes }
}

test('a session ends when nothing happens for more than 30 minutes', () => {
  const sessions = createSessions()
  for (const time of [0, 30, 60, 91, 200]) sessions.add('a', time * MINUTE)
  sessions.add('b', 0)
  expect([sessions.visitorCount(), sessions.sessionCount()]).toEqual([2, 4])
})

test('a late event joins the two sessions it lies between', () => {
  const sessions = createSessions()
  for (const time of [0, 50, 25]) sessions.add('a', time * MINUTE)
  expect(sessions.sessionCount()).toBe(1)
})

test('sessions do not depend on the order of events', () => {
  const times = fc.array(fc.integer({ min: 0, max: 600 }), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(times, (minutes) => {
      const sessions = createSessions()
      for (const minute of minutes) sessions.add('a', minute * MINUTE)
      const sorted = [...minutes].sort((a, b) => a - b)
      const expected = sorted.filter((minute, at) => at === 0 || minute - sorted[at - 1]! > 30).length
      expect(sessions.sessionCount()).toBe(expected)
    }),
    { numRuns: 1000 },
  )
})

test('events go in batches of one visitor and one agent, at most 50, received at the newest event', async () => {
  const batches: VisitorBatch[] = []
  const sender = createBatchSender(async (batch) => {
    batches.push(batch)
    return { accepted: batch.events.length, duplicates: 0, rejected: [] }
  })
  const many = Array.from({ length: 51 }, (_, at) => makeEvent({ id: `a${at}`, time: at }))
  await sender.add([
    ...many,
    makeEvent({ id: 'b', userAgent: 'x' }),
    makeEvent({ id: 'c', visitor: 'w', time: 99 }),
  ])
  await sender.finish()
  expect(
    batches.map(({ visitor, userAgent, events, received }) => [visitor, userAgent, events.length, received]),
  ).toEqual([
    ['v', '', 50, 99],
    ['v', '', 1, 99],
    ['v', 'x', 1, 99],
    ['w', '', 1, 99],
  ])
})

test('a batch never spans more than a day, whatever the order of the file', async () => {
  const batches: VisitorBatch[] = []
  const sender = createBatchSender(async (batch) => {
    batches.push(batch)
    return { accepted: 0, duplicates: 0, rejected: [] }
  })
  const hours = [0, 24, 25, 100, 1, 99]
  await sender.add(hours.map((hour) => makeEvent({ id: `e${hour}`, time: hour * HOUR })))
  await sender.finish()
  expect(batches.map(({ events, received }) => [events.map(({ id }) => id), received / HOUR])).toEqual([
    [['e0', 'e24'], 24],
    [['e25'], 25],
    [['e100'], 100],
    [['e1'], 1],
    [['e99'], 99],
  ])
})

test('every event is counted once: accepted, duplicate or rejected', async () => {
  const outcomes = ['accepted', 'duplicate', 'bot', 'consent'] as const
  const event = fc.record({
    visitor: fc.constantFrom(undefined, 'a', 'b'),
    outcome: fc.constantFrom(...outcomes),
    time: fc.nat(9 * HOUR),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 200 }), async (planned) => {
      const outcomeOf = new Map(planned.map(({ outcome }, at) => [`e${at}`, outcome]))
      const sender = createBatchSender(async ({ events }) => {
        const idsOf = (wanted: string) =>
          events.map(({ id }) => id).filter((id) => outcomeOf.get(id) === wanted)
        const rejected = ['bot', 'consent'].flatMap((reason) => idsOf(reason).map(() => reason))
        return { accepted: idsOf('accepted').length, duplicates: idsOf('duplicate').length, rejected }
      })
      await sender.add(planned.map(({ visitor, time }, at) => makeEvent({ id: `e${at}`, visitor, time })))
      await sender.finish()
      const { sent, accepted, duplicates, rejected } = sender.tally()
      const refused = [...rejected.values()].reduce((sum, count) => sum + count, 0)
      expect(sent).toBe(planned.length)
      expect(accepted + duplicates + refused).toBe(sent)
      expect(accepted).toBe(
        planned.filter(({ outcome, visitor }) => outcome === 'accepted' && visitor).length,
      )
      expect(rejected.get('no-visitor') ?? 0).toBe(
        planned.filter(({ visitor }) => visitor === undefined).length,
      )
    }),
    { numRuns: 200 },
  )
})

test('the bots of a tally are the visitors of whom an event was refused as a bot’s', async () => {
  const sender = createBatchSender(async ({ events, visitor }) => ({
    accepted: 0,
    duplicates: 0,
    rejected: events.map(() => (visitor === 'person' ? 'consent' : 'bot')),
  }))
  const visitors = ['crawler', 'crawler', 'reader', 'person']
  await sender.add(visitors.map((visitor, at) => makeEvent({ id: `e${at}`, visitor })))
  await sender.finish()
  expect(sender.tally()).toEqual({
    sent: 4,
    accepted: 0,
    duplicates: 0,
    rejected: new Map([
      ['bot', 3],
      ['consent', 1],
    ]),
    bots: 2,
  })
})

test('a watched store tells names, values, sessions and times of what was new to it', async () => {
  const { store, accepted } = watchStore(createMemoryStore())
  const { plan } = compileDocument(ACCESS_LOG_RULESET)
  const purchase = (id: string, time: number, value: number) => ({
    id,
    name: 'purchase',
    time,
    properties: { value },
  })
  expect([accepted.oldest(), accepted.newest()]).toEqual([undefined, undefined])
  await store.append({ visitor: 'v', plan, events: [purchase('a', 5000, 1.5), purchase('a', 5000, 1.5)] })
  await store.append({ visitor: 'v', plan, events: [purchase('a', 5000, 1.5), purchase('b', 2 * HOUR, 2)] })
  await store.append({
    visitor: '~c',
    plan,
    events: [{ id: 'c', name: 'scroll', time: HOUR, properties: {} }],
  })
  expect([...accepted.names, ...accepted.values]).toEqual([
    ['purchase', 2],
    ['scroll', 1],
    ['purchase', 3.5],
  ])
  expect([accepted.oldest(), accepted.newest()]).toEqual([5000, 2 * HOUR])
  expect([accepted.sessions.visitorCount(), accepted.sessions.sessionCount()]).toEqual([1, 2])
})

test('the built-in rulesets have no error, and declare what the readers send', () => {
  const forCsv = rulesetForMapping({
    event: 'purchase',
    visitor: 'v',
    time: { column: 't' },
    purpose: 'statistics',
    properties: { value: { sum: ['a'] }, country: { column: 'c' }, gift: { column: 'g', type: 'boolean' } },
  })
  for (const ruleset of [ACCESS_LOG_RULESET, forCsv]) {
    expect(checkRuleset(ruleset).filter(({ severity }) => severity === 'error')).toEqual([])
  }
  expect(forCsv?.events).toEqual({
    purchase: { purpose: 'statistics', properties: { value: 'number', country: 'string', gift: 'boolean' } },
  })
})
