import { type Findings, quote } from '../result/findings.ts'
import { jsonPath } from '../result/json-path.ts'
import { COMPARATORS, type Comparator } from './comparison.ts'
import type { Definitions } from './definitions.ts'
import { parseDuration } from './duration.ts'
import type { Named } from './named.ts'

/** What a condition is checked against. */
export interface CheckScope {
  /** Those without errors of their own. */
  readonly definitions: Definitions
  readonly named: Named
  /** Seconds that a profile is kept: no window may be longer. */
  readonly retention: number
  readonly findings: Findings
}

/** A condition as it comes: an object whose members are not known yet. */
export interface Shape {
  readonly [key: string]: unknown
}

/** Checks a window: a duration, no longer than profiles are kept. */
export function checkWindow(
  scope: CheckScope,
  path: string,
  value: unknown,
  required: boolean,
): number | undefined {
  if (value === undefined && !required) return undefined
  const seconds = checkDuration(scope.findings, path, value)
  if (seconds !== undefined) checkRetained(scope, path, seconds, value)
  return seconds
}

/** Checks that so many seconds back something may still be known. */
export function checkRetained(
  { findings, retention }: CheckScope,
  path: string,
  seconds: number,
  value: unknown,
): void {
  if (seconds <= retention) return
  findings.error(
    path,
    'window-over-retention',
    `The window ${quote(value)} is longer than profiles are kept. Shorten it or raise "retention.profile".`,
    value,
  )
}

/** Checks a duration; answers its seconds. */
export function checkDuration(findings: Findings, path: string, value: unknown): number | undefined {
  const seconds = parseDuration(value)
  if (seconds === undefined) {
    findings.error(
      path,
      'duration',
      `${tellNo(value, 'duration')}. Write a whole number from 1 and m, h, d or w, for example "7d".`,
      value,
    )
  }
  return seconds
}

/** Checks that a shape has exactly one comparator and that `bound` takes each of its bounds; answers the bounds. */
export function checkComparison(
  scope: CheckScope,
  path: string,
  shape: Shape,
  bound: (path: string, value: unknown) => number | undefined,
): readonly number[] {
  const found = COMPARATORS.filter((name) => Object.hasOwn(shape, name))
  if (found.length !== 1) {
    scope.findings.error(
      path,
      'one-comparator',
      `Exactly one of ${COMPARATORS.join(', ')} is needed; ${tellNumber(found.length)}.`,
      found,
    )
    return []
  }
  return checkBounds(scope, jsonPath(path, found[0]!), found[0]!, shape[found[0]!], bound)
}

function checkBounds(
  { findings }: CheckScope,
  path: string,
  name: Comparator,
  value: unknown,
  bound: (path: string, value: unknown) => number | undefined,
): readonly number[] {
  if (name !== 'between') {
    const only = bound(path, value)
    return only === undefined ? [] : [only]
  }
  if (!Array.isArray(value) || value.length !== 2) {
    findings.error(path, 'between', `${quote(value)} is no pair of bounds. Write [from, to].`, value)
    return []
  }
  const [from, to] = [bound(jsonPath(path, 0), value[0]), bound(jsonPath(path, 1), value[1])]
  if (from === undefined || to === undefined) return []
  if (from > to)
    findings.error(
      path,
      'between',
      `${quote(value)} is empty: the first bound is above the second. Swap them.`,
      value,
    )
  return [from, to]
}

/** Makes the check of a whole bound between `least` and `most`. */
export function wholeBound(
  { findings }: CheckScope,
  least: number = 0,
  most: number = Number.MAX_SAFE_INTEGER,
): (path: string, value: unknown) => number | undefined {
  return (path, value) => {
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value
    findings.error(
      path,
      'bound',
      `${tellBound(value)}. Use a whole number from ${least} to ${most}${unquoted(value)}.`,
      value,
    )
    return undefined
  }
}

/** Makes the check of a number's bound: finite, at most four decimals, between `least` and `most`. */
export function decimalBound(
  { findings }: CheckScope,
  least: number = -Number.MAX_SAFE_INTEGER,
  most: number = Number.MAX_SAFE_INTEGER,
): (path: string, value: unknown) => number | undefined {
  return (path, value) => {
    if (typeof value === 'number' && value >= least && value <= most && isTenThousandths(value)) return value
    findings.error(
      path,
      'bound',
      `${tellBound(value)}. Use a number from ${least} to ${most} with at most four decimals${unquoted(value)}.`,
      value,
    )
    return undefined
  }
}

/** Says that a value is not what is needed here, or that it is missing. */
export function tellNo(value: unknown, what: string): string {
  return value === undefined ? `There is no ${what} here` : `${quote(value)} is no ${what}`
}

/** Says how many there are where one is needed, and the cure. */
export function tellNumber(count: number): string {
  return count === 0 ? 'there is none. Add one' : `there are ${count}. Keep one`
}

// A number may be a bound elsewhere.
function tellBound(value: unknown): string {
  return value === undefined ? tellNo(value, 'bound') : `${tellNo(value, 'bound')} here`
}

function unquoted(value: unknown): string {
  return typeof value === 'string' ? ', without quotes' : ''
}

/** Tells whether a number has at most four decimals, as far as a double can say. */
export function isTenThousandths(value: number): boolean {
  const scaled = Math.round(value * 10_000)
  // Beyond this the product is no whole number any more.
  return Math.abs(scaled) < 2 ** 52 ? scaled / 10_000 === value : Number(value.toFixed(4)) === value
}
