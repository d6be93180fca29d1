import type { Where } from '../condition/where.ts'
import type { Ruleset } from '../ruleset/ruleset.ts'
import type { Change, EventChange, TimeChange } from './change.ts'
import { eventWords } from './event-words.ts'
import { joinWords } from './list-words.ts'
import { nameWords, pathWords, propertiesWords, propertyWords } from './name-words.ts'
import { purposeWords } from './say-moments.ts'
import { instantWords } from './time-words.ts'
import { testWordsIf, valueWords } from './value-words.ts'
import { whereWords } from './where-words.ts'

/** What would come to be, in the order in which it does: "with one more view of hiking, on 3 December at 10:00". */
export function changesWords(changes: readonly Change[], ruleset: Ruleset, now: number): string {
  const what = changes.flatMap((change) => (change.by === 'time' ? [] : [changeWords(change)]))
  const when = changes.flatMap((change) => (change.by === 'time' ? [onInstant(change, ruleset, now)] : []))
  const done = what.length === 0 ? [] : [joinWords(what, 'and')]
  return (changes[0]?.by === 'time' ? [...when, ...done] : [...done, ...when]).join(', ')
}

/** "With one more view of hiking it would match." "It will match on 3 December at 10:00 if nothing happens." */
export function counterfactualWords(
  changes: readonly Change[],
  wanted: boolean,
  ruleset: Ruleset,
  now: number,
): string {
  const last = changes.at(-1)
  const isAwaited = last?.by === 'time'
  const when = isAwaited ? ` ${onInstant(last, ruleset, now)}` : ''
  if (changes.length === 1 && isAwaited)
    return `It will ${wanted ? 'match' : 'stop matching'}${when} if nothing happens.`
  const words = changesWords(isAwaited ? changes.slice(0, -1) : changes, ruleset, now)
  return `${words[0]!.toUpperCase()}${words.slice(1)} it would ${wanted ? '' : 'no longer '}match${when}.`
}

function onInstant({ at }: TimeChange, { timezone = 'UTC' }: Ruleset, now: number): string {
  return `on ${instantWords(at, timezone, now)}`
}

function changeWords(change: Exclude<Change, TimeChange>): string {
  switch (change.by) {
    case 'consent':
      return `with consent to ${joinWords(change.purposes.map(purposeWords), 'and')}`
    case 'context':
      return `if ${pathWords(change.path)} ${testWordsIf(change.test, !change.passes)}`
    case 'trait':
      return `if the trait ${nameWords(change.name)} ${testWordsIf(change.test, !change.passes)}`
    case 'touch':
      return `with a page view whose ${pathWords(change.of).replace(/^the /, '')} is ${valueWords(String(change.value))}`
    case 'steps':
      return `with ${change.steps.map(({ event, where }) => `one ${thingWords(event, where, 1)}`).join(', then ')}`
    case 'event':
      return `with ${timesWords(change)}`
  }
}

function timesWords({ event, where, count, again, value, different }: EventChange): string {
  const number = `${count === 1 ? 'one' : count}${again ? ' more' : ''}`
  const worth =
    value === undefined
      ? ''
      : `${where ? ',' : ''}${count === 1 ? '' : ' each'} with a ${propertyWords(value.property)} of ${value.is}`
  const things = `${number} ${thingWords(event, where, count)}${worth}`
  if (different === undefined) return things
  return `${things} of ${count === 1 ? `another ${propertyWords(different)}` : `${count} other ${propertiesWords(different)}`}`
}

// Properties that say which thing it was, so that "view of hiking" is understood.
const NAMING = /(?:^|_)(?:category|name|brand|id|variant)$/

function thingWords(event: string, where: Where | undefined, count: number): string {
  const { one, many, of } = eventWords(event)
  const [[property, test] = ['', ''], ...more] = Object.entries(where ?? {})
  const value = typeof test === 'object' ? test.is : test
  if (of !== undefined && more.length === 0 && typeof value === 'string' && NAMING.test(property))
    return of[count === 1 ? 0 : 1].replace('*', () => valueWords(value))
  return `${count === 1 ? one : many}${whereWords(where)}`
}
