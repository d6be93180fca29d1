import { describe, expect, test } from 'vitest'
import { answers, type Heard } from './by-hand.ts'

describe('sequence and funnel', () => {
  const bought = [{ event: 'view' }, { event: 'cart' }, { event: 'purchase' }]

  test('different events took the steps in order, each within the gap', () => {
    const chain = { sequence: bought, gap: '1m' }
    expect(
      answers(
        chain,
        [
          ['view', 0],
          ['cart', 60],
          ['purchase', 120],
        ],
        [120],
      ),
    ).toEqual([true])
    expect(
      answers(
        chain,
        [
          ['view', 0],
          ['cart', 61],
          ['purchase', 62],
        ],
        [120],
      ),
    ).toEqual([false])
    expect(
      answers(
        chain,
        [
          ['cart', 0],
          ['view', 1],
          ['purchase', 2],
        ],
        [120],
      ),
    ).toEqual([false])
    const twice = { sequence: [{ event: 'view' }, { event: 'view' }] }
    expect(answers(twice, [['view', 0]], [9])).toEqual([false])
    expect(
      answers(
        twice,
        [
          ['view', 0],
          ['view', 0],
        ],
        [9],
      ),
    ).toEqual([true])
  })

  test('an earlier start may reach further than a later one', () => {
    // The second view lies too far from nothing: cart 50 follows view 0 only.
    const chain = { sequence: bought, gap: '1m' }
    const heard: readonly Heard[] = [
      ['view', 0],
      ['cart', 50],
      ['view', 55],
      ['purchase', 100],
    ]
    expect(answers(chain, heard, [100])).toEqual([true])
  })

  test('the last step lies in (now − within, now]', () => {
    const chain = { sequence: bought.slice(0, 2), within: '1m' }
    const heard: readonly Heard[] = [
      ['view', 0],
      ['cart', 1000],
    ]
    expect(answers(chain, heard, [1000, 1059, 1060])).toEqual([true, true, false])
  })

  test('an unless between first and last breaks the chain, as a middle step too, but not as an end', () => {
    const chain = { sequence: bought, unless: 'cart' }
    expect(
      answers(
        chain,
        [
          ['view', 0],
          ['cart', 1],
          ['purchase', 2],
        ],
        [9],
      ),
    ).toEqual([false])
    const ends = { sequence: bought.slice(0, 2), unless: 'cart' }
    expect(
      answers(
        ends,
        [
          ['view', 0],
          ['cart', 1],
        ],
        [9],
      ),
    ).toEqual([true])
    expect(
      answers(
        ends,
        [
          ['view', 0],
          ['cart', 1],
          ['cart', 2],
        ],
        [9],
      ),
    ).toEqual([true])
    const begins = { sequence: bought.slice(1), unless: 'cart' }
    expect(
      answers(
        begins,
        [
          ['cart', 1],
          ['cart', 2],
          ['purchase', 3],
        ],
        [9],
      ),
    ).toEqual([true])
    expect(
      answers(
        ends,
        [
          ['view', 0],
          ['secret', 1],
          ['cart', 2],
        ],
        [9],
      ),
    ).toEqual([true])
    const apart = { sequence: bought.slice(0, 2), unless: 'purchase' }
    expect(
      answers(
        apart,
        [
          ['view', 0],
          ['purchase', 0],
          ['cart', 0],
        ],
        [9],
      ),
    ).toEqual([false])
    expect(
      answers(
        apart,
        [
          ['purchase', 0],
          ['view', 0],
          ['cart', 0],
          ['purchase', 0],
        ],
        [9],
      ),
    ).toEqual([true])
  })

  test('the furthest stage whose last step is in the window', () => {
    const heard: readonly Heard[] = [
      ['view', 0],
      ['cart', 1],
      ['purchase', 2],
      ['view', 1800],
    ]
    const asked = (stage: string) =>
      answers({ funnel: 'checkout', stage }, heard, [1800, 3601, 3602, 5399, 5400])
    expect(asked('bought')).toEqual([true, true, false, false, false])
    expect(asked('chosen')).toEqual([false, false, false, false, false])
    expect(asked('seen')).toEqual([false, false, true, true, false])
    const reached = (stage: string) =>
      answers({ funnel: 'checkout', reached: stage }, heard, [1800, 5399, 5400])
    expect(reached('seen')).toEqual([true, true, false])
    expect(reached('chosen')).toEqual([true, false, false])
  })
})
