import {
  type AttuneEvent,
  compareEvents,
  createSealKeys,
  decodeToken,
  encodeToken,
  evaluateSegments,
  type Profile,
  type SignalPlan,
} from '@attune/core'
import { compileDocument, planRuleset } from '@attune/core/publish'
import { expect, test } from 'vitest'
import { createStore, foldAll, hear, profileOf } from './fold.ts'
import { makeRuleset } from './make-ruleset.ts'
import { makeNow, makeWorld } from './make-world.ts'
import { createRandom, type Random } from './random.ts'
import { scaled } from './scale.ts'
import { withTellings } from './tellings.ts'
import { visible, type World } from './world.ts'

const keys = createSealKeys('a secret of the tests long enough to seal')

/** Runs `each` for visitors of chance and answers the seeds of those for whom it is false. */
function failing(
  seeds: number,
  most: number,
  each: (random: Random, world: World, sent: readonly AttuneEvent[], plan: SignalPlan) => boolean,
): readonly number[] {
  return Array.from({ length: seeds }, (_, at) => at + 1).filter((seed) => {
    const random = createRandom(seed)
    const ruleset = makeRuleset(random, 'r')
    const { world, sent } = makeWorld(random, ruleset, most)
    return !each(random, world, sent, planRuleset(ruleset))
  })
}

function foldInOrder(world: World, sent: readonly AttuneEvent[], plan: SignalPlan): Profile {
  const store = createStore(plan, world.firstSeen)
  for (const event of [...withTellings(world, sent)].sort(compareEvents)) hear(store, [event], plan)
  return profileOf(store, world)
}

/** Shuffles events within blocks, so that none moves further than a block is long. */
function shuffleBlocks(
  random: Random,
  events: readonly AttuneEvent[],
  length: number,
): readonly AttuneEvent[] {
  const blocks = Array.from({ length: Math.ceil(events.length / length) }, (_, at) =>
    events.slice(at * length, (at + 1) * length),
  )
  return blocks.flatMap((block) => random.shuffle(block))
}

test('128 events in any order, in any batches, some twice, give the same bytes', { timeout: 60_000 }, () => {
  const wrong = failing(scaled(400), 128, (random, world, sent, plan) => {
    const wanted = JSON.stringify(foldInOrder(world, sent, plan))
    const orders = [random.shuffle(sent), [...sent].reverse(), random.shuffle(sent)]
    return orders.every((order) => JSON.stringify(foldAll(random, world, order, plan)) === wanted)
  })
  expect(wrong).toEqual([])
})

test('300 events, the last 100 in any order, give the same bytes', { timeout: 60_000 }, () => {
  const wrong = failing(scaled(100), 0, (random, world, _sent, plan) => {
    const sorted = longHistory(random, world)
    const wanted = JSON.stringify(foldInOrder(world, sorted, plan))
    const late = [...sorted.slice(0, 200), ...random.shuffle(sorted.slice(200))]
    const jumbled = shuffleBlocks(random, sorted, 60)
    return [late, jumbled].every((order) => JSON.stringify(foldAll(random, world, order, plan)) === wanted)
  })
  expect(wrong).toEqual([])
})

function longHistory(random: Random, world: World): readonly AttuneEvent[] {
  const events: AttuneEvent[] = []
  for (let turn = 0; events.length < 300; turn++) {
    const more = makeWorld(random, world.ruleset, 60).sent.map((event) => ({
      ...event,
      id: `${event.id}-${turn}`,
    }))
    events.push(...more)
  }
  return events.slice(0, 300).sort(compareEvents)
}

test('a profile that travelled in a token answers the same', { timeout: 60_000 }, () => {
  let carried = 0
  const wrong = failing(scaled(800), 40, (random, world, sent) => {
    const compiled = compileDocument(world.ruleset)
    const issuedAt = makeNow(random, world)
    const heard = sent.filter(({ time }) => Math.floor(time / 1000) <= issuedAt)
    const profile = foldAll(random, { ...world, events: visible(world, issuedAt) }, heard, compiled.plan)
    const owner = { site: 'shop', visitor: world.visitor }
    const token = encodeToken(keys, owner, compiled, { profile, issuedAt, utcOffset: null })
    if (token === undefined) return true
    carried++
    const now = issuedAt + random.pick([0, 0, 1, 60, 3_600, 86_399])
    const read = decodeToken(keys, owner, compiled, token, now)
    const answer = (from: Profile) =>
      JSON.stringify(
        evaluateSegments(compiled, {
          profile: from,
          context: world.context,
          consent: world.consent,
          now: now * 1000,
        }),
      )
    return read !== undefined && answer(read.profile) === answer(profile)
  })
  expect(wrong).toEqual([])
  expect(carried).toBeGreaterThan(scaled(600) - 1)
})
