import type { Condition } from '@attune/core'
import { describe, test } from 'vitest'
import { makeTree } from '../oracle/make-condition.ts'
import type { Random } from '../oracle/random.ts'
import { expectHeld } from './expect-held.ts'

const SLOW = { timeout: 120_000 }

describe('combinators', () => {
  const children = (random: Random) =>
    Array.from({ length: 2 + random.below(4) }, () => makeTree(random, [], 1))

  test('not not a condition is the condition, until and all', SLOW, () => {
    expectHeld(
      (random) => {
        const once = makeTree(random, [], 2)
        return { once, twice: { not: { not: once } } }
      },
      ({ once, twice }) => once!.match === twice!.match && once!.until === twice!.until,
    )
  })

  test('children in another order answer the same', SLOW, () => {
    expectHeld(
      (random) => {
        const [of, mixed] = [children(random)].flatMap((list) => [list, random.shuffle(list)])
        const atLeast = 1 + random.below(of!.length)
        return {
          all: { all: of! },
          all2: { all: mixed! },
          any: { any: of! },
          any2: { any: mixed! },
          some: { atLeast, of: of! },
          some2: { atLeast, of: mixed! },
        }
      },
      (answers) =>
        ['all', 'any', 'some'].every((name) => answers[name]!.match === answers[`${name}2`]!.match),
    )
  })

  test('all, any and atLeast say each other by counting and by negation', SLOW, () => {
    expectHeld(
      (random) => {
        const of = children(random)
        const none = of.map((child): Condition => ({ not: child }))
        const n = 1 + random.below(of.length)
        return {
          all: { all: of },
          allCounted: { atLeast: of.length, of },
          allDenied: { not: { any: none } },
          any: { any: of },
          anyCounted: { atLeast: 1, of },
          anyDenied: { not: { all: none } },
          some: { atLeast: n, of },
          someCounted: { not: { atLeast: of.length - n + 1, of: none } },
          someDenied: { not: { not: { atLeast: n, of } } },
        }
      },
      (answers) =>
        ['all', 'any', 'some'].every((name) => {
          const { match } = answers[name]!
          return answers[`${name}Counted`]!.match === match && answers[`${name}Denied`]!.match === match
        }),
    )
  })

  test('a segment answers what its condition answers', SLOW, () => {
    expectHeld(
      (random) => ({ once: makeTree(random, [], 2), again: { segment: 'once' } }),
      ({ once, again }) => once!.match === again!.match && once!.until === again!.until,
    )
  })
})
