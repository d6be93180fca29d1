import { comparatorOf } from '../condition/comparison.ts'
import { operatorOf, type ValueTest } from '../condition/operator.ts'
import type { Scalar } from '../condition/scalar.ts'
import { compareWords, PLAIN } from './comparison-words.ts'
import { joinWords } from './list-words.ts'

// Text that can stand in a sentence without quotes: one word, and none that reads as a number or a truth.
const WORD = /^(?!(?:true|false|null)$)(?=.*\p{L})[\p{L}\p{N}_./:@+-]+$/u

/** A value in a sentence: plain where it is one word, else in quotes. */
export function valueWords(value: Scalar): string {
  return typeof value === 'string' && !WORD.test(value) ? JSON.stringify(value) : String(value)
}

/** What a test says of a value, after the value's name: "is hiking", "is neither GB nor IE". */
export function testWords(test: Scalar | ValueTest, isDenied = false): string {
  if (typeof test !== 'object') return operatorWords({ is: test }, isDenied)
  return `${operatorWords(test, isDenied)}${test.ignoreCase === true ? ' (upper or lower case)' : ''}`
}

const IF: { readonly [verb: string]: string } = {
  is: 'were',
  contains: 'contained',
  begins: 'began',
  ends: 'ended',
  includes: 'included',
  does: 'did',
}

/** `testWords` after "if": "were hiking", "did not contain sale". */
export function testWordsIf(test: ValueTest, isDenied: boolean): string {
  const [verb = '', ...rest] = testWords(test, isDenied).split(' ')
  return [IF[verb] ?? verb, ...rest].join(' ')
}

function operatorWords(test: ValueTest, isDenied: boolean): string {
  if (comparatorOf(test) !== undefined) return `is ${compareWords(test, isDenied, PLAIN)}`
  const text = (value: string | undefined) => valueWords(value ?? '')
  switch (operatorOf(test)) {
    case 'is':
      return oneOfWords([test.is ?? ''], isDenied)
    case 'isNot':
      return oneOfWords([test.isNot ?? ''], !isDenied)
    case 'in':
      return oneOfWords(test.in ?? [], isDenied)
    case 'notIn':
      return oneOfWords(test.notIn ?? [], !isDenied)
    case 'contains':
      return `${isDenied ? 'does not contain' : 'contains'} ${text(test.contains)}`
    case 'startsWith':
      return `${isDenied ? 'does not begin' : 'begins'} with ${text(test.startsWith)}`
    case 'endsWith':
      return `${isDenied ? 'does not end' : 'ends'} with ${text(test.endsWith)}`
    case 'hasAny':
      return includesWords(test.hasAny ?? [], isDenied)
    case 'hasAll':
      return includesAllWords(test.hasAll ?? [], isDenied)
    case 'exists':
      return test.exists === isDenied ? 'is not known' : 'is known'
    case 'versionAtLeast':
      return isDenied
        ? `is a version before ${test.versionAtLeast}`
        : `is version ${test.versionAtLeast} or later`
    case 'versionAtMost':
      return isDenied
        ? `is a version after ${test.versionAtMost}`
        : `is version ${test.versionAtMost} or earlier`
    default:
      throw new Error('[core] testWords: no operator. Check the ruleset first.')
  }
}

function oneOfWords(values: readonly Scalar[], isDenied: boolean): string {
  const words = values.map(valueWords)
  if (!isDenied) return `is ${joinWords(words, 'or')}`
  if (words.length === 2) return `is neither ${joinWords(words, 'nor')}`
  return words.length === 1 ? `is not ${words[0]}` : `is none of ${joinWords(words, 'and')}`
}

function includesWords(values: readonly string[], isDenied: boolean): string {
  const words = values.map(valueWords)
  if (!isDenied) return `includes ${joinWords(words, 'or')}`
  if (words.length === 2) return `includes neither ${joinWords(words, 'nor')}`
  return words.length === 1 ? `does not include ${words[0]}` : `includes none of ${joinWords(words, 'and')}`
}

function includesAllWords(values: readonly string[], isDenied: boolean): string {
  const words = joinWords(values.map(valueWords), 'and')
  if (!isDenied) return `includes ${words}`
  return values.length === 1 ? `does not include ${words}` : `does not include all of ${words}`
}
