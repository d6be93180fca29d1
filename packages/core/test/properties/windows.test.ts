import type { Condition } from '@attune/core'
import { describe, expect, test } from 'vitest'
import type { Conditions } from '../oracle/cases-asked.ts'
import { EVENTS, makeWhere, PRICED, WINDOWS } from '../oracle/make-tests.ts'
import type { Random } from '../oracle/random.ts'
import type { Shape } from '../oracle/world.ts'
import { expectHeld } from './expect-held.ts'

const SLOW = { timeout: 120_000 }

describe('a wider window', () => {
  const where = (random: Random, event: string) => makeWhere(random, event)
  const n = (random: Random) => (random.chance(0.1) ? 28 + random.below(8) : 1 + random.below(5))

  /** Each of a narrower and a wider window; what was true in the narrow one stays true. */
  const GROWING: { readonly [kind: string]: (random: Random) => (within: string) => Shape } = {
    count: (random) => {
      const event = random.pick(EVENTS)
      const rest = { ...where(random, event), atLeast: n(random) }
      return (within) => ({ count: event, ...rest, within })
    },
    distinct: (random) => {
      const rest = {
        of: random.pick(['item_id', 'category']),
        ...where(random, 'view_item'),
        atLeast: 1 + random.below(5),
      }
      return (within) => ({ distinct: 'view_item', ...rest, within })
    },
    max: (random) => {
      const event = random.pick(PRICED)
      const rest = { of: 'price', ...where(random, event), atLeast: random.pick([0, 1, 50]) }
      return (within) => ({ max: event, ...rest, within })
    },
    min: (random) => {
      const event = random.pick(PRICED)
      const rest = { of: 'price', ...where(random, event), atMost: random.pick([0, 1, 50]) }
      return (within) => ({ min: event, ...rest, within })
    },
    sequence: (random) => {
      const steps = [random.pick(EVENTS), random.pick(EVENTS)].map((event) => ({
        event,
        ...where(random, event),
      }))
      return (within) => ({ sequence: steps, within })
    },
    unfinished: (random) => {
      const event = random.pick(EVENTS)
      const rest = { ...where(random, event), without: random.pick(EVENTS), for: WINDOWS[0]! }
      return (within) => ({ unfinished: event, ...rest, within })
    },
  }

  function makePair(random: Random, make: (within: string) => Shape): Conditions {
    const wide = 2 + random.below(WINDOWS.length - 2)
    const narrow = 1 + random.below(wide - 1)
    const [a, b] = [narrow, wide].map((at) => make(WINDOWS[at]!))
    return { narrow: a as unknown as Condition, wide: b as unknown as Condition }
  }

  test.each(Object.keys(GROWING))('of %s never loses what a narrower one held', SLOW, (kind) => {
    let held = 0
    expectHeld(
      (random) => makePair(random, GROWING[kind]!(random)),
      ({ narrow, wide }) => {
        if (narrow!.match === true) held++
        return narrow!.match !== true || wide!.match === true
      },
    )
    expect(held).toBeGreaterThan(20)
  })

  test('of absent holds no more than a narrower one', SLOW, () => {
    expectHeld(
      (random) => {
        const event = random.pick(EVENTS)
        const rest = where(random, event)
        return makePair(random, (within) => ({ absent: event, ...rest, within }))
      },
      ({ narrow, wide }) => wide!.match !== true || narrow!.match === true,
    )
  })

  test('of regular, more periods, never loses what fewer held', SLOW, () => {
    expectHeld(
      (random) => {
        const ofLast = 2 + random.below(20)
        const rest = {
          regular: random.pick(EVENTS),
          period: random.pick(['day', 'week'] as const),
          atLeast: 2,
        }
        return { narrow: { ...rest, ofLast }, wide: { ...rest, ofLast: ofLast + 1 + random.below(30) } }
      },
      ({ narrow, wide }) => narrow!.match !== true || wide!.match === true,
    )
  })
})
