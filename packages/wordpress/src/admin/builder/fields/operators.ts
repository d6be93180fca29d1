import type { Json, JsonObject } from '@attune/core/json'
import { __ } from '@wordpress/i18n'
import { isJsonList, memberOf } from '../../document/json-at.ts'
import { COMPARATORS, type Comparator, comparatorWords } from './comparator.ts'

/** The test of a value that is no comparison of numbers. */
export type ValueOperator =
  | 'is'
  | 'isNot'
  | 'in'
  | 'notIn'
  | 'contains'
  | 'startsWith'
  | 'endsWith'
  | 'hasAny'
  | 'hasAll'
  | 'exists'
  | 'versionAtLeast'
  | 'versionAtMost'

export type Operator = ValueOperator | Comparator

/** What a tested value is; `any` where only the site knows. */
export type ValueType = 'string' | 'number' | 'boolean' | 'list' | 'any'

const TEXT: readonly Operator[] = [
  'is',
  'isNot',
  'in',
  'notIn',
  'contains',
  'startsWith',
  'endsWith',
  'exists',
]
const VERSION: readonly Operator[] = ['versionAtLeast', 'versionAtMost']
const NUMBER: readonly Operator[] = [
  'atLeast',
  'atMost',
  'moreThan',
  'lessThan',
  'between',
  'is',
  'isNot',
  'in',
  'notIn',
  'exists',
]
const LIST: readonly Operator[] = ['hasAny', 'hasAll', 'exists']
const LISTS: readonly Operator[] = ['in', 'notIn', 'hasAny', 'hasAll']

const OFFERED: Readonly<Record<ValueType, readonly Operator[]>> = {
  string: [...TEXT, ...VERSION],
  number: NUMBER,
  boolean: ['is', 'exists'],
  list: LIST,
  any: [...TEXT, ...COMPARATORS, 'hasAny', 'hasAll', ...VERSION],
}

/** The operators that fit a type. */
export function operatorsFor(type: ValueType): readonly Operator[] {
  return OFFERED[type]
}

/** The operator that a test carries. */
export function operatorIn(test: JsonObject): Operator | undefined {
  return OPERATORS.find((name) => Object.hasOwn(test, name))
}

/** Whether an operator takes a list. */
export function takesList(operator: Operator): boolean {
  return LISTS.includes(operator)
}

/** Whether capital letters can be made the same as small ones. */
export function hasCase(operator: Operator): boolean {
  return operator !== 'exists' && !VERSION.includes(operator) && !isComparator(operator)
}

export function isComparator(operator: Operator): operator is Comparator {
  return COMPARATORS.some((name) => name === operator)
}

/** The test with another operator, which takes over what the one before asked for, as far as that fits. */
export function withOperator(test: JsonObject, to: Operator, type: ValueType): JsonObject {
  const from = operatorIn(test)
  const operand = from === undefined ? undefined : memberOf(test, from)
  const keepsCase = test.ignoreCase === true && hasCase(to)
  return { [to]: operandFor(to, operand, type), ...(keepsCase ? { ignoreCase: true } : {}) }
}

function operandFor(to: Operator, operand: Json | undefined, type: ValueType): Json {
  if (to === 'exists') return true
  const list = isJsonList(operand)
    ? operand
    : operand === undefined || typeof operand === 'boolean'
      ? []
      : [operand]
  if (takesList(to)) return list
  const [first = null, last = first] = list
  if (to === 'between') return [first, last]
  return first ?? emptyOf(isComparator(to) ? 'number' : type)
}

function emptyOf(type: ValueType): Json {
  return type === 'boolean' ? true : type === 'number' ? null : ''
}

/** An operator in words. */
export function operatorWords(operator: Operator): string {
  return isComparator(operator) ? comparatorWords(operator) : WORDS[operator]()
}

const WORDS: Readonly<Record<ValueOperator, () => string>> = {
  is: () => __('is', 'attune'),
  isNot: () => __('is not', 'attune'),
  in: () => __('is one of', 'attune'),
  notIn: () => __('is none of', 'attune'),
  contains: () => __('contains', 'attune'),
  startsWith: () => __('begins with', 'attune'),
  endsWith: () => __('ends with', 'attune'),
  hasAny: () => __('has any of', 'attune'),
  hasAll: () => __('has all of', 'attune'),
  exists: () => __('is known', 'attune'),
  versionAtLeast: () => __('is version or later', 'attune'),
  versionAtMost: () => __('is version or earlier', 'attune'),
}

const OPERATORS = [...Object.keys(WORDS), ...COMPARATORS] as readonly Operator[]
