import { WEEKDAYS, type When, type WhenSpan } from '../condition/condition.ts'
import { instantSeconds } from '../condition/instant.ts'
import { FALSE, TRUE, UNKNOWN } from '../condition/truth.ts'
import { type Reading, rangeReading } from './reading.ts'

/** The axis of the instant at which is decided, in seconds since 1970. */
export const CLOCK = 'now'

const WEEK_HOURS = Array.from({ length: 7 * 24 }, (_, hour) => hour)

/** A time between two instants; either may be missing. */
export function spanReading({ from, until }: Pick<WhenSpan, 'from' | 'until'>): Reading {
  const least = from === undefined ? null : instantSeconds(from)
  const greatest = until === undefined ? null : instantSeconds(until) - 1
  return rangeReading(CLOCK, [least, greatest], { needs: 0 })
}

/** What a `when` asks of the clock, and what of the local hour of the week; both must hold. */
export function whenReadings({ when }: When, timezone: string): readonly Reading[] {
  const hasSpan = when.from !== undefined || when.until !== undefined
  const hasLocal = when.hours !== undefined || when.weekdays !== undefined
  const local = hasLocal || !hasSpan ? [localReading(when, when.timezone ?? timezone)] : []
  return [...(hasSpan ? [spanReading(when)] : []), ...local]
}

function localReading({ hours, weekdays }: WhenSpan, timezone: string): Reading {
  const [from, to] = hours ?? [0, 24]
  const inHours = (hour: number): boolean =>
    from < to ? hour >= from && hour < to : hour >= from || hour < to
  const days = new Set(weekdays?.map((day) => WEEKDAYS.indexOf(day)))
  return {
    axis: `local ${timezone}`,
    points: WEEK_HOURS,
    test: (hour) => {
      if (typeof hour !== 'number') return UNKNOWN
      const passes = inHours(hour % 24) && (days.size === 0 || days.has(Math.floor(hour / 24)))
      return passes ? TRUE : FALSE
    },
    // A visitor's own zone is not always known.
    mayMiss: timezone === 'visitor',
    needs: 0,
  }
}
