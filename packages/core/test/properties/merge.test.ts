import { type AttuneEvent, mergeHistories, type Profile, type SignalPlan } from '@attune/core'
import { expect, test } from 'vitest'
import { compileChecked } from '../oracle/cases.ts'
import { checkSegments } from '../oracle/check-case.ts'
import { createStore, hear, type Store } from '../oracle/fold.ts'
import { makeRuleset } from '../oracle/make-ruleset.ts'
import { makeNow, makeWorld } from '../oracle/make-world.ts'
import { createRandom, type Random } from '../oracle/random.ts'
import { withTellings } from '../oracle/tellings.ts'
import { visible, type World } from '../oracle/world.ts'

const RULESETS = 300
/** All of them are kept beside a profile, so that merging loses nothing. */
const MOST_EVENTS = 120

/** One device: it hears its events in batches of chance. */
function listen(random: Random, events: readonly AttuneEvent[], plan: SignalPlan, firstSeen?: number): Store {
  const store = createStore(plan, firstSeen)
  const order = random.shuffle(events)
  for (let at = 0; at < order.length; at += 40) hear(store, order.slice(at, at + 40), plan)
  return store
}

function merge(a: Store, b: Store, plan: SignalPlan): Profile {
  const { history } = mergeHistories(
    a.history,
    b.history,
    plan,
    () => a.recent,
    () => b.recent,
  )
  return history.profile
}

/** A visitor's events on two devices, some heard on both, and both ways of merging them. */
function mergeBothWays(random: Random, world: World, heard: readonly AttuneEvent[], plan: SignalPlan) {
  const place = new Map(heard.map(({ id }) => [id, random.pick(['one', 'one', 'other', 'other', 'both'])]))
  const of = (name: string) => heard.filter(({ id }) => [name, 'both'].includes(place.get(id)!))
  const one = listen(random, of('one'), plan, world.firstSeen)
  const other = listen(random, of('other'), plan)
  return [merge(one, other, plan), merge(other, one, plan)] as const
}

test('one person on two devices is merged into what the page says of all events, either way', {
  timeout: 120_000,
}, () => {
  let cases = 0
  for (let seed = 1; seed <= RULESETS; seed++) {
    const random = createRandom(seed)
    const ruleset = makeRuleset(random, `r${seed}`)
    const compiled = compileChecked(ruleset)
    if (compiled === undefined) continue
    const made = makeWorld(random, ruleset, MOST_EVENTS)
    const now = makeNow(random, made.world)
    const heard = made.sent.filter(({ time }) => Math.floor(time / 1000) <= now)
    const world = { ...made.world, events: visible(made.world, now) }
    const told = withTellings(world, heard)
    const [merged, reversed] = mergeBothWays(random, world, told, compiled.plan)
    expect(JSON.stringify(reversed)).toBe(JSON.stringify(merged))
    const profile = heard.length === 0 ? { ...merged, traits: world.traits } : merged
    expect(profile.traits).toEqual(world.traits)
    const [wrong] = checkSegments({ seed, world, compiled, profile, now }, random)
    expect(JSON.stringify(wrong, null, 1)).toBeUndefined()
    cases++
  }
  expect(cases).toBeGreaterThan(RULESETS * 0.9)
})
