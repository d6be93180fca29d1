import { type Comparison, comparatorOf, compileComparison } from './comparison.ts'
import { FALSE, TRUE, type Truth, UNKNOWN } from './truth.ts'
import { compareVersions } from './version.ts'

/** A plain value that a test may name. */
export type Scalar = string | number | boolean

/** One test of a value: exactly one operator, and `ignoreCase` beside a textual one. */
export interface ValueTest extends Comparison<number> {
  readonly is?: Scalar
  readonly isNot?: Scalar
  readonly in?: readonly Scalar[]
  readonly notIn?: readonly Scalar[]
  readonly contains?: string
  readonly startsWith?: string
  readonly endsWith?: string
  readonly hasAny?: readonly string[]
  readonly hasAll?: readonly string[]
  readonly exists?: boolean
  readonly versionAtLeast?: string
  readonly versionAtMost?: string
  /** Folds A–Z only. */
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

/** Says how a value stands to a test; a missing or wrongly typed value is unknown (`exists` always knows). */
export type ValueMatcher = (value: unknown) => Truth

/** The operator a test carries. */
export function operatorOf(test: object): ValueOperator | undefined {
  return VALUE_OPERATORS.find((name) => Object.hasOwn(test, name))
}

/** Folds A–Z to a–z and nothing else, so that PHP and TypeScript agree. */
export function foldCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

/** Makes the matcher of a checked test. */
export function compileValueTest(test: ValueTest): ValueMatcher {
  if (comparatorOf(test) !== undefined) {
    const passes = compileComparison(test, Number)
    return (value) => (isNumber(value) ? truth(passes(value)) : UNKNOWN)
  }
  const fold = test.ignoreCase === true ? foldCase : (text: string) => text
  const matcher = compileOperator(test, fold)
  if (test.ignoreCase !== true) return matcher
  return (value) => matcher(foldValue(value))
}

function compileOperator(test: ValueTest, fold: (text: string) => string): ValueMatcher {
  switch (operatorOf(test)) {
    case 'is':
      return oneOf([test.is as Scalar], fold, true)
    case 'isNot':
      return oneOf([test.isNot as Scalar], fold, false)
    case 'in':
      return oneOf(test.in as readonly Scalar[], fold, true)
    case 'notIn':
      return oneOf(test.notIn as readonly Scalar[], fold, false)
    case 'contains':
      return onText(fold(test.contains as string), (text, part) => text.includes(part))
    case 'startsWith':
      return onText(fold(test.startsWith as string), (text, part) => text.startsWith(part))
    case 'endsWith':
      return onText(fold(test.endsWith as string), (text, part) => text.endsWith(part))
    case 'hasAny':
      return onList((test.hasAny as readonly string[]).map(fold), (wanted, held) =>
        wanted.some((text) => held.includes(text)),
      )
    case 'hasAll':
      return onList((test.hasAll as readonly string[]).map(fold), (wanted, held) =>
        wanted.every((text) => held.includes(text)),
      )
    case 'exists':
      return (value) => truth(isPresent(value) === test.exists)
    case 'versionAtLeast':
      return onVersion(test.versionAtLeast as string, (order) => order >= 0)
    case 'versionAtMost':
      return onVersion(test.versionAtMost as string, (order) => order <= 0)
    default:
      throw new Error('[core] compileValueTest: no operator. Check the ruleset first.')
  }
}

function truth(passes: boolean): Truth {
  return passes ? TRUE : FALSE
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER
}

// null and an object are the same as missing.
function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null && (typeof value !== 'object' || Array.isArray(value))
}

function foldValue(value: unknown): unknown {
  if (typeof value === 'string') return foldCase(value)
  return isTextList(value) ? value.map(foldCase) : value
}

function oneOf(list: readonly Scalar[], fold: (text: string) => string, wanted: boolean): ValueMatcher {
  const type = typeof list[0]
  const values = new Set(list.map((value) => (typeof value === 'string' ? fold(value) : value)))
  return (value) => {
    if (typeof value !== type || (type === 'number' && !isNumber(value))) return UNKNOWN
    return truth(values.has(value as Scalar) === wanted)
  }
}

function onText(part: string, passes: (text: string, part: string) => boolean): ValueMatcher {
  return (value) => (typeof value === 'string' ? truth(passes(value, part)) : UNKNOWN)
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

function onList(
  wanted: readonly string[],
  passes: (wanted: readonly string[], held: readonly string[]) => boolean,
): ValueMatcher {
  return (value) => (isTextList(value) ? truth(passes(wanted, value)) : UNKNOWN)
}

function onVersion(bound: string, passes: (order: number) => boolean): ValueMatcher {
  return (value) => {
    const order = typeof value === 'string' ? compareVersions(value, bound) : undefined
    return order === undefined ? UNKNOWN : truth(passes(order))
  }
}
