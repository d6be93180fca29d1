const DAY = 86_400

/** How many seconds a zone lies east of UTC at a second since 1970. */
export type ZoneOffset = (seconds: number) => number

// There are some 600 zones and aliases; when more names than that came, most were made up.
const MAX_ZONES = 700

const offsets = new Map<string, ZoneOffset>()

/** The offset of an IANA zone, from the host's own table of zones; summer time included. Throws for an unknown zone. */
export function zoneOffset(timezone: string): ZoneOffset {
  const known = offsets.get(timezone)
  if (known !== undefined) return known
  const offset = timezone === 'UTC' ? () => 0 : createZoneOffset(timezone)
  if (offsets.size >= MAX_ZONES) offsets.clear()
  offsets.set(timezone, offset)
  return offset
}

/** Tells whether the host knows a zone by this name. */
export function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return /^[A-Za-z]/.test(name)
  } catch {
    return false
  }
}

function createZoneOffset(timezone: string): ZoneOffset {
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
  return (seconds) => {
    const part: { [type: string]: number } = {}
    for (const { type, value } of format.formatToParts(seconds * 1000)) part[type] = Number(value)
    const local = Date.UTC(part.year!, part.month! - 1, part.day!, part.hour!, part.minute!, part.second!)
    return local / 1000 - seconds
  }
}

/** The local second of the day, 0 to 86,399. */
export function secondOfDay(local: number): number {
  return ((local % DAY) + DAY) % DAY
}

/** The local weekday, 0 for Monday. 1970-01-01 was a Thursday. */
export function weekdayOf(local: number): number {
  return (((Math.floor(local / DAY) + 3) % 7) + 7) % 7
}

/** The first second after `from`, and not after `to`, at which the zone's offset differs. */
export function offsetChange(offset: ZoneOffset, from: number, to: number): number {
  const before = offset(from)
  let same = from
  let other = to
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2)
    if (offset(middle) === before) same = middle
    else other = middle
  }
  return other
}
