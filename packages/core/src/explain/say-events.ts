import type {
  Absent,
  Avg,
  Count,
  Distinct,
  Max,
  Min,
  Regular,
  Since,
  Sum,
  Unfinished,
} from '../condition/condition.ts'
import type { Duration } from '../condition/duration.ts'
import { type BoundWords, compareWords, isNone, PLAIN, TIMES } from './comparison-words.ts'
import { eventWords } from './event-words.ts'
import { propertiesWords, propertyWords } from './name-words.ts'
import { counted, durationWords, windowWords } from './time-words.ts'
import { whereInsert, whereWords } from './where-words.ts'

/** "viewed an item at least 3 times in the last 7 days". */
export function sayCount(condition: Count, isDenied: boolean): string {
  const { count, where, within } = condition
  const { past, base } = eventWords(count)
  const window = windowWords(within) || ' so far'
  if (isNone(condition, isDenied)) return `did not ${base}${whereWords(where)}${window}`
  const often = isNone(condition, !isDenied) ? 'at least once' : compareWords(condition, isDenied, TIMES)
  return `${past}${whereInsert(where)} ${often}${window}`
}

/** "viewed an item with at least 3 different item ids in the last 7 days". */
export function sayDistinct(condition: Distinct, isDenied: boolean): string {
  const { distinct, of, where, within } = condition
  const values = compareWords(condition, isDenied, {
    ...TIMES,
    bound: (value) => `${value} different ${value === 1 ? propertyWords(of) : propertiesWords(of)}`,
  })
  return `${eventWords(distinct).past}${whereInsert(where)} with ${values}${windowWords(within) || ' so far'}`
}

const AGGREGATES = { sum: 'total', avg: 'average', min: 'lowest', max: 'highest' } as const

/** "the total value of all purchases in the last 90 days is at least 100". */
export function sayAggregate(condition: Sum | Avg | Min | Max, isDenied: boolean): string {
  const [take, event] = takenOf(condition)
  const { of, where, within } = condition
  const filter = where === undefined ? '' : `,${whereInsert(where)}`
  const over = `all ${eventWords(event).many}${windowWords(within) || ' so far'}${filter}`
  return `the ${AGGREGATES[take]} ${propertyWords(of)} of ${over} is ${compareWords(condition, isDenied, PLAIN)}`
}

/** What an aggregate takes, and of which event. */
export function takenOf(
  condition: Sum | Avg | Min | Max,
): readonly [take: keyof typeof AGGREGATES, event: string] {
  if ('sum' in condition) return ['sum', condition.sum]
  if ('avg' in condition) return ['avg', condition.avg]
  return 'min' in condition ? ['min', condition.min] : ['max', condition.max]
}

/** "did not buy in the last 30 days and was known all that time". */
export function sayAbsent({ absent, where, within }: Absent, isDenied: boolean): string {
  const { past, base } = eventWords(absent)
  if (isDenied) return `${past}${whereWords(where)}${windowWords(within)}`
  return `did not ${base}${whereWords(where)}${windowWords(within)} and was known all that time`
}

// Bounds are said in the unit that they were written in.
const AGES: BoundWords<Duration> = {
  bound: durationWords,
  lower: lowerAge,
  less: 'less',
  other: 'less or more than',
}

/** "last bought at least 30 days ago". */
export function saySince(condition: Since, isDenied: boolean): string {
  const { since, where, which = 'last' } = condition
  const ago = compareWords(condition, isDenied, AGES)
  return `${which} ${eventWords(since).past}${whereInsert(where)} ${ago} ago`
}

/** "last added to the cart between 24 hours and 30 days ago, and did not buy since". */
export function sayUnfinished(condition: Unfinished, isDenied: boolean): string {
  const { unfinished, where, without } = condition
  const { past, base } = eventWords(unfinished)
  const between = `between ${lowerAge(condition.for, condition.within)} and ${durationWords(condition.within)} ago`
  const begun = `${isDenied ? `did not last ${base}` : `last ${past}`}${whereInsert(where)} ${between}`
  const { past: finished, base: finish } = eventWords(without)
  return isDenied ? `${begun}, or ${finished} since` : `${begun}, and did not ${finish} since`
}

/** "viewed a page on at least 3 of the last 7 days". */
export function sayRegular({ regular, where, period, atLeast, ofLast }: Regular, isDenied: boolean): string {
  const { past, base } = eventWords(regular)
  const into = period === 'day' ? 'on' : 'in'
  if (atLeast === 1) {
    const last =
      ofLast === 1
        ? period === 'day'
          ? ' today'
          : ' this week'
        : ` ${into} any of the last ${ofLast} ${period}s`
    return `${isDenied ? `did not ${base}` : past}${whereWords(where)}${last} (UTC)`
  }
  const all = `the last ${counted(ofLast, period)} (UTC)`
  const least =
    atLeast === ofLast && !isDenied
      ? `each of ${all}`
      : `${isDenied ? 'fewer than' : 'at least'} ${atLeast} of ${all}`
  return `${past}${whereInsert(where)} ${into} ${least}`
}

function lowerAge(lower: Duration, upper: Duration): string {
  return lower.slice(-1) === upper.slice(-1) ? lower.slice(0, -1) : durationWords(lower)
}
