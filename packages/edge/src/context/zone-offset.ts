// There are some 600 zones and aliases; when more names than that came, most were made up.
const MAX_ZONES = 700

const formats = new Map<string, Intl.DateTimeFormat>()

/** Minutes east of UTC in an IANA zone at an instant (milliseconds); `undefined` for an unknown zone. */
export function zoneOffsetMinutes(timezone: string | undefined, now: number): number | undefined {
  if (timezone === undefined) return undefined
  try {
    // Ends in "GMT", "GMT+05:30" or "GMT-03:00".
    const [, sign, hours, minutes] = /GMT(?:(.)(\d\d):(\d\d))?$/.exec(findFormat(timezone).format(now))!
    return sign === undefined ? 0 : Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes))
  } catch {
    return undefined
  }
}

function findFormat(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
  if (formats.size >= MAX_ZONES) formats.clear()
  formats.set(timeZone, format)
  return format
}
