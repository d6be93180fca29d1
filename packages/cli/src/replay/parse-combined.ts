/** One request of an access log in the combined format. */
export interface LoggedRequest {
  readonly address: string
  /** Milliseconds since 1970. */
  readonly time: number
  readonly method: string
  /** What was asked for, query included. */
  readonly target: string
  readonly status: number
  /** Empty when there was none. */
  readonly referrer: string
  /** As it was logged: a dash when there was none. */
  readonly userAgent: string
}

// Each quoted part is either plain or an escape, never both: matching takes time linear in the line.
const QUOTED = String.raw`"((?:[^"\\]|\\.)*)"`
const COMBINED = new RegExp(
  String.raw`^(\S+) [^[]*\[([^\]]{26})\] ${QUOTED} ([1-5]\d\d) (?:\d+|-) ${QUOTED} ${QUOTED}`,
)
const REQUEST = /^([A-Z]{3,20}) (\S+)(?: HTTP\/\d(?:\.\d)?)?$/
const STAMP = /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)$/
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Reads a line of Apache's or nginx's `combined` format; fields after it are ignored. `undefined` when it is none. */
export function parseCombined(line: string): LoggedRequest | undefined {
  const [, address, stamp, request, status, referrer, userAgent] = COMBINED.exec(line) ?? []
  if (address === undefined || stamp === undefined || request === undefined) return undefined
  const [, method, target] = REQUEST.exec(request) ?? []
  const time = parseStamp(stamp)
  if (method === undefined || target === undefined || time === undefined) return undefined
  return {
    address,
    time,
    method,
    target,
    status: Number(status),
    referrer: dashAsEmpty(referrer),
    // A dash stays: every browser names itself, so whoever does not is for the collector to judge.
    userAgent: userAgent ?? '-',
  }
}

function parseStamp(stamp: string): number | undefined {
  const [, day, name = '', year, hour, minute, second, sign, zoneHours, zoneMinutes] = STAMP.exec(stamp) ?? []
  const month = MONTHS.indexOf(name)
  if (month < 0) return undefined
  const local = Date.UTC(Number(year), month, Number(day), Number(hour), Number(minute), Number(second))
  const offset = (Number(zoneHours) * 60 + Number(zoneMinutes)) * 60_000
  // 31/Feb and 25:00 roll over in Date.UTC; what does not come back the same is no date.
  const back = new Date(local)
  if (back.getUTCDate() !== Number(day) || back.getUTCHours() !== Number(hour)) return undefined
  return sign === '-' ? local + offset : local - offset
}

function dashAsEmpty(text = ''): string {
  return text === '-' ? '' : text
}
