import { type Comparison, comparatorOf } from './comparison.ts'
import { compileTest, foldCase, type PreparedTest, type ValueMatcher } from './prepared-test.ts'
import type { Decimal } from './quantity.ts'
import { numberRange } from './range.ts'
import type { Scalar } from './scalar.ts'
import type { Version } from './version.ts'

/** One test of a value: exactly one operator, and `ignoreCase` beside a textual one. */
export interface ValueTest extends Comparison<Decimal> {
  /** It is this. */
  readonly is?: Scalar
  /** It is there, of this type, and something else. A missing value does not pass. */
  readonly isNot?: Scalar
  /**
   * It is one of these, all of one type.
   * @minItems 1
   */
  readonly in?: readonly Scalar[]
  /**
   * It is there, of their type, and none of these. A missing value does not pass.
   * @minItems 1
   */
  readonly notIn?: readonly Scalar[]
  /** The text holds this text. */
  readonly contains?: string
  /** The text begins with this text. */
  readonly startsWith?: string
  /** The text ends with this text. */
  readonly endsWith?: string
  /**
   * The list of text holds at least one of these.
   * @minItems 1
   */
  readonly hasAny?: readonly string[]
  /**
   * The list of text holds all of these.
   * @minItems 1
   */
  readonly hasAll?: readonly string[]
  /** `true`: there is a value; `false`: there is none. */
  readonly exists?: boolean
  /** The text is this version or a later one. */
  readonly versionAtLeast?: Version
  /** The text is this version or an earlier one. */
  readonly versionAtMost?: Version
  /** Takes A–Z and a–z for the same in text and in the elements of lists. */
  readonly ignoreCase?: boolean
}

/** The operators that are not comparators, in the order in which they are looked for. */
export const VALUE_OPERATORS = [
  'is',
  'isNot',
  'in',
  'notIn',
  'contains',
  'startsWith',
  'endsWith',
  'hasAny',
  'hasAll',
  'exists',
  'versionAtLeast',
  'versionAtMost',
] as const

/** The name of a test's operator. */
export type ValueOperator = (typeof VALUE_OPERATORS)[number]

/** The operator a test carries. */
export function operatorOf(test: object): ValueOperator | undefined {
  return VALUE_OPERATORS.find((name) => Object.hasOwn(test, name))
}

/** Prepares a checked test. */
export function prepareTest(test: ValueTest): PreparedTest {
  if (comparatorOf(test) !== undefined) return { test: 'range', range: numberRange(test) }
  const operator = operatorOf(test)
  if (operator === undefined) throw new Error('[core] prepareTest: no operator. Check the ruleset first.')
  if (operator === 'exists') return { test: 'exists', wanted: test.exists === true }
  const operand = test[operator] as Scalar | readonly Scalar[]
  const list = Array.isArray(operand) ? (operand as readonly Scalar[]) : [operand as Scalar]
  const name = operator === 'is' ? 'in' : operator === 'isNot' ? 'notIn' : operator
  const hasText = list.some((item) => typeof item === 'string')
  if (test.ignoreCase !== true || !hasText) return { test: name, wanted: list }
  return {
    test: name,
    wanted: list.map((item) => (typeof item === 'string' ? foldCase(item) : item)),
    fold: true,
  }
}

/** Makes the matcher of a checked test. */
export function compileValueTest(test: ValueTest): ValueMatcher {
  return compileTest(prepareTest(test))
}
