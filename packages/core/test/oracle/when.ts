import { type Answer, instant, type World } from './world.ts'

interface Span {
  readonly [key: string]: unknown
}

const QUARTER = 900
const formats = new Map<string, Intl.DateTimeFormat>()
const offsets = new Map<string, Map<number, number>>()

/** Answers a `when` at an instant in whole seconds. */
export function askWhen(world: World, span: Span, now: number): Answer {
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
export function whenInstants(world: World, span: Span, now: number): readonly number[] {
  const ends = [span.from, span.until].filter((end) => end !== undefined).map((end) => instant(end as string))
  if (span.hours === undefined && span.weekdays === undefined) return ends
  const starts = span.from === undefined ? [now] : [Math.max(now, instant(span.from as string))]
  return [...ends, ...starts.flatMap((start) => localHours(world, span, start))]
}

function localHours(world: World, span: Span, start: number): readonly number[] {
  const hours: number[] = []
  if (span.timezone === 'visitor') {
    const offset = offsetOf(world, span, start) ?? 0
    const first = Math.floor((start + offset) / 3600) * 3600 - offset
    for (let hour = 0; hour <= 15 * 24; hour++) hours.push(first + hour * 3600)
    return hours
  }
  const first = Math.floor(start / QUARTER) * QUARTER
  for (let at = first; at <= first + 15 * 86400; at += QUARTER) {
    const offset = offsetOf(world, span, at)!
    if ((at + offset) % 3600 === 0 || offset !== offsetOf(world, span, at - QUARTER)) hours.push(at)
  }
  return hours
}

// Seconds east of UTC. Zones of our years change at quarter hours only, so one answer a quarter hour will do.
function offsetOf({ ruleset, context }: World, span: Span, now: number): number | null {
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
