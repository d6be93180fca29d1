import type { Attr, ConsentCondition, When, WhenSpan } from '../condition/condition.ts'
import { type Instant, instantSeconds } from '../condition/instant.ts'
import type { Purpose } from '../consent/purpose.ts'
import { pathWords } from './name-words.ts'
import { hourWords, instantWords, weekdayWords } from './time-words.ts'
import { testWords } from './value-words.ts'

const VISITOR: { readonly [path: string]: string } = {
  'visitor.known': 'known',
  'visitor.returning': 'back after an earlier visit',
}

/** "the country is GB or IE". */
export function sayAttr(condition: Attr, isDenied: boolean): string {
  const { attr, is, isNot = is } = condition
  const state = Object.hasOwn(VISITOR, attr) ? VISITOR[attr] : undefined
  if (state === undefined || typeof isNot !== 'boolean')
    return `${pathWords(attr)} ${testWords(condition, isDenied)}`
  const asked = is === undefined ? !isNot : isNot
  return `the visitor is ${asked === isDenied ? 'not ' : ''}${state}`
}

/** "is in the segment “High purchase intent”". */
export function saySegment(key: string, label: string | undefined, isDenied: boolean): string {
  return `is ${isDenied ? 'not ' : ''}in the segment “${label ?? key}”`
}

const PURPOSES: { readonly [purpose in Purpose]: string } = {
  functional: 'what the site needs to work',
  preferences: 'preferences',
  'statistics-anonymous': 'anonymous statistics',
  statistics: 'statistics',
  marketing: 'marketing',
}

/** What a purpose is called after "allowed". */
export function purposeWords(purpose: Purpose): string {
  return PURPOSES[purpose]
}

/** "allowed marketing". */
export function sayConsent({ consent }: ConsentCondition, isDenied: boolean): string {
  return `${isDenied ? 'did not allow' : 'allowed'} ${purposeWords(consent)}`
}

/** "it is between 22:00 and 06:00 on Saturday or Sunday (Europe/London)"; instants are told in the ruleset's zone. */
export function sayWhen({ when }: When, timezone: string, isDenied: boolean): string {
  const { hours, weekdays, timezone: zone = timezone } = when
  const isWholeDay = hours === undefined || (hours[0] === 0 && hours[1] === 24)
  const local = [
    ...(isWholeDay ? [] : [`between ${hourWords(hours[0])} and ${hourWords(hours[1])}`]),
    ...(weekdays === undefined ? [] : [weekdayWords(weekdays)]),
  ].join(' ')
  const span = spanOf(when, timezone)
  if (local === '') return sayOnlySpan(when, span, timezone, isDenied)
  const it = isDenied ? 'it is not' : 'it is'
  if (span === '') return `${it} ${local}${zoneWords(zone)}`
  const place = zone === timezone ? '' : zoneWords(zone)
  return `${it} ${local}${place}, ${span}${zoneWords(timezone)}`
}

function spanOf({ from, until }: WhenSpan, timezone: string): string {
  if (from === undefined) return until === undefined ? '' : `before ${at(until, timezone)}`
  return until === undefined
    ? `from ${at(from, timezone)} on`
    : `from ${at(from, timezone)} until ${at(until, timezone)}`
}

function sayOnlySpan({ from, until }: WhenSpan, span: string, timezone: string, isDenied: boolean): string {
  if (from === undefined && until === undefined) return isDenied ? 'it is never' : 'it is any time'
  if (from !== undefined && until !== undefined)
    return `it is ${isDenied ? 'not ' : ''}${span}${zoneWords(timezone)}`
  const isBefore = (until !== undefined) !== isDenied
  const instant = at(from ?? until ?? '', timezone)
  return `it is ${isBefore ? `before ${instant}` : `${instant} or later`}${zoneWords(timezone)}`
}

function at(instant: Instant, timezone: string): string {
  return instantWords(instantSeconds(instant) * 1000, timezone)
}

function zoneWords(zone: string): string {
  return ` (${zone === 'visitor' ? 'the visitor’s own time' : zone})`
}
