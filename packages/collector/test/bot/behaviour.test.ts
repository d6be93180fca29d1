import { describe, expect, test } from 'vitest'
import { type Behaviour, type BehaviourEvent, createBehaviour } from '../../src/bot/create-behaviour.ts'
import { createChance, createRandomBytes } from '../random.ts'

const NOON = Date.UTC(2026, 10, 22, 12)
const SECOND = 1_000
const MINUTE = 60_000
const HOUR = 60 * MINUTE

const makeBehaviour = (visitors?: number): Behaviour =>
  createBehaviour({ visitors, randomBytes: createRandomBytes(1) })

/** Events of one name, so far apart (milliseconds). */
function makeEvents(name: string, count: number, gap: (at: number) => number): BehaviourEvent[] {
  let time = NOON
  return Array.from({ length: count }, (_, at) => {
    time += gap(at)
    return { name, time }
  })
}

function lastTime(events: readonly BehaviourEvent[]): number {
  return events.at(-1)?.time ?? NOON
}

/** Judges events one by one; which was the first that gave it away, and why. */
function judgeEach(events: readonly BehaviourEvent[], behaviour = makeBehaviour(), asksSigns = false) {
  const at = events.findIndex((event) => behaviour.judge('v', [event], asksSigns, event.time) !== undefined)
  return { at, reason: behaviour.judge('v', [], asksSigns, lastTime(events)) }
}

describe('a program is found', () => {
  test('that views 120 pages in a minute', () => {
    expect(judgeEach(makeEvents('page_view', 200, (at) => 400 + ((at * 37) % 200)))).toEqual({
      at: expect.any(Number),
      reason: 'rate',
    })
  })

  test('that clicks faster than hands, within 25 clicks', () => {
    const found = judgeEach(makeEvents('select_content', 100, () => 20))
    expect(found.reason).toBe('timing')
    expect(found.at).toBeLessThan(25)
  })

  test('that clicks 8 times a second for minutes', () => {
    const chance = createChance(3)
    expect(judgeEach(makeEvents('add_to_cart', 1_500, () => 80 + 90 * chance())).reason).toBe('rate')
  })

  test('that views pages as evenly as a clock', () => {
    expect(judgeEach(makeEvents('page_view', 60, () => 10 * SECOND)).reason).toBe('timing')
  })

  test('that turns pages faster than they can be read', () => {
    expect(judgeEach(makeEvents('page_view', 60, (at) => 50 + ((at * 71) % 190))).reason).toBe('timing')
  })

  test('that never scrolls, points or looks, where others do', () => {
    const behaviour = makeBehaviour()
    behaviour.judge(
      'people',
      makeEvents('scroll', 100, () => 100),
      true,
      NOON,
    )
    const chance = createChance(5)
    const pages = makeEvents('page_view', 40, () => 3 * SECOND + 30 * SECOND * chance())
    expect(judgeEach(pages, behaviour, true)).toEqual({ at: 29, reason: 'no-focus' })
  })

  test('whatever the batches and their order', () => {
    const events = makeEvents('select_content', 50, () => 20)
    const whole = makeBehaviour().judge('v', [...events].reverse(), false, lastTime(events))
    expect(whole).toBe('timing')
  })

  test('each time alike', () => {
    const chance = createChance(7)
    const events = makeEvents('page_view', 300, () => 2 * SECOND * chance())
    expect(judgeEach(events)).toEqual(judgeEach(events))
  })
})

describe('of 40 simulated rapid clickers', () => {
  test('every one is found, and none of 400 people who click in anger', () => {
    let programs = 0
    let people = 0
    for (let seed = 0; seed < 440; seed++) {
      const chance = createChance(seed)
      const isProgram = seed < 40
      // People manage bursts of up to 12 clicks a second, for some seconds.
      const gap = isProgram ? () => 5 + 40 * chance() : () => 75 + 120 * chance()
      const clicks = makeEvents('select_content', isProgram ? 200 : 80, gap)
      if (judgeEach(clicks).reason === undefined) continue
      if (isProgram) programs++
      else people++
    }
    expect({ programs, people }).toEqual({ programs: 40, people: 0 })
  })
})

describe('a person is not', () => {
  test('who opens twenty tabs at once', () => {
    expect(judgeEach(makeEvents('page_view', 20, () => 15)).at).toBe(-1)
  })

  test('who presses one button that does forty things', () => {
    expect(judgeEach(makeEvents('add_to_cart', 40, () => 0)).at).toBe(-1)
  })

  test('who reads page after page without consent to what would show it', () => {
    const behaviour = makeBehaviour()
    behaviour.judge(
      'people',
      makeEvents('scroll', 100, () => 100),
      true,
      NOON,
    )
    const chance = createChance(11)
    expect(
      judgeEach(
        makeEvents('page_view', 200, () => 60 * SECOND * chance()),
        behaviour,
        false,
      ).at,
    ).toBe(-1)
  })

  test('where the site sends no signs of a person at all', () => {
    const chance = createChance(13)
    const pages = makeEvents('page_view', 200, () => 60 * SECOND * chance())
    expect(judgeEach(pages, makeBehaviour(), true).at).toBe(-1)
  })

  test('who browses for an hour and scrolls now and then', () => {
    for (let seed = 0; seed < 100; seed++) {
      const chance = createChance(seed)
      const pages = makeEvents('page_view', 300, () => 500 - 20_000 * Math.log(1 - chance()))
      const events = pages.flatMap((page, at) =>
        at % 5 === 0 ? [page, { name: 'scroll', time: page.time + 300 }] : [page],
      )
      expect([seed, judgeEach(events).at]).toEqual([seed, -1])
    }
  })
})

describe('a verdict', () => {
  const clicks = makeEvents('select_content', 50, () => 20)

  test('holds for a day after the last batch, and no longer', () => {
    const behaviour = makeBehaviour()
    expect(behaviour.judge('v', clicks, false, NOON)).toBe('timing')
    expect(behaviour.judge('v', [], false, NOON + 23 * HOUR)).toBe('timing')
    expect(behaviour.judge('v', [], false, NOON + 23 * HOUR + 24 * HOUR + 1)).toBeUndefined()
  })

  test('is about one visitor', () => {
    const behaviour = makeBehaviour()
    behaviour.judge('v', clicks, false, NOON)
    expect(behaviour.judge('w', [], false, NOON)).toBeUndefined()
  })
})

test('more visitors than are remembered drive out those seen longest ago, and a place is handed on clean', () => {
  const behaviour = makeBehaviour(64)
  const clicks = makeEvents('select_content', 50, () => 20)
  behaviour.judge('program', clicks, false, NOON)
  for (let at = 0; at < 1_000; at++) {
    expect(
      behaviour.judge(`person ${at}`, [{ name: 'page_view', time: NOON + at }], false, NOON + 1 + at),
    ).toBe(undefined)
  }
  expect(behaviour.judge('program', [], false, NOON + MINUTE)).toBeUndefined()
})

test('more visitors than memory is meant for are refused', () => {
  expect(() => makeBehaviour(2 ** 21)).toThrow('Remember between 1 and 1048576')
})
