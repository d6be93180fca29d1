import { WEEKDAYS, type WhenSpan } from '../condition.ts'
import { instantSeconds } from '../instant.ts'
import { both, either, fact, opposite, type Quantity, SURE } from './formula.ts'
import { EITHER, type NumberSet, span as numbers, YES } from './number-set.ts'
import type { TruthOf } from './truth-of.ts'

const EVER: NumberSet = [[Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]]
const HOURS = 24

/** The instant that is asked about, in seconds. */
export const NOW: Quantity = { key: 'now', domain: EVER }

/** What a span of time comes down to. */
export function whenTruth(span: WhenSpan, home: string): TruthOf {
  const { from, until, hours, weekdays, timezone } = span
  const open = fact(NOW, spanOf(from, until))
  const zone = timezone ?? home
  if (hours === undefined && weekdays === undefined && zone !== 'visitor')
    return { true: open, false: opposite(open) }
  const hour: Quantity = { key: `hour ${zone}`, domain: numbers(0, HOURS * WEEKDAYS.length - 1) }
  const local = fact(hour, weekOf(span))
  const known = zone === 'visitor' ? fact({ key: 'offset', domain: EITHER }, YES) : SURE
  return { true: both(open, known, local), false: either(opposite(open), both(known, opposite(local))) }
}

/** The seconds from one instant to before another. */
export function spanOf(from: string | undefined, until: string | undefined): NumberSet {
  return numbers(
    from === undefined ? Number.NEGATIVE_INFINITY : instantSeconds(from),
    until === undefined ? Number.POSITIVE_INFINITY : instantSeconds(until) - 1,
  )
}

const EVERY_DAY = hoursOf(undefined, undefined)
const remembered = new Map<string, NumberSet>()

// There are few sets of hours, and each takes a while to make.
function weekOf({ hours, weekdays }: WhenSpan): NumberSet {
  if (hours === undefined && weekdays === undefined) return EVERY_DAY
  const key = `${hours} ${weekdays === undefined ? '' : WEEKDAYS.filter((day) => weekdays.includes(day))}`
  const known = remembered.get(key)
  if (known !== undefined) return known
  const among = hoursOf(hours, weekdays)
  if (remembered.size < 1_000) remembered.set(key, among)
  return among
}

// Hours of the week, counted from Monday 00:00.
function hoursOf(hours: WhenSpan['hours'], weekdays: WhenSpan['weekdays']): NumberSet {
  const [start, end] = hours ?? [0, HOURS]
  const isOpen = (hour: number): boolean =>
    start < end ? hour >= start && hour < end : hour >= start || hour < end
  const among: (readonly [number, number])[] = []
  WEEKDAYS.forEach((day, at) => {
    if (weekdays !== undefined && !weekdays.includes(day)) return
    for (let hour = 0; hour < HOURS; hour++) {
      if (!isOpen(hour)) continue
      const place = at * HOURS + hour
      const last = among.at(-1)
      if (last !== undefined && last[1] === place - 1) among[among.length - 1] = [last[0], place]
      else among.push([place, place])
    }
  })
  return among
}
