import type {
  InterestStrength,
  InterestTop,
  Model,
  Rfm,
  ScorePercentile,
  ScoreValue,
} from '../condition/condition.ts'
import { type BoundWords, compareWords, PLAIN } from './comparison-words.ts'
import { joinWords } from './list-words.ts'
import { nameWords, propertiesWords, propertyWords } from './name-words.ts'
import { valueWords } from './value-words.ts'

const POINTS: BoundWords<number> = { bound: pointWords, lower: String, less: 'less' }

/** "the score engagement is at least 40 points", "the percentile of the score engagement is at least 75". */
export function sayScore(condition: ScoreValue | ScorePercentile, isDenied: boolean): string {
  const name = `the score ${nameWords(condition.score)}`
  return 'percentile' in condition
    ? `the percentile of ${name} is ${compareWords(condition.percentile, isDenied, PLAIN)}`
    : `${name} is ${compareWords(condition, isDenied, POINTS)}`
}

/** "hiking is the strongest category", "the interest in the category hiking is at least 5 points". */
export function sayInterest(condition: InterestTop | InterestStrength, isDenied: boolean): string {
  const { interest } = condition
  if ('value' in condition) {
    const name = `the interest in the ${propertyWords(interest)} ${valueWords(condition.value)}`
    return `${name} is ${compareWords(condition, isDenied, POINTS)}`
  }
  const { top, is } = condition
  const place =
    top === 1
      ? `the strongest ${propertyWords(interest)}`
      : `among the ${top} strongest ${propertiesWords(interest)}`
  return `${valueWords(is)} is ${isDenied ? 'not ' : ''}${place}`
}

/** "in the bands of customers, recency is at least 4 and frequency is at least 3". */
export function sayRfm(condition: Rfm, isDenied: boolean): string {
  const bands = [
    ['recency', condition.recency],
    ['frequency', condition.frequency],
    ['money', condition.monetary],
  ] as const
  const said = bands.flatMap(([name, band]) =>
    band === undefined ? [] : [`${name} is ${compareWords(band, isDenied, PLAIN)}`],
  )
  return `in the bands of ${nameWords(condition.rfm)}, ${joinWords(said, isDenied ? 'or' : 'and')}`
}

/** "the model purchase-intent says at least 0.7". */
export function sayModel(condition: Model, isDenied: boolean): string {
  return `the model ${nameWords(condition.model)} says ${compareWords(condition, isDenied, PLAIN)}`
}

/** "1 point", "5 points". */
export function pointWords(points: number): string {
  return `${points} point${points === 1 ? '' : 's'}`
}
