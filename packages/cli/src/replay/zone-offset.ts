const QUARTER = 15 * 60_000
const MOST_REMEMBERED = 10_000

/** Answers how far local time is ahead of UTC at an instant, in milliseconds. */
export type ZoneOffset = (instant: number) => number

/** The offsets of an IANA zone. Zones change theirs on quarters of an hour, so one answer serves a quarter. */
export function createZoneOffset(timezone: string): ZoneOffset {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const known = new Map<number, number>()

  return (instant) => {
    const quarter = Math.floor(instant / QUARTER)
    const remembered = known.get(quarter)
    if (remembered !== undefined) return remembered
    if (known.size >= MOST_REMEMBERED) known.clear()
    const offset = measure(format, quarter * QUARTER)
    known.set(quarter, offset)
    return offset
  }
}

function measure(format: Intl.DateTimeFormat, instant: number): number {
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]))
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return local - instant
}

/**
 * The instant at which clocks of the zone show `local` (milliseconds as if it were UTC). An hour that clocks pass
 * twice is its first; one that they leap over is counted with the offset before the leap.
 */
export function fromLocal(local: number, offset: ZoneOffset): number {
  const early = local - offset(local - 24 * 3_600_000)
  const late = local - offset(local + 24 * 3_600_000)
  if (offset(early) === local - early) return early
  return offset(late) === local - late ? late : early
}
