import {
  type AttuneEvent,
  adoptPlan,
  applyEvents,
  compareEvents,
  emptyProfile,
  evaluateSegments,
  foldEvents,
  type Profile,
  type Ruleset,
  type SignalPlan,
} from '@attune/core'
import { compileDocument } from '@attune/core/publish'
import { expect, test } from 'vitest'
import { createStore, hear, type Store } from './oracle/fold.ts'
import { makeRuleset } from './oracle/make-ruleset.ts'
import { makeWorld } from './oracle/make-world.ts'
import { createRandom, type Random } from './oracle/random.ts'

// Many histories take a while on a busy machine.
const SLOW = { timeout: 30_000 }
const HOUR = 3_600_000
const DAY = 24 * HOUR
const START = 1_790_000_000_000

function planOf(when: { readonly [field: string]: unknown }): SignalPlan {
  return compileDocument(rulesetOf(when)).plan
}

function rulesetOf(when: object): Ruleset {
  return {
    version: 1,
    revision: 'r',
    events: { view_item: {}, purchase: {} },
    segments: { s: { when } },
  } as Ruleset
}

function view(at: number, name = 'view_item'): AttuneEvent {
  return { id: `e${at}-${name}`, name, time: START + at * HOUR, properties: {} }
}

function views(from: number, to: number): readonly AttuneEvent[] {
  return Array.from({ length: to - from }, (_, at) => view(from + at))
}

const TOTAL = planOf({ count: 'view_item', atLeast: 32 })
const BOTH = planOf({
  all: [
    { count: 'view_item', atLeast: 32 },
    { absent: 'purchase', within: '30d' },
  ],
})

/** Runs histories of chance through a store and checks it after every batch. */
function everyStep(
  each: (random: Random, store: Store, heard: readonly AttuneEvent[], plan: SignalPlan) => void,
): void {
  for (let seed = 1; seed <= 40; seed++) {
    const random = createRandom(seed)
    const ruleset = makeRuleset(random, 'r')
    const { plan } = compileDocument(ruleset)
    const store = createStore(plan)
    let heard: readonly AttuneEvent[] = []
    for (let turn = 0; turn < 25; turn++) {
      const batch = makeWorld(random, ruleset, 40).sent.map((event) => ({
        ...event,
        id: `${event.id}-${turn}`,
      }))
      hear(store, random.chance(0.5) ? batch : [...batch].sort(compareEvents), plan)
      heard = [...heard, ...batch]
      each(random, store, heard, plan)
    }
  }
}

test('a profile is always the fold of its base and then of the recent events in order', SLOW, () => {
  everyStep((_random, { history, recent }, _heard, plan) => {
    const base: Profile = history.base ?? emptyProfile(plan)
    const folded = applyEvents(base, [...recent].sort(compareEvents), plan)
    expect(JSON.stringify(history.profile.signals)).toBe(JSON.stringify(folded.signals))
    expect(history.profile.last).toEqual(folded.last)
  })
})

test('between 128 and 255 recent events are kept, or the whole history, and they are counted', SLOW, () => {
  everyStep((_random, { history, recent }, heard) => {
    expect(history.recentCount).toBe(recent.length)
    expect(recent.length).toBeLessThan(256)
    if (history.base === null) expect(recent.length).toBe(heard.length)
    else expect(recent.length).toBeGreaterThanOrEqual(128)
  })
})

test('the recent events are newer than all that the base took in, late ones aside', SLOW, () => {
  everyStep((_random, { history, recent }) => {
    const { base } = history
    if (base === null) return
    const last = { id: base.last!.id, name: '', time: base.last!.seconds * 1000, properties: {} }
    for (const event of recent) expect(compareEvents(event, last)).toBeGreaterThan(0)
  })
})

test('first sight is that of the oldest event ever heard', SLOW, () => {
  everyStep((_random, { history }, heard) => {
    const oldest = Math.min(...heard.map(({ time }) => Math.floor(time / 1000)))
    expect(history.profile.firstSeen).toBe(heard.length === 0 ? null : oldest)
  })
})

test('in order, fewer than 256 events never ask for the recent ones', () => {
  const store = createStore(TOTAL)
  for (const event of views(0, 255)) {
    const folded = foldEvents(store.history, [event], TOTAL, () => {
      throw new Error('asked')
    })
    store.history = folded.history
  }
  expect(() =>
    foldEvents(store.history, [view(255)], TOTAL, () => {
      throw new Error('asked')
    }),
  ).toThrow('asked')
})

test('an event out of order asks for the recent ones and takes its place among them', () => {
  const store = createStore(TOTAL)
  hear(store, views(10, 20), TOTAL)
  let asked = 0
  const { history, settled } = foldEvents(store.history, [view(5)], TOTAL, () => {
    asked++
    return store.recent
  })
  expect(asked).toBe(1)
  expect(settled).toEqual([])
  expect(history).toMatchObject({
    base: null,
    recentCount: 11,
    profile: { firstSeen: START / 1000 + 5 * 3_600 },
  })
  expect(history.profile.last?.id).toBe(view(19).id)
})

test('the 256th event settles the oldest 128', () => {
  const recent = views(0, 255)
  const store = createStore(TOTAL)
  hear(store, recent, TOTAL)
  const { history, settled } = foldEvents(store.history, [view(255)], TOTAL, () => recent)
  expect(settled).toEqual(views(0, 128))
  expect(history.recentCount).toBe(128)
  expect(history.base?.signals).toEqual({ 'total view_item': { total: 128 } })
  expect(history.profile.signals).toEqual({ 'total view_item': { total: 256 } })
})

test('a plan adopted while the recent events are the whole history is as if it had always been', SLOW, () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = createRandom(seed)
    const [before, after] = [makeRuleset(random, 'a'), makeRuleset(random, 'b')].map(
      (ruleset) => compileDocument(ruleset).plan,
    )
    const { sent } = makeWorld(random, makeRuleset(random, 'c'), 128)
    const [moved, born] = [createStore(before!), createStore(after!)]
    hear(moved, sent, before!)
    hear(born, sent, after!)
    const { history, settled } = adoptPlan(moved.history, after!, () => random.shuffle(moved.recent))
    expect(settled).toEqual([])
    expect(JSON.stringify(history.profile)).toBe(JSON.stringify(born.history.profile))
  }
})

test('a plan adopted later carries what both know and fills what is new from the kept events', () => {
  const store = createStore(TOTAL)
  const bought = [view(10, 'purchase'), view(290, 'purchase')]
  hear(store, [...views(0, 300), ...bought].sort(compareEvents), TOTAL)
  const oldest = [...store.recent].sort(compareEvents)[0]!
  expect(store.history.base).not.toBeNull()
  const { history } = adoptPlan(store.history, BOTH, () => store.recent)
  expect(history.profile.signals).toMatchObject({
    'total view_item': { total: 300 },
    'times purchase': { times: [bought[1]!.time / 1000], since: expect.any(Number) },
  })
  const { since } = history.profile.signals['times purchase']!
  const kept = [...store.recent].sort(compareEvents).slice(-128)
  expect(since).toBe(kept[0]!.time / 1000)
  expect(since! * 1000).toBeGreaterThanOrEqual(oldest.time)
})

test('what is watched only since later is absent only after a whole window from then', () => {
  const store = createStore(TOTAL)
  hear(store, views(0, 400), TOTAL)
  const { history } = adoptPlan(store.history, BOTH, () => store.recent)
  const since = history.profile.signals['times purchase']!.since! * 1000
  const compiled = compileDocument(rulesetOf({ absent: 'purchase', within: '30d' }))
  const ask = (now: number) =>
    evaluateSegments(compiled, { profile: history.profile, context: {}, consent: { preferences: true }, now })
      .s
  // Seen for longer than 30 days, but not watched for purchases so long.
  const newest = START + 399 * HOUR
  expect(newest - START).toBeLessThan(30 * DAY)
  expect(ask(START + 31 * DAY)).toEqual({ match: null, until: since + 30 * DAY })
  expect(ask(since + 30 * DAY - 1_000)).toEqual({ match: null, until: since + 30 * DAY })
  expect(ask(since + 30 * DAY)).toEqual({ match: true, until: null })
})

test('a purchase after the adoption is heard, and "since" stays with the signal through folds', () => {
  const store = createStore(TOTAL)
  hear(store, views(0, 400), TOTAL)
  const { history, settled } = adoptPlan(store.history, BOTH, () => store.recent)
  const since = history.profile.signals['times purchase']!.since
  const gone = new Set(settled)
  const recent = store.recent.filter((event) => !gone.has(event))
  const { history: next } = foldEvents(history, [view(500, 'purchase')], BOTH, () => recent)
  expect(next.profile.signals['times purchase']).toEqual({ times: [START / 1000 + 500 * 3_600], since })
})

test('events folded for a new plan are as if the plan had been adopted first', () => {
  for (const size of [50, 200, 400]) {
    const store = createStore(TOTAL)
    hear(store, views(0, size), TOTAL)
    const at = foldEvents(store.history, [view(900), view(5, 'purchase')], BOTH, () => store.recent)
    const adopted = adoptPlan(store.history, BOTH, () => store.recent)
    const recent = store.recent.filter((event) => !adopted.settled.includes(event))
    const after = foldEvents(adopted.history, [view(900), view(5, 'purchase')], BOTH, () => recent)
    expect(at.history).toEqual(after.history)
    expect(at.settled).toEqual([...adopted.settled, ...after.settled])
  }
})

test('traits, first sight and the newest event survive an adoption; signals that nobody needs go', () => {
  const store = createStore(BOTH, START / 1000 - 99)
  hear(store, views(0, 300), BOTH)
  store.history = { ...store.history, profile: { ...store.history.profile, traits: { vip: true } } }
  const { profile } = adoptPlan(store.history, TOTAL, () => store.recent).history
  expect(profile).toEqual({
    version: 1,
    plan: TOTAL.id,
    firstSeen: START / 1000 - 99,
    last: { seconds: START / 1000 + 299 * 3_600, id: view(299).id },
    signals: { 'total view_item': { total: 300 } },
    traits: { vip: true },
  })
})

test('adopting the same plan changes nothing and asks nothing', () => {
  const store = createStore(TOTAL)
  hear(store, views(0, 10), TOTAL)
  const same = adoptPlan(store.history, TOTAL, () => {
    throw new Error('asked')
  })
  expect(same).toEqual({ history: store.history, settled: [] })
})

test('a count that needs more times than were kept goes on from the kept ones', () => {
  const [narrow, wide] = [
    planOf({ count: 'view_item', atLeast: 1 }),
    planOf({ count: 'view_item', atLeast: 20 }),
  ]
  const store = createStore(narrow)
  hear(store, views(0, 300), narrow)
  const { profile } = adoptPlan(store.history, wide, () => store.recent).history
  expect(profile.signals['times view_item']).toMatchObject({ times: { length: 21 } })
})
