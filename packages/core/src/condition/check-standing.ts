import { didYouMean, quote } from '../result/findings.ts'
import { jsonPath } from '../result/json-path.ts'
import { findNamed } from './check-names.ts'
import { checkComparison, decimalBound, type Shape, tellNo, tellNumber, wholeBound } from './check-scope.ts'
import { COMPARATORS } from './comparison.ts'
import type { ConditionCheck } from './condition-check.ts'

/** Points are compared up to here. */
const MAX_POINTS = 10_000_000
/** A family keeps so many values. */
const MAX_RANK = 64
const BANDS = ['recency', 'frequency', 'monetary']

/** Checks how far a visitor came in a funnel. */
export function checkFunnelStage(scope: ConditionCheck, path: string, shape: Shape): void {
  const { findings } = scope
  findings.fields(path, shape, ['funnel', 'reached', 'stage'])
  const funnel = findNamed(
    scope,
    jsonPath(path, 'funnel'),
    'funnels',
    scope.definitions.funnels,
    shape.funnel,
  )
  const asked = ['reached', 'stage'].filter((name) => Object.hasOwn(shape, name))
  if (asked.length !== 1) {
    const message = `Exactly one of "reached" and "stage" is needed; ${tellNumber(asked.length)}: "reached" is that stage or a later one.`
    findings.error(path, 'one-stage', message, asked)
    return
  }
  const [name = ''] = asked
  const stages = funnel?.steps.map(({ stage }) => stage)
  const stage = shape[name]
  if (stages === undefined || (typeof stage === 'string' && stages.includes(stage))) return
  findings.error(
    jsonPath(path, name),
    'unknown-stage',
    `The funnel has no stage ${quote(stage)}. Its stages: ${stages.join(', ')}.${didYouMean(stage, stages)}`,
    stage,
  )
}

/** Checks a decayed sum of points, or its place among everybody's. */
export function checkScore(scope: ConditionCheck, path: string, shape: Shape): void {
  const score = findNamed(scope, jsonPath(path, 'score'), 'scores', scope.definitions.scores, shape.score)
  if (!Object.hasOwn(shape, 'percentile')) {
    scope.findings.fields(path, shape, ['score', ...COMPARATORS])
    checkComparison(scope, path, shape, decimalBound(scope, 0, MAX_POINTS))
    return
  }
  scope.findings.fields(path, shape, ['score', 'percentile'])
  const { percentile } = shape
  const place = jsonPath(path, 'percentile')
  if (score !== undefined && score.percentiles === undefined) {
    scope.findings.error(
      place,
      'no-percentiles',
      `The score ${quote(shape.score)} has no table. Add "percentiles" of 101 numbers to it, or compare its value.`,
      shape.score,
    )
  }
  if (!isComparison(scope, place, percentile, 'A percentile')) return
  scope.findings.fields(place, percentile, COMPARATORS)
  checkComparison(scope, place, percentile, wholeBound(scope, 0, 100))
}

/** Checks what a visitor is interested in. */
export function checkInterest(scope: ConditionCheck, path: string, shape: Shape): void {
  findNamed(scope, jsonPath(path, 'interest'), 'interests', scope.definitions.interests, shape.interest)
  if (Object.hasOwn(shape, 'top') || Object.hasOwn(shape, 'is')) {
    scope.findings.fields(path, shape, ['interest', 'top', 'is'])
    checkTop(scope, jsonPath(path, 'top'), shape.top)
    checkText(scope, jsonPath(path, 'is'), shape.is)
    return
  }
  scope.findings.fields(path, shape, ['interest', 'value', ...COMPARATORS])
  checkText(scope, jsonPath(path, 'value'), shape.value)
  checkComparison(scope, path, shape, decimalBound(scope, 0, MAX_POINTS))
}

/** Checks the bands of recency, frequency and value. */
export function checkRfm(scope: ConditionCheck, path: string, shape: Shape): void {
  const { findings } = scope
  findings.fields(path, shape, ['rfm', ...BANDS])
  findNamed(scope, jsonPath(path, 'rfm'), 'rfm', scope.definitions.rfm, shape.rfm)
  const named = BANDS.filter((band) => Object.hasOwn(shape, band))
  if (named.length === 0)
    findings.error(path, 'no-band', `No band is named. Name at least one of ${BANDS.join(', ')}.`)
  for (const band of named) {
    const place = jsonPath(path, band)
    const comparison = shape[band]
    if (!isComparison(scope, place, comparison, 'A band')) continue
    findings.fields(place, comparison, COMPARATORS)
    checkComparison(scope, place, comparison, wholeBound(scope, 1, 5))
  }
}

function isComparison(
  { findings }: ConditionCheck,
  path: string,
  value: unknown,
  what: string,
): value is Shape {
  if (typeof value !== 'number') return findings.object(path, value, what)
  findings.error(
    path,
    'not-an-object',
    `${what} is an object, not ${quote(value)}. Write { "atLeast": ${quote(value)} }, or another comparator.`,
    value,
  )
  return false
}

function checkTop({ findings }: ConditionCheck, path: string, top: unknown): void {
  if (typeof top === 'number' && Number.isInteger(top) && top >= 1 && top <= MAX_RANK) return
  findings.error(
    path,
    'bound',
    `${tellNo(top, 'rank')}. Use a whole number from 1 to ${MAX_RANK}: "top": 1 is the strongest.`,
    top,
  )
}

function checkText({ findings }: ConditionCheck, path: string, value: unknown): void {
  if (typeof value === 'string') return
  findings.error(path, 'not-text', `${tellNo(value, 'text')}. Name the value in quotes.`, value)
}
