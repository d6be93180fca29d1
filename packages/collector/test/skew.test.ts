import { type AttuneEvent, applyEvents, emptyProfile, type Profile } from '@attune/core'
import { createMemoryStore } from '@attune/storage/memory'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { COMPILED, makeCollector, NOW, VISITOR } from './builders.ts'

const HOUR = 3_600_000
const YEAR = 365 * 24 * HOUR
const consent = { preferences: true, statistics: true }

/** Events of up to three days ago, by our clock, each with an id of its own. */
const history: fc.Arbitrary<readonly AttuneEvent[]> = fc
  .array(
    fc.record({
      name: fc.constantFrom('view_item', 'page_view'),
      time: fc.integer({ min: NOW - 72 * HOUR, max: NOW }),
      properties: fc.record({ item_category: fc.constantFrom('hiking', 'camping') }, { requiredKeys: [] }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((events) => events.map((event, at) => ({ ...event, id: `event ${at}` })))

interface Delivery {
  readonly events: readonly unknown[]
  readonly sent?: number
}

/** Takes batches in, at noon. */
async function take(deliveries: readonly Delivery[]) {
  const store = createMemoryStore()
  const collector = makeCollector({ store })
  const results = []
  for (const delivery of deliveries)
    results.push(await collector.ingest({ visitor: VISITOR, consent, ...delivery }))
  return { results, profile: await store.load(VISITOR, COMPILED.plan) }
}

/** What core folds of the events that a ruleset declares, as they are. */
function foldOf(events: readonly AttuneEvent[]): Profile {
  const declared = events.map((event) => (event.name === 'page_view' ? { ...event, properties: {} } : event))
  return applyEvents(emptyProfile(COMPILED.plan), declared, COMPILED.plan)
}

describe('a sender’s clock', () => {
  test('that is wrong by any constant, up to ten years, makes the same profile', async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.integer({ min: -10 * YEAR, max: 10 * YEAR }), async (events, skew) => {
        const skewed = events.map((event) => ({ ...event, time: event.time + skew }))
        const { profile } = await take([{ events: skewed, sent: NOW + skew }])
        expect(profile).toEqual(foldOf(events))
      }),
      { numRuns: 200, seed: 2 },
    )
  })

  test('that jumps between making and sending an event never puts it into the future, nor more than 72 hours back', async () => {
    const anyTime = fc.oneof(
      fc.integer({ min: 0, max: 8.64e15 }),
      fc.integer({ min: NOW - YEAR, max: NOW + YEAR }),
    )
    await fc.assert(
      fc.asyncProperty(anyTime, anyTime, async (time, sent) => {
        const { profile, results } = await take([
          { events: [{ id: 'a', name: 'page_view', time, properties: {} }], sent },
        ])
        const [result] = results
        const seconds = profile?.last?.seconds ?? Number.NaN
        const isInTime = seconds >= (NOW - 72 * HOUR) / 1000 && seconds <= NOW / 1000
        expect(isInTime ? [] : result?.rejected.map(({ reason }) => reason)).toEqual(
          isInTime ? [] : ['too-late'],
        )
        expect(result?.accepted).toBe(isInTime ? 1 : 0)
      }),
      { numRuns: 300, seed: 3 },
    )
  })
})

describe('late, shuffled and repeated events', () => {
  test('make the profile of the sorted ones, and every event is counted once', async () => {
    await fc.assert(
      fc.asyncProperty(
        history,
        fc.array(fc.nat({ max: 11 }), { maxLength: 12 }),
        fc.infiniteStream(fc.nat({ max: 1_000 })),
        async (events, repeated, order) => {
          const sent = [...events, ...repeated.map((at) => events[at % events.length]!)]
          const shuffled = sent
            .map((event) => ({ event, at: order.next().value ?? 0 }))
            .sort((a, b) => a.at - b.at)
            .map(({ event }) => event)
          // In batches of three, each by a clock of its own.
          const deliveries: Delivery[] = []
          for (let at = 0; at < shuffled.length; at += 3) {
            const skew = at * HOUR
            const batch = shuffled.slice(at, at + 3).map((event) => ({ ...event, time: event.time + skew }))
            deliveries.push({ events: batch, sent: NOW + skew })
          }
          const { profile, results } = await take(deliveries)
          expect(profile).toEqual(foldOf(events))
          const sum = (of: 'accepted' | 'duplicates'): number =>
            results.reduce((total, result) => total + result[of], 0)
          expect([sum('accepted'), sum('duplicates')]).toEqual([events.length, repeated.length])
        },
      ),
      { numRuns: 150, seed: 4 },
    )
  })

  test('with another body under a known id are conflicts, and the first stays', async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.nat({ max: 11 }), async (events, which) => {
        const original = events[which % events.length]!
        const forged = { ...original, name: original.name === 'page_view' ? 'view_item' : 'page_view' }
        const { profile, results } = await take([{ events }, { events: [forged] }])
        expect(results[1]).toMatchObject({
          accepted: 0,
          duplicates: 0,
          rejected: [{ id: original.id, reason: 'conflict' }],
        })
        expect(profile).toEqual(foldOf(events))
      }),
      { numRuns: 100, seed: 5 },
    )
  })
})
