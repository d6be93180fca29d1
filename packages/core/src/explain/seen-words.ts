import type { Condition } from '../condition/condition.ts'
import type { Question } from '../match/scope.ts'
import { isObject, type Json } from '../result/json.ts'
import { TIMES } from './comparison-words.ts'
import { joinWords } from './list-words.ts'
import { pointWords } from './say-measures.ts'
import { clockWords, counted, spanWords } from './time-words.ts'
import { valueWords } from './value-words.ts'

/** What a condition saw, in a few words; `undefined` where there is nothing to say. */
export function seenWords(
  condition: Condition,
  seen: Json,
  { now, context }: Question,
  timezone: string,
): string | undefined {
  const part = isObject(seen) ? (seen as { readonly [name: string]: Json }) : {}
  const ago = (instant: Json | undefined) =>
    typeof instant === 'number' ? `${spanWords(Math.floor((now - instant) / 1000))} ago` : 'never'
  if ('attr' in condition || 'touch' in condition) return seen === null ? 'nothing' : anyWords(seen)
  if ('consent' in condition) return seen === true ? 'allowed' : 'not allowed'
  if ('when' in condition) {
    const { timezone: zone = timezone } = condition.when
    if (zone !== 'visitor') return clockWords(now, zone)
    const { utcOffset } = context
    return typeof utcOffset === 'number' ? clockWords(now + utcOffset * 60_000, 'UTC') : 'no visitor’s time'
  }
  if ('count' in condition) return typeof seen === 'number' ? TIMES.bound(seen) : undefined
  if ('distinct' in condition) return String(seen)
  if ('sum' in condition || 'min' in condition || 'max' in condition)
    return seen === null ? 'nothing' : String(seen)
  if ('avg' in condition) return seen === null ? 'nothing' : String(part.average ?? 'values not all counted')
  if ('absent' in condition) {
    const watched = typeof part.observedSince === 'number' ? Math.floor((now - part.observedSince) / 1000) : 0
    const last = typeof part.last === 'number' ? `last ${ago(part.last)}` : 'none'
    return `${last}, watched for ${spanWords(watched)}`
  }
  if ('since' in condition) return ago(part.at)
  if ('unfinished' in condition) return `begun ${ago(part.begun)}, finished ${ago(part.finished)}`
  if ('sequence' in condition) return `${part.step} of ${counted(Number(part.of), 'step')}`
  if ('funnel' in condition) return part.stage === null ? 'no stage' : `as far as ${part.stage}`
  if ('regular' in condition) return counted(Number(part.active), condition.period)
  if ('score' in condition)
    return isObject(seen) ? `percentile ${part.percentile}` : pointWords(round(Number(seen)))
  if ('interest' in condition) return interestWords(seen)
  if ('rfm' in condition) return rfmWords(part)
  return undefined
}

function interestWords(seen: Json): string {
  const values = Array.isArray(seen) ? (seen as readonly { value: string; points: number }[]) : []
  const words = values
    .filter(({ points }) => points > 0)
    .map(({ value, points }) => `${valueWords(value)} ${round(points)}`)
  return words.length === 0 ? 'no interest yet' : joinWords(words, 'and')
}

function rfmWords(part: { readonly [name: string]: Json }): string {
  const bands = Object.entries(part).map(([name, band]) => {
    const { band: place } = band as { readonly band: number }
    return `${name === 'monetary' ? 'money' : name} ${place}`
  })
  return bands.length === 0 ? 'nothing in the window' : joinWords(bands, 'and')
}

function anyWords(value: Json): string {
  if (Array.isArray(value))
    return value.length === 0 ? 'an empty list' : joinWords(value.map(anyWords), 'and')
  return typeof value === 'object' ? JSON.stringify(value) : valueWords(value as string | number | boolean)
}

function round(points: number): number {
  return Math.round(points * 100) / 100
}
