import type { AttuneEvent, Condition, Sequence, SignalState } from '@attune/core'
import { describe, expect, test } from 'vitest'
import { createRandom, type Random } from './oracle/random.ts'
import { keptFor, makeEvent, named } from './support/fold-one.ts'

describe('a chain', () => {
  const steps = (...events: readonly string[]) => events.map((event) => ({ event }))
  const chain = (changes: object, ...events: readonly string[]): Condition => ({
    sequence: steps(...events),
    ...changes,
  })

  test('is the latest of each step', () => {
    const events = named('a', 'a', 'b', 'a', 'b', 'a')
    expect(keptFor(chain({}, 'a', 'b'), events)).toEqual({
      chains: [
        [5, 5],
        [3, 4],
      ],
    })
  })

  test('takes one step with one event, though it matches several', () => {
    expect(keptFor(chain({}, 'a', 'a', 'a'), named('a', 'a'))).toEqual({ chains: [[1, 1], [0, 1], null] })
  })

  test('goes over events that are no step of it', () => {
    expect(keptFor(chain({}, 'a', 'b'), named('a', 'x', 'c', 'b'))).toEqual({
      chains: [
        [0, 0],
        [0, 3],
      ],
    })
  })

  test('orders events of one second by id', () => {
    const [first, second] = [makeEvent('1', 5, { name: 'b' }), makeEvent('2', 5, { name: 'a' })]
    expect(keptFor(chain({}, 'a', 'b'), [first, second])).toEqual({ chains: [[5, 5], null] })
    expect(keptFor(chain({}, 'b', 'a'), [first, second])).toEqual({
      chains: [
        [5, 5],
        [5, 5],
      ],
    })
  })

  test('goes on after exactly the gap, and not a second later', () => {
    const at = (seconds: number) => [makeEvent('1', 0, { name: 'a' }), makeEvent('2', seconds, { name: 'b' })]
    expect(keptFor(chain({ gap: '1m' }, 'a', 'b'), at(60))).toEqual({
      chains: [
        [0, 0],
        [0, 60],
      ],
    })
    expect(keptFor(chain({ gap: '1m' }, 'a', 'b'), at(61))).toEqual({ chains: [[0, 0], null] })
  })

  test('stays when a later beginning is too far from its next step', () => {
    const events = [
      makeEvent('1', 0, { name: 'a' }),
      makeEvent('2', 30, { name: 'b' }),
      makeEvent('3', 100, { name: 'b' }),
      makeEvent('4', 110, { name: 'c' }),
    ]
    expect(keptFor(chain({ gap: '1m' }, 'a', 'b', 'c'), events)).toEqual({ chains: [[0, 0], [0, 30], null] })
  })

  test('is broken by an event that must not come between, as long as it is not whole', () => {
    const broken = chain({ unless: 'x' }, 'a', 'b', 'c')
    expect(keptFor(broken, named('a', 'b', 'x', 'c'))).toEqual({ chains: [null, null, null] })
    expect(keptFor(broken, named('a', 'b', 'c', 'x'))).toEqual({ chains: [null, null, [0, 2]] })
  })

  test('may begin or end with the event that must not come between', () => {
    expect(keptFor(chain({ unless: 'x' }, 'x', 'b'), named('x', 'b'))).toEqual({
      chains: [
        [0, 0],
        [0, 1],
      ],
    })
    expect(keptFor(chain({ unless: 'x' }, 'a', 'x'), named('a', 'x'))).toEqual({ chains: [null, [0, 1]] })
  })

  test('is broken by a middle step that must not come between', () => {
    expect(keptFor(chain({ unless: 'x' }, 'a', 'x', 'c'), named('a', 'x', 'c'))).toEqual({
      chains: [null, null, null],
    })
  })

  test('begun in the same second before the event that must not come between is broken', () => {
    const events = [makeEvent('1', 5, { name: 'a' }), makeEvent('2', 5, { name: 'x' })]
    expect(keptFor(chain({ unless: 'x' }, 'a', 'b'), events)).toEqual({ chains: [null, null] })
  })

  test('takes no step with an event older than the newest', () => {
    const late = [makeEvent('2', 10, { name: 'b' }), makeEvent('1', 0, { name: 'a' })]
    expect(keptFor(chain({}, 'a', 'b'), late, true)).toEqual({ chains: [null, null] })
  })

  test('asks each step its own filter', () => {
    const hiking = { event: 'view_item', where: { category: 'hiking' } }
    const events = [makeEvent('1', 0, { properties: { category: 'hiking' } }), makeEvent('2', 1)]
    expect(keptFor({ sequence: [hiking, { event: 'view_item' }] }, events)).toEqual({
      chains: [
        [0, 0],
        [0, 1],
      ],
    })
    expect(keptFor({ sequence: [{ event: 'view_item' }, hiking] }, events)).toEqual({
      chains: [[1, 1], null],
    })
  })
})

test('whenever some chain of events is whole, the last step knows when the latest of them ended', () => {
  let whole = 0
  for (let seed = 1; seed <= 8_000; seed++) {
    const random = createRandom(seed)
    const sequence = makeSequence(random)
    const events = makeSteps(random)
    const end = latestEnd(sequence, events)
    if (end !== null) whole++
    expect(endOf(keptFor(sequence, events)), `seed ${seed}`).toBe(end)
  }
  expect(whole).toBeGreaterThan(1_000)
})

const NAMES = ['a', 'b', 'x']

function makeSequence(random: Random): Sequence {
  return {
    sequence: Array.from({ length: 2 + random.below(3) }, () => ({ event: random.pick(NAMES) })),
    ...(random.chance(0.5) ? { gap: `${1 + random.below(4)}m` } : {}),
    ...(random.chance(0.5) ? { unless: random.pick(NAMES) } : {}),
  }
}

/** Up to ten events in order, some in one second, the others minutes apart. */
function makeSteps(random: Random): readonly AttuneEvent[] {
  let seconds = 0
  return Array.from({ length: random.below(11) }, (_, at) => {
    seconds += random.below(3) * 60
    return makeEvent(String(at), seconds, { name: random.pick(NAMES) })
  })
}

function endOf(state: SignalState | undefined): number | null {
  return state !== undefined && 'chains' in state ? (state.chains.at(-1)?.[1] ?? null) : null
}

/** Tries every chain of events. */
function latestEnd({ sequence, gap, unless }: Sequence, events: readonly AttuneEvent[]): number | null {
  const longest = gap === undefined ? Number.POSITIVE_INFINITY : Number.parseInt(gap, 10) * 60_000
  const ends: number[] = []
  const goOn = (chain: readonly number[]): void => {
    const [first = 0, last = -1] = [chain[0], chain.at(-1)]
    const step = sequence[chain.length]
    if (step === undefined) {
      const between = events.slice(first + 1, last)
      if (!between.some(({ name }) => name === unless)) ends.push(events[last]!.time / 1000)
      return
    }
    for (let at = last + 1; at < events.length; at++) {
      const isNear = last < 0 || events[at]!.time - events[last]!.time <= longest
      if (events[at]!.name === step.event && isNear) goOn([...chain, at])
    }
  }
  goOn([])
  return ends.length === 0 ? null : Math.max(...ends)
}
