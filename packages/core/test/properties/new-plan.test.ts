import {
  type AttuneEvent,
  type Condition,
  compareEvents,
  evaluateSegments,
  type Profile,
  type Ruleset,
} from '@attune/core'
import { compileDocument, planRuleset } from '@attune/core/publish'
import { expect, test } from 'vitest'
import { prepare } from '../oracle/ask.ts'
import { compileChecked } from '../oracle/cases.ts'
import { checkSegments } from '../oracle/check-case.ts'
import { createStore, hear } from '../oracle/fold.ts'
import { makeRuleset } from '../oracle/make-ruleset.ts'
import { EVENTS, makeTextTest, makeWhere, WINDOWS } from '../oracle/make-tests.ts'
import { makeNow, makeWorld } from '../oracle/make-world.ts'
import { createRandom, type Random } from '../oracle/random.ts'
import { type Shape, visible, type World } from '../oracle/world.ts'

const SLOW = { timeout: 120_000 }

/** A history that was folded for one ruleset and went on, somewhere on its way, under another. */
function foldUnderBoth(
  random: Random,
  events: readonly AttuneEvent[],
  before: Ruleset,
  { ruleset, firstSeen, traits }: World,
): Profile {
  const [old, plan] = [planRuleset(before), planRuleset(ruleset)]
  const store = createStore(old, firstSeen)
  const turn = random.below(events.length + 1)
  for (let at = 0; at < turn; at += 40) hear(store, events.slice(at, Math.min(turn, at + 40)), old)
  for (let at = turn; at < events.length; at += 40) hear(store, events.slice(at, at + 40), plan)
  hear(store, [], plan)
  return { ...store.history.profile, traits }
}

test('while all events are kept, a new plan answers as if it had always been', SLOW, () => {
  let cases = 0
  for (let seed = 1; seed <= 300; seed++) {
    const random = createRandom(seed)
    const before = makeRuleset(random, 'before')
    const ruleset = makeRuleset(random, 'after')
    const compiled = compileChecked(ruleset)
    if (compiled === undefined) continue
    const made = makeWorld(random, ruleset, 120)
    const now = makeNow(random, made.world)
    const world = { ...made.world, events: visible(made.world, now) }
    const heard = random.shuffle(made.sent.filter(({ time }) => Math.floor(time / 1000) <= now))
    const profile = foldUnderBoth(random, heard, before, world)
    const [wrong] = checkSegments({ seed, world, compiled, profile, now }, random)
    expect(JSON.stringify(wrong, null, 1)).toBeUndefined()
    cases++
  }
  expect(cases).toBeGreaterThan(250)
})

/** Conditions of which what is not known any more can take away, never add. */
const CAUTIOUS: { readonly [name: string]: (random: Random, event: string, where: Shape) => Shape } = {
  count: (random, count, where) => ({
    count,
    ...where,
    within: random.pick(WINDOWS),
    atLeast: 1 + random.below(4),
  }),
  ring: (random) => ({
    count: 'view_item',
    within: random.pick(['1w', '30d']),
    atLeast: 32 + random.below(9),
  }),
  total: (random, count) => ({ count, atLeast: 1 + random.below(80) }),
  distinct: (random) => ({
    distinct: 'view_item',
    of: 'category',
    within: random.pick(WINDOWS),
    atLeast: 1 + random.below(4),
  }),
  absent: (random, absent, where) => ({ absent, ...where, within: random.pick(WINDOWS) }),
  last: (random, since, where) => ({ since, ...where, atMost: random.pick(WINDOWS) }),
  long: (random, since, where) => ({ since, ...where, atLeast: random.pick(WINDOWS) }),
  first: (random, since, where) => ({ since, ...where, which: 'first', atLeast: random.pick(WINDOWS) }),
  unfinished: (random, unfinished) => ({
    unfinished,
    without: random.pick(EVENTS),
    for: '1m',
    within: '30d',
  }),
  sequence: (random, event) => ({
    sequence: [{ event }, { event: random.pick(EVENTS) }],
    unless: random.pick(EVENTS),
    within: random.pick(WINDOWS),
  }),
  regular: (random, regular, where) => ({
    regular,
    ...where,
    period: 'day',
    atLeast: 1 + random.below(3),
    ofLast: 7,
  }),
  touch: (random) => ({ touch: 'last', of: 'utm.source', ...makeTextTest(random) }),
}

function makeCautious(random: Random): Ruleset['segments'] {
  const made = Object.entries(CAUTIOUS).map(([name, make]) => {
    const event = random.pick(EVENTS)
    const when = make(random, event, makeWhere(random, event))
    return [name, { when: when as unknown as Condition }] as const
  })
  return Object.fromEntries(made)
}

test('a new plan on a long history never says yes where the whole history says no', SLOW, () => {
  const yes: Record<string, number> = {}
  for (let seed = 1; seed <= 120; seed++) {
    const random = createRandom(seed)
    const { experiences: _, ...base } = makeRuleset(random, 'before')
    const before = { ...base, segments: random.chance(0.5) ? makeCautious(random)! : base.segments! }
    const ruleset = { ...base, segments: makeCautious(random)! }
    const made = makeWorld(random, ruleset, 400)
    const now = Math.max(...made.world.events.map(({ at }) => at), 0) + random.below(3 * 86400)
    const profile = foldUnderBoth(random, [...made.sent].sort(compareEvents), before, made.world)
    const { world } = made
    const question = { profile, context: {}, consent: world.consent, now: now * 1000 }
    for (const [name, { match }] of Object.entries(evaluateSegments(compileDocument(ruleset), question))) {
      const { when } = ruleset.segments[name]!
      const truth = prepare(world, when).at(now)
      if (match === true) yes[name] = (yes[name] ?? 0) + 1
      if (match === true && truth !== true) expect({ seed, name, when, match, truth }).toBeUndefined()
    }
  }
  for (const name of Object.keys(CAUTIOUS)) expect([name, (yes[name] ?? 0) > 3]).toEqual([name, true])
})
