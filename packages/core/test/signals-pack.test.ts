import {
  applyEvents,
  type Condition,
  compareEvents,
  emptyProfile,
  evaluateSegments,
  type Profile,
} from '@attune/core'
import { compileDocument } from '@attune/core/publish'
import { describe, expect, test } from 'vitest'
import { packProfile, unpackProfile } from '../src/profile/pack-profile.ts'
import { createRandom } from './oracle/random.ts'
import { CONDITIONS, makeEvents, RULESET, rulesetOf, START } from './support/every-kind.ts'

const COMPILED = compileDocument(RULESET)

/** A profile as it is after the way through a token. */
function carried(profile: Profile, at: number, compiled = COMPILED): Profile {
  const packed = JSON.parse(JSON.stringify(packProfile(profile, compiled.plan, at)))
  const unpacked = unpackProfile(packed, compiled.plan, at)
  if (unpacked === undefined) throw new Error('The profile came back as none.')
  return unpacked
}

function answersOf(profile: Profile, now: number, compiled = COMPILED) {
  return evaluateSegments(compiled, { profile, context: {}, consent: { preferences: true }, now: now * 1000 })
}

test('a profile that travelled in a token gives the same answers then and later', { timeout: 60_000 }, () => {
  for (let seed = 1; seed <= 400; seed++) {
    const random = createRandom(seed)
    const events = [...makeEvents(random, random.below(120))].sort(compareEvents)
    const profile = applyEvents(emptyProfile(COMPILED.plan), events, COMPILED.plan)
    const at = Math.max(START, profile.last?.seconds ?? 0) + random.pick([0, 0, 1, 59, 3_600, 90_000])
    const now = at + random.pick([0, 1, 60, 3_600, 80_000])
    expect(answersOf(carried(profile, at), now), `seed ${seed}`).toEqual(answersOf(profile, now))
  }
})

test('the worlds above hold a true and a false answer of each kind', () => {
  const seen = new Map(Object.keys(CONDITIONS).map((key) => [key, new Set<boolean | null>()]))
  for (let seed = 1; seed <= 400; seed++) {
    const random = createRandom(seed)
    const events = [...makeEvents(random, random.below(120))].sort(compareEvents)
    const profile = applyEvents(emptyProfile(COMPILED.plan), events, COMPILED.plan)
    const now = Math.max(START, profile.last?.seconds ?? 0) + random.pick([0, 3_600, 90_000])
    for (const [key, { match }] of Object.entries(answersOf(profile, now))) seen.get(key)?.add(match)
  }
  const lacking = [...seen].filter(([, answers]) => !answers.has(true) || !answers.has(false))
  expect(lacking.map(([key]) => key)).toEqual([])
})

describe('what travels', () => {
  const packedFor = (condition: Condition, seed: number) => {
    const compiled = compileDocument(rulesetOf({ s: condition }))
    const events = [...makeEvents(createRandom(seed), 100)].sort(compareEvents)
    const profile = applyEvents(emptyProfile(compiled.plan), events, compiled.plan)
    const at = profile.last!.seconds
    return {
      state: profile.signals[compiled.plan.keys[0]!],
      packed: packProfile(profile, compiled.plan, at)[3],
    }
  }

  test('of a chain are the ages of its ends', () => {
    const compiled = compileDocument(rulesetOf({ s: { funnel: 'checkout', reached: 'conversion' } }))
    const names = ['view_item', 'add_to_cart', 'view_item']
    const events = names.map((name, at) => ({ id: `${at}`, name, time: at * 1000, properties: {} }))
    const profile = applyEvents(emptyProfile(compiled.plan), events, compiled.plan)
    expect(packProfile(profile, compiled.plan, 10)[3]).toEqual([[[8, 9]]])
    expect(carried(profile, 10, compiled).signals[compiled.plan.keys[0]!]).toEqual({
      chains: [[2, 2], [1, 1], null],
    })
  })

  test('of a chain that ended this second is an age of 0', () => {
    const compiled = compileDocument(rulesetOf({ s: { funnel: 'checkout', reached: 'consideration' } }))
    const event = { id: 'a', name: 'view_item', time: 10_000, properties: {} }
    const profile = applyEvents(emptyProfile(compiled.plan), [event], compiled.plan)
    expect(packProfile(profile, compiled.plan, 10)[3]).toEqual([[[0]]])
  })

  test('of a touch are the values, the last only when it is another', () => {
    const { packed, state } = packedFor({ touch: 'first', of: 'utm.source', is: 'x' }, 2)
    const { first, last } = state as { first: { value: string }; last: { value: string } }
    expect(packed).toEqual([first.value === last.value ? [first.value] : [first.value, last.value]])
  })

  test('of periods are bits', () => {
    const compiled = compileDocument(
      rulesetOf({ s: { regular: 'view_item', period: 'day', atLeast: 1, ofLast: 60 } }),
    )
    const days = [0, 1, 29, 30, 59]
    const events = days.map((day) => ({
      id: `${day}`,
      name: 'view_item',
      time: day * 86_400_000,
      properties: {},
    }))
    const profile = applyEvents(emptyProfile(compiled.plan), events, compiled.plan)
    const at = 61 * 86_400
    expect(packProfile(profile, compiled.plan, at)[3]).toEqual([
      [[2, 1 | (1 << 29), 1 | (1 << 28) | (1 << 29)]],
    ])
    expect(carried(profile, at, compiled).signals).toEqual(profile.signals)
  })

  test('of skipped values is nothing', () => {
    const { packed, state } = packedFor({ sum: 'view_item', of: 'value', atLeast: 1 }, 2)
    const { total, skipped } = state as { total: number; skipped: number }
    expect(skipped).toBeGreaterThan(0)
    expect(packed).toEqual([[total]])
  })

  test('of a signal that heard nothing is a 0', () => {
    const nobody = emptyProfile(COMPILED.plan)
    expect(packProfile(nobody, COMPILED.plan, START)[3]).toEqual(COMPILED.plan.keys.map(() => 0))
    expect(carried(nobody, START)).toEqual(nobody)
  })

  test.each(['min', 'max'])('of a %s tells 0 from nothing', (take) => {
    const condition = { [take]: 'purchase', of: 'value', atLeast: 1 } as unknown as Condition
    const compiled = compileDocument(rulesetOf({ s: condition }))
    const event = { id: 'a', name: 'purchase', time: 0, properties: { value: 0 } }
    const profile = applyEvents(emptyProfile(compiled.plan), [event], compiled.plan)
    expect(carried(profile, 10, compiled).signals[compiled.plan.keys[0]!]).toEqual({ total: 0 })
  })

  test('of every kind is since when it is watched', () => {
    const empty = emptyProfile(COMPILED.plan)
    const signals = Object.fromEntries(
      Object.entries(empty.signals).map(([key, state]) => [key, { ...state, since: START - 5 }]),
    )
    expect(carried({ ...empty, signals }, START).signals).toEqual(signals)
  })
})
