import { inRing, matching, ringTurns } from './matching.ts'
import { bounds, compare } from './values.ts'
import { type Asked, inOrder, member, type Shape, seconds, type World, windowOf } from './world.ts'

/** How often an event happened. */
export function askCount(world: World, shape: Shape): Asked {
  const events = matching(world, shape.count, shape.where)
  const window = windowOf(shape)
  const isRing = window !== Number.POSITIVE_INFINITY && Math.max(...bounds(shape).map(Number)) > 31
  if (isRing)
    return {
      at: (now) => compare(inRing(events, window, now).length, shape),
      turns: () => ringTurns(events, window),
    }
  return {
    at: (now) => compare(events.filter(({ at }) => at > now - window).length, shape),
    turns: () => events.map(({ at }) => at + window),
  }
}

/** How many different values a property had. */
export function askDistinct(world: World, shape: Shape): Asked {
  const events = matching(world, shape.distinct, shape.where)
  const window = windowOf(shape)
  const held = events
    .map(({ at, properties }) => ({ at, value: member(properties, shape.of as string) }))
    .filter(({ value }) => ['string', 'number', 'boolean'].includes(typeof value))
  return {
    at: (now) => {
      const recent = held.filter(({ at }) => at > now - window)
      return compare(new Set(recent.map(({ value }) => value)).size, shape)
    },
    turns: () => held.map(({ at }) => at + window),
  }
}

/** It did not happen in the window, which was observed. */
export function askAbsent(world: World, shape: Shape): Asked {
  const events = matching(world, shape.absent, shape.where)
  const window = windowOf(shape)
  const seen = Math.min(world.firstSeen ?? Number.POSITIVE_INFINITY, ...world.events.map(({ at }) => at))
  return {
    at: (now) => {
      if (events.some(({ at }) => at > now - window)) return false
      return seen <= now - window ? true : null
    },
    turns: () => [seen, ...events.map(({ at }) => at)].map((at) => at + window),
  }
}

/** The time passed since the first or last event. */
export function askSince(world: World, shape: Shape): Asked {
  const events = matching(world, shape.since, shape.where)
  const event = shape.which === 'first' ? events[0] : events.at(-1)
  if (event === undefined) return { at: () => null, turns: () => [] }
  return {
    at: (now) => compare(now - event.at, shape, seconds),
    turns: () => bounds(shape).flatMap((bound) => [event.at + seconds(bound), event.at + seconds(bound) + 1]),
  }
}

/** Something begun lies a while back, and nothing finished it. */
export function askUnfinished(world: World, shape: Shape): Asked {
  const last = matching(world, shape.unfinished, shape.where).at(-1)
  if (last === undefined) return { at: () => false, turns: () => [] }
  const finished = matching(world, shape.without, undefined).some((event) => inOrder(event, last) > 0)
  const [wait, window] = [seconds(shape.for), windowOf(shape)]
  return {
    at: (now) => !finished && last.at > now - window && last.at <= now - wait,
    turns: () => [last.at + wait, last.at + window],
  }
}

const DAY = 86400

/** Active in enough of the last periods. */
export function askRegular(world: World, shape: Shape): Asked {
  const events = matching(world, shape.regular, shape.where)
  const isWeek = shape.period === 'week'
  // The third day before 1970 was a Monday.
  const periodOf = (at: number) =>
    isWeek ? Math.floor((Math.floor(at / DAY) + 3) / 7) : Math.floor(at / DAY)
  const startOf = (period: number) => (isWeek ? period * 7 - 3 : period) * DAY
  const periods = [...new Set(events.map(({ at }) => periodOf(at)))]
  const n = shape.ofLast as number
  return {
    at: (now) => periods.filter((period) => period > periodOf(now) - n).length >= (shape.atLeast as number),
    turns: () => periods.map((period) => startOf(period + n)),
  }
}
