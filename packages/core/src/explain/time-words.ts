import type { Weekday } from '../condition/condition.ts'
import { WEEKDAYS } from '../condition/condition.ts'
import type { Duration } from '../condition/duration.ts'
import { zoneOffset } from '../match/local-time.ts'
import { joinWords } from './list-words.ts'

const UNITS: { readonly [unit: string]: string } = { m: 'minute', h: 'hour', d: 'day', w: 'week' }
const SPANS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** "7 days", in the unit that it was written in. */
export function durationWords(duration: Duration): string {
  return counted(Number(duration.slice(0, -1)), UNITS[duration.slice(-1)]!)
}

/** " in the last 7 days"; what has no window says nothing. */
export function windowWords(within: Duration | undefined): string {
  if (within === undefined) return ''
  const number = within.slice(0, -1)
  return number === '1' ? ` in the last ${UNITS[within.slice(-1)]}` : ` in the last ${durationWords(within)}`
}

/** A stretch of seconds in its two largest units: "3 days 4 hours". */
export function spanWords(seconds: number): string {
  const first = SPANS.findIndex(([, size]) => seconds >= size)
  if (first < 0) return '0 seconds'
  const [unit, size] = SPANS[first]!
  const rest = SPANS[first + 1]
  const smaller = rest === undefined ? 0 : Math.floor((seconds % size) / rest[1])
  const tail = smaller === 0 ? '' : ` ${counted(smaller, rest![0])}`
  return `${counted(Math.floor(seconds / size), unit)}${tail}`
}

/** "3 December at 10:00" on a zone's clocks; with the year unless it is that of `now`. Seconds in milliseconds. */
export function instantWords(instant: number, timezone: string, now?: number): string {
  const { year, month, day, time } = readClock(instant, timezone)
  const sameYear = now !== undefined && readClock(now, timezone).year === year
  return `${day} ${MONTHS[month]}${sameYear ? '' : ` ${year}`} at ${time}`
}

/** "Saturday, 10:00" on a zone's clocks. */
export function clockWords(instant: number, timezone: string): string {
  const { weekday, time } = readClock(instant, timezone)
  return `${DAYS[(weekday + 6) % 7]}, ${time}`
}

/** "22:00". */
export function hourWords(hour: number): string {
  return `${pad(hour)}:00`
}

/** "on Saturday or Sunday", "from Monday to Friday". */
export function weekdayWords(weekdays: readonly Weekday[]): string {
  const places = [...new Set(weekdays.map((day) => WEEKDAYS.indexOf(day)))].sort((a, b) => a - b)
  const [first, last] = [places[0]!, places.at(-1)!]
  if (places.length > 2 && last - first === places.length - 1) return `from ${DAYS[first]} to ${DAYS[last]}`
  return `on ${joinWords(
    places.map((place) => DAYS[place]!),
    'or',
  )}`
}

/** "1 day", "2 days". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

function readClock(instant: number, timezone: string) {
  const seconds = Math.floor(instant / 1000)
  const local = new Date((seconds + zoneOffset(timezone)(seconds)) * 1000)
  const second = local.getUTCSeconds()
  return {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth(),
    day: local.getUTCDate(),
    weekday: local.getUTCDay(),
    time: `${pad(local.getUTCHours())}:${pad(local.getUTCMinutes())}${second === 0 ? '' : `:${pad(second)}`}`,
  }
}

function pad(number: number): string {
  return String(number).padStart(2, '0')
}
