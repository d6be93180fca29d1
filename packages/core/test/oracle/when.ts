import { type Answer, instant, type Shape, type World } from './world.ts'

const QUARTER = 900
const DAY = 86400
const formats = new Map<string, Intl.DateTimeFormat>()
const offsets = new Map<string, Map<number, number>>()
const hours = new Map<string, readonly number[]>()

/** Answers a `when` at an instant in whole seconds. */
export function askWhen(world: World, span: Shape, now: number): Answer {
  if (span.from !== undefined && now < instant(span.from as string)) return false
  if (span.until !== undefined && now >= instant(span.until as string)) return false
  const offset = offsetOf(world, span, now)
  if (offset === null) return null
  const local = now + offset
  const hour = Math.floor((((local % 86400) + 86400) % 86400) / 3600)
  // 1970-01-01 was a Thursday.
  const day = ['thu', 'fri', 'sat', 'sun', 'mon', 'tue', 'wed'][((Math.floor(local / 86400) % 7) + 7) % 7]!
  if (span.weekdays !== undefined && !(span.weekdays as readonly string[]).includes(day)) return false
  if (span.hours === undefined) return true
  const [from, to] = span.hours as readonly [number, number]
  return from < to ? hour >= from && hour < to : hour >= from || hour < to
}

/** Every instant after `now`, for fifteen days from then and from `from`, at which a `when` may change. */
export function whenInstants(world: World, span: Shape, now: number): readonly number[] {
  const ends = [span.from, span.until].filter((end) => end !== undefined).map((end) => instant(end as string))
  if (span.hours === undefined && span.weekdays === undefined) return ends
  const starts = span.from === undefined ? [now] : [Math.max(now, instant(span.from as string))]
  return [...ends, ...starts.flatMap((start) => localHours(world, span, start))]
}

function localHours(world: World, span: Shape, start: number): readonly number[] {
  if (span.timezone === 'visitor') {
    const offset = offsetOf(world, span, start) ?? 0
    const first = Math.floor((start + offset) / 3600) * 3600 - offset
    return Array.from({ length: 15 * 24 + 1 }, (_, hour) => first + hour * 3600)
  }
  const first = Math.floor(start / DAY)
  return Array.from({ length: 16 }, (_, day) => hoursOfDay(world, span, first + day)).flat()
}

// The instants of a UTC day at which a local hour begins or the offset changes; zones are asked for them once.
function hoursOfDay(world: World, span: Shape, day: number): readonly number[] {
  const key = `${span.timezone ?? world.ruleset.timezone} ${day}`
  const known = hours.get(key)
  if (known !== undefined) return known
  const quarters = Array.from({ length: DAY / QUARTER }, (_, quarter) => day * DAY + quarter * QUARTER)
  const made = quarters.filter((at) => {
    const offset = offsetOf(world, span, at)!
    return (at + offset) % 3600 === 0 || offset !== offsetOf(world, span, at - QUARTER)
  })
  hours.set(key, made)
  return made
}

// Seconds east of UTC. Zones of our years change at quarter hours only, so one answer a quarter hour will do.
function offsetOf({ ruleset, context }: World, span: Shape, now: number): number | null {
  const zone = (span.timezone ?? ruleset.timezone ?? 'UTC') as string
  if (zone === 'visitor') return typeof context.utcOffset === 'number' ? context.utcOffset * 60 : null
  const ofZone = offsets.get(zone) ?? new Map<number, number>()
  offsets.set(zone, ofZone)
  const quarter = Math.floor(now / QUARTER)
  const offset = ofZone.get(quarter) ?? zoneOffset(zone, quarter * QUARTER)
  ofZone.set(quarter, offset)
  return offset
}

function zoneOffset(zone: string, at: number): number {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'medium',
      hourCycle: 'h23',
    })
  formats.set(zone, format)
  const [day, month, year, hour, minute, second] = format
    .format(at * 1000)
    .match(/\d+/g)!
    .map(Number)
  return Date.UTC(year!, month! - 1, day, hour, minute, second) / 1000 - at
}
