import type { Scalar } from './scalar.ts'
import { FALSE, TRUE, type Truth, UNKNOWN } from './truth.ts'
import { compareVersions } from './version.ts'

/**
 * The least and the greatest that passes, both included; `null` where there is no end. Every comparator is such a
 * range: "more than 3 events" begins at 4, "more than 2.5" at the next number a double can hold.
 */
export type Range = readonly [least: number | null, greatest: number | null]

/** A test as publishing prepares it: lists for single operands, texts folded already where `fold` is set. */
export type PreparedTest =
  | { readonly test: 'range'; readonly range: Range }
  | { readonly test: 'exists'; readonly wanted: boolean }
  | {
      readonly test:
        | 'in'
        | 'notIn'
        | 'contains'
        | 'startsWith'
        | 'endsWith'
        | 'hasAny'
        | 'hasAll'
        | 'versionAtLeast'
        | 'versionAtMost'
      readonly wanted: readonly Scalar[]
      readonly fold?: true
    }

/** Says how a value stands to a test; a missing or wrongly typed value is unknown (`exists` always knows). */
export type ValueMatcher = (value: unknown) => Truth

/** The ends of a range as numbers that compare. */
export function endsOf([least, greatest]: Range): readonly [least: number, greatest: number] {
  return [least ?? Number.NEGATIVE_INFINITY, greatest ?? Number.POSITIVE_INFINITY]
}

/** Folds A–Z to a–z and nothing else, so that PHP and TypeScript agree. */
export function foldCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

/** Makes the matcher of a prepared test. */
export function compileTest(prepared: PreparedTest): ValueMatcher {
  if (prepared.test === 'range') {
    const [least, greatest] = endsOf(prepared.range)
    return (value) => (isNumber(value) ? truth(value >= least && value <= greatest) : UNKNOWN)
  }
  if (prepared.test === 'exists') return (value) => truth(isPresent(value) === prepared.wanted)
  const matcher = compileOperator(prepared.test, prepared.wanted)
  return prepared.fold ? (value) => matcher(foldValue(value)) : matcher
}

type Operator = Exclude<PreparedTest['test'], 'range' | 'exists'>

function compileOperator(operator: Operator, wanted: readonly Scalar[]): ValueMatcher {
  // The operators below `notIn` have texts, which the checker saw to.
  const texts = wanted as readonly string[]
  const [text = ''] = texts
  switch (operator) {
    case 'in':
    case 'notIn':
      return oneOf(wanted, operator === 'in')
    case 'contains':
      return onText((value) => value.includes(text))
    case 'startsWith':
      return onText((value) => value.startsWith(text))
    case 'endsWith':
      return onText((value) => value.endsWith(text))
    case 'hasAny':
      return onList((held) => texts.some((item) => held.includes(item)))
    case 'hasAll':
      return onList((held) => texts.every((item) => held.includes(item)))
    default:
      return onVersion(text, operator === 'versionAtLeast' ? 1 : -1)
  }
}

function truth(passes: boolean): Truth {
  return passes ? TRUE : FALSE
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && value >= -Number.MAX_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER
}

// null and an object are the same as missing.
function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null && (typeof value !== 'object' || Array.isArray(value))
}

function foldValue(value: unknown): unknown {
  if (typeof value === 'string') return foldCase(value)
  return isTextList(value) ? value.map(foldCase) : value
}

function oneOf(list: readonly Scalar[], wanted: boolean): ValueMatcher {
  const [first] = list
  const type = typeof first
  const values = new Set<unknown>(list)
  const has = list.length === 1 ? (value: unknown) => value === first : (value: unknown) => values.has(value)
  return (value) => {
    if (typeof value !== type || (type === 'number' && !isNumber(value))) return UNKNOWN
    return truth(has(value) === wanted)
  }
}

function onText(passes: (text: string) => boolean): ValueMatcher {
  return (value) => (typeof value === 'string' ? truth(passes(value)) : UNKNOWN)
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

function onList(passes: (held: readonly string[]) => boolean): ValueMatcher {
  return (value) => (isTextList(value) ? truth(passes(value)) : UNKNOWN)
}

function onVersion(bound: string, sign: number): ValueMatcher {
  return (value) => {
    const order = typeof value === 'string' ? compareVersions(value, bound) : undefined
    return order === undefined ? UNKNOWN : truth(order * sign >= 0)
  }
}
