const INSTANT =
  /^([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})$/

/**
 * An instant with a zone, as RFC 3339 writes it, for example `2026-12-01T00:00:00Z`.
 * @format date-time
 * @examples ["2026-12-01T00:00:00Z"]
 */
export type Instant = string

/** Reads an instant as whole seconds since 1970 (fractions are floored), or `undefined` when it is none. */
export function parseInstant(value: unknown): number | undefined {
  const parts = typeof value === 'string' ? INSTANT.exec(value) : null
  if (parts === null) return undefined
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return undefined
  if (hour > 23 || minute > 59 || second > 59) return undefined
  const offset = zoneSeconds(parts[7] as string)
  return offset === undefined
    ? undefined
    : daysSince1970(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second - offset
}

/** Seconds of an instant that was checked before. */
export function instantSeconds(instant: Instant): number {
  const seconds = parseInstant(instant)
  if (seconds === undefined)
    throw new Error(`[core] instantSeconds: ${instant} is no instant. Check the ruleset first.`)
  return seconds
}

function zoneSeconds(zone: string): number | undefined {
  if (zone === 'Z' || zone === 'z') return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = Number(zone.slice(4, 6))
  if (hours > 23 || minutes > 59) return undefined
  return (zone[0] === '-' ? -1 : 1) * (hours * 3_600 + minutes * 60)
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

// Days from 1970-01-01 in the proleptic Gregorian calendar; March-based years put the leap day last.
function daysSince1970(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}
