import type { TimeMapping } from './mapping.ts'
import { createZoneOffset, fromLocal } from './zone-offset.ts'

/** Reads a time as it is written in a file: milliseconds since 1970, or `undefined`. */
export type ReadTime = (text: string) => number | undefined

const ISO =
  /^(?<yyyy>\d{4})-(?<MM>\d\d)-(?<dd>\d\d)(?:[T ](?<HH>\d\d):(?<mm>\d\d)(?::(?<ss>\d\d)(?:\.(?<fraction>\d{1,9}))?)?)?(?<zone>Z|[+-]\d\d:?\d\d)?$/
const UNITS: { readonly [format: string]: number } = { seconds: 1000, milliseconds: 1 }
const FIELDS = ['yyyy', 'MM', 'dd', 'HH', 'mm', 'ss']
const MAX_TIME = 8.64e15

/** Tells whether a mapping may name `format`. */
export function isTimeFormat(format: unknown): boolean {
  if (typeof format !== 'string' || format.length > 64) return false
  if (format === 'iso' || Object.hasOwn(UNITS, format)) return true
  const times = (field: string): number => format.split(field).length - 1
  return FIELDS.every((field, at) => times(field) === 1 || (at > 2 && times(field) === 0))
}

/** Tells whether `timezone` is a zone this machine knows. */
export function isTimezone(timezone: unknown): boolean {
  try {
    return typeof timezone === 'string' && Boolean(new Intl.DateTimeFormat('en', { timeZone: timezone }))
  } catch {
    return false
  }
}

/** Makes the reader of a column's times. Rows beside each other often share one, so the last is remembered. */
export function createReadTime({ format = 'iso', timezone = 'UTC' }: TimeMapping): ReadTime {
  const unit = UNITS[format]
  const read =
    unit === undefined
      ? createReadLocal(format === 'iso' ? ISO : patternOf(format), timezone)
      : readNumber(unit)
  let lastText = ''
  let last: number | undefined
  return (text) => {
    if (text !== lastText) {
      last = read(text)
      lastText = text
    }
    return last
  }
}

function readNumber(unit: number): ReadTime {
  return (text) => {
    const time = /^\d{1,16}(?:\.\d{1,9})?$/.test(text) ? Math.floor(Number(text) * unit) : Number.NaN
    return time <= MAX_TIME ? time : undefined
  }
}

function createReadLocal(pattern: RegExp, timezone: string): ReadTime {
  const offset = createZoneOffset(timezone)
  return (text) => {
    const parts = pattern.exec(text)?.groups
    const local = parts === undefined ? undefined : localOf(parts)
    if (parts === undefined || local === undefined) return undefined
    const milliseconds = Number((parts.fraction ?? '').padEnd(3, '0').slice(0, 3))
    const instant = parts.zone === undefined ? fromLocal(local, offset) : local - zoneOf(parts.zone)
    return instant + milliseconds >= 0 ? instant + milliseconds : undefined
  }
}

function localOf(parts: { readonly [field: string]: string | undefined }): number | undefined {
  const [year, month, day, hour, minute, second] = FIELDS.map((field) => Number(parts[field] ?? 0))
  const local = Date.UTC(year!, month! - 1, day!, hour!, minute!, second!)
  // 31 February and 25 o'clock roll over in Date.UTC: what does not come back the same is no time.
  const back = new Date(local)
  const isSame =
    back.getUTCFullYear() === year &&
    back.getUTCMonth() === month! - 1 &&
    back.getUTCDate() === day &&
    back.getUTCHours() === hour &&
    back.getUTCMinutes() === minute
  return isSame ? local : undefined
}

function zoneOf(zone: string): number {
  if (zone === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000
}

// `dd/MM/yyyy HH:mm` as a pattern; a field takes one digit as well, as spreadsheets write 1/12/2010.
function patternOf(format: string): RegExp {
  const source = format.replaceAll(/yyyy|MM|dd|HH|mm|ss|[^A-Za-z0-9]/g, (part) => {
    if (part === 'yyyy') return '(?<yyyy>\\d{4})'
    return FIELDS.includes(part) ? `(?<${part}>\\d{1,2})` : `\\${part}`
  })
  return new RegExp(`^${source}$`)
}
