import {
  type AttuneEvent,
  applyEvents,
  compareEvents,
  emptyProfile,
  type Folded,
  foldEvents,
  mergeHistories,
  type Profile,
} from '@attune/core'
import { planRuleset } from '@attune/core/publish'
import { describe, expect, test } from 'vitest'
import { createStore, hear, type Store } from './oracle/fold.ts'
import { createRandom, type Random } from './oracle/random.ts'
import { CONDITIONS, makeEvents, PLAN, rulesetOf, START } from './support/every-kind.ts'

const SLOW = { timeout: 60_000 }

function storeOf(events: readonly AttuneEvent[], random?: Random): Store {
  const store = createStore(PLAN)
  const sorted = [...events].sort(compareEvents)
  for (let at = 0; at < sorted.length; at += 30) hear(store, sorted.slice(at, at + 30), PLAN)
  if (random?.chance(0.3)) {
    const firstSeen = START - random.below(100_000)
    const { profile } = store.history
    store.history = {
      ...store.history,
      profile: { ...profile, firstSeen: Math.min(firstSeen, profile.firstSeen ?? firstSeen) },
    }
  }
  return store
}

function withTraits(store: Store, traits: Profile['traits']): Store {
  store.history = { ...store.history, profile: { ...store.history.profile, traits } }
  return store
}

function merge(a: Store, b: Store): Folded {
  return mergeHistories(
    a.history,
    b.history,
    PLAN,
    () => a.recent,
    () => b.recent,
  )
}

function foldAll(events: readonly AttuneEvent[]): Profile {
  return applyEvents(emptyProfile(PLAN), [...events].sort(compareEvents), PLAN)
}

function makeEvent(id: string, at: number, changes: Partial<AttuneEvent> = {}): AttuneEvent {
  return { id, name: 'view_item', time: (START + at) * 1000, properties: {}, ...changes }
}

function makeLong(name: string, count: number, from: number, step = 60): readonly AttuneEvent[] {
  return Array.from({ length: count }, (_, at) =>
    makeEvent(`${name}${at}`, from + at * step, {
      name: ['view_item', 'view_item', 'add_to_cart', 'purchase'][at % 4]!,
      properties: { category: ['hiking', 'rock'][at % 2], value: at },
      ...(at % 7 === 0 ? { context: { utm: { source: `${name}${at}` } } } : {}),
    }),
  )
}

describe('two histories of which all events are kept', () => {
  test('merge into what folding all events into one gives, to the byte', SLOW, () => {
    for (let seed = 1; seed <= 150; seed++) {
      const random = createRandom(seed)
      const [one, other] = [
        makeEvents(random, random.below(128), 'x'),
        makeEvents(random, random.below(128), 'y'),
      ]
      const { profile, base, recentCount } = merge(storeOf(one), storeOf(other)).history
      expect(JSON.stringify(profile), `seed ${seed}`).toBe(JSON.stringify(foldAll([...one, ...other])))
      expect(base).toBeNull()
      expect(recentCount).toBe(one.length + other.length)
    }
  })

  test('count an event that stands in both once', () => {
    const shared = [makeEvent('s', 1), makeEvent('t', 2)]
    const one = storeOf([...shared, makeEvent('a', 3)])
    const other = storeOf([makeEvent('b', 0), ...shared])
    expect(merge(one, other).history.profile).toEqual(
      foldAll([...shared, makeEvent('a', 3), makeEvent('b', 0)]),
    )
  })

  test('keep the earlier of two versions of one id', () => {
    const [early, late] = [makeEvent('s', 1), makeEvent('s', 9, { name: 'purchase' })]
    expect(merge(storeOf([late]), storeOf([early])).history.profile).toEqual(foldAll([early]))
  })

  test('settle the oldest when together they are too many', () => {
    const [one, other] = [makeLong('x', 200, 0), makeLong('y', 200, 30)]
    const { history, settled } = merge(storeOf(one), storeOf(other))
    expect(history.profile).toEqual(foldAll([...one, ...other]))
    expect(history.recentCount).toBe(128)
    expect(settled).toHaveLength(272)
    expect(history.base).toEqual(foldAll(settled))
  })
})

describe('either order', () => {
  test('gives the same history, to the byte', SLOW, () => {
    for (let seed = 1; seed <= 80; seed++) {
      const random = createRandom(seed)
      const sizes = [random.below(500), random.below(500)]
      const shared = makeEvents(random, random.below(5), 's')
      const [one, other] = sizes.map((size, side) =>
        storeOf([...makeEvents(random, size, `${side}-`), ...shared], random),
      ) as [Store, Store]
      const [forth, back] = [merge(one, other), merge(other, one)]
      expect(JSON.stringify(forth.history), `seed ${seed}`).toBe(JSON.stringify(back.history))
      expect(new Set(forth.settled.map(({ id }) => id))).toEqual(new Set(back.settled.map(({ id }) => id)))
    }
  })

  test('gives the same of traits that no event told: those of whoever was seen last', () => {
    const one = withTraits(storeOf([makeEvent('a', 1)]), { vip: true, plan: 'old' })
    const other = withTraits(storeOf([makeEvent('b', 2)]), { plan: 'new' })
    expect(merge(one, other).history.profile.traits).toEqual({ vip: true, plan: 'new' })
    expect(merge(other, one).history.profile.traits).toEqual({ vip: true, plan: 'new' })
  })

  test('gives the same traits for two who were never seen', () => {
    const [one, other] = [withTraits(storeOf([]), { plan: 'a' }), withTraits(storeOf([]), { plan: 'b' })]
    expect(merge(one, other).history.profile).toEqual(merge(other, one).history.profile)
  })
})

describe('histories with bases', () => {
  const [one, other] = [makeLong('x', 600, 0), makeLong('y', 500, 7_000)]
  const all = [...one, ...other]
  const { history, settled } = merge(storeOf(one), storeOf(other))

  test.each(PLAN.keys.filter((key) => !key.startsWith('chain')))('%s is as if folded into one', (key) => {
    expect(history.profile.signals[key]).toEqual(foldAll(all).signals[key])
  })

  test('have the first sight and the newest event of both', () => {
    const { firstSeen, last } = foldAll(all)
    expect(history.profile).toMatchObject({ firstSeen, last })
  })

  test('fold on: the profile is the base and the events after it', () => {
    const stores = [storeOf(one), storeOf(other)] as const
    const gone = new Set(settled.map(({ id }) => id))
    const recent = stores.flatMap((store) => store.recent).filter(({ id }) => !gone.has(id))
    expect(recent).toHaveLength(history.recentCount)
    const fresh = makeEvent('fresh', 10, { name: 'purchase', properties: { value: 5 } })
    const next = foldEvents(history, [fresh], PLAN, () => recent).history.profile
    expect(next.signals['total purchase sum "value"']).toEqual(
      foldAll([...all, fresh]).signals['total purchase sum "value"'],
    )
  })

  test('find the chains of each until the later base, and of both after it', () => {
    const steps = ['view_item', 'add_to_cart', 'purchase']
    const across = steps.map((name, at) => makeEvent(`c${at}`, 100_000 + at, { name }))
    const [left, right] = [storeOf([...one, across[0]!, across[2]!]), storeOf([...other, across[1]!])]
    const key = PLAN.keys.find((name) => name.startsWith('chain - -'))!
    expect(merge(left, right).history.profile.signals[key]).toEqual({
      chains: [
        [START + 100_000, START + 100_000],
        [START + 100_000, START + 100_001],
        [START + 100_000, START + 100_002],
      ],
    })
  })

  test('watch a signal since the later of the two', () => {
    const narrow = planRuleset(rulesetOf({ total: CONDITIONS.total! }))
    const old = createStore(narrow)
    hear(old, one, narrow)
    const whole = storeOf(other)
    const merged = mergeHistories(
      old.history,
      whole.history,
      PLAN,
      () => old.recent,
      () => whole.recent,
    )
    expect(merged.history.profile.signals['times purchase']?.since).toBe(one.at(-128)!.time / 1000)
    expect(merged.history.profile.signals[narrow.keys[0]!]).toEqual(foldAll(all).signals[narrow.keys[0]!])
  })
})

test('a history merged with one of nobody stays what it is', () => {
  const store = withTraits(storeOf(makeLong('x', 300, 0)), { vip: true })
  expect(merge(store, createStore(PLAN)).history).toEqual(store.history)
  expect(merge(createStore(PLAN), store).history).toEqual(store.history)
})
