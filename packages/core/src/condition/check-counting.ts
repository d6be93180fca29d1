import { quote } from '../result/findings.ts'
import { own } from '../result/json.ts'
import { jsonPath } from '../result/json-path.ts'
import { checkEvent, checkProperty } from './check-names.ts'
import {
  checkComparison,
  checkRetained,
  checkWindow,
  decimalBound,
  type Shape,
  wholeBound,
} from './check-scope.ts'
import { checkWhere } from './check-test.ts'
import { COMPARATORS } from './comparison.ts'
import type { ConditionCheck } from './condition-check.ts'

/** Aggregates saturate at 9 × 10^15 ten-thousandths. */
const MAX_AGGREGATE = 900_000_000_000
/** Of a `distinct` so many values are told apart. */
const MAX_DISTINCT = 31
const MAX_PERIODS = 60
const PERIODS: { readonly [period: string]: number } = { day: 86_400, week: 604_800 }

/** Checks how often an event happened. */
export function checkCount(scope: ConditionCheck, path: string, shape: Shape): void {
  scope.findings.fields(path, shape, ['count', 'where', 'within', ...COMPARATORS])
  checkEvent(scope, jsonPath(path, 'count'), shape.count)
  checkWhere(scope, jsonPath(path, 'where'), shape.count, shape.where)
  checkWindow(scope, jsonPath(path, 'within'), shape.within, false)
  checkComparison(scope, path, shape, wholeBound(scope))
}

/** Checks how many different values a property had. */
export function checkDistinct(scope: ConditionCheck, path: string, shape: Shape): void {
  scope.findings.fields(path, shape, ['distinct', 'of', 'where', 'within', ...COMPARATORS])
  const event = checkEvent(scope, jsonPath(path, 'distinct'), shape.distinct)
  if (event !== undefined) checkProperty(scope, jsonPath(path, 'of'), event, shape.of)
  checkWhere(scope, jsonPath(path, 'where'), shape.distinct, shape.where)
  checkWindow(scope, jsonPath(path, 'within'), shape.within, false)
  checkComparison(scope, path, shape, wholeBound(scope, 0, MAX_DISTINCT))
}

/** Makes the check of an aggregate of a numeric property. */
export function checkAggregate(
  kind: 'sum' | 'avg' | 'min' | 'max',
): (scope: ConditionCheck, path: string, shape: Shape) => void {
  return (scope, path, shape) => {
    scope.findings.fields(path, shape, [kind, 'of', 'where', 'within', ...COMPARATORS])
    const event = checkEvent(scope, jsonPath(path, kind), shape[kind])
    if (event !== undefined) {
      const type = checkProperty(scope, jsonPath(path, 'of'), event, shape.of)
      if (type === 'string' || type === 'boolean') notANumber(scope, jsonPath(path, 'of'), shape.of, type)
    }
    checkWhere(scope, jsonPath(path, 'where'), shape[kind], shape.where)
    checkWindow(scope, jsonPath(path, 'within'), shape.within, false)
    checkComparison(scope, path, shape, decimalBound(scope, -MAX_AGGREGATE, MAX_AGGREGATE))
  }
}

function notANumber({ findings }: ConditionCheck, path: string, property: unknown, type: string): void {
  const message = `The property ${quote(property)} is a ${type}: it has no sum, mean, least or greatest. Name a number.`
  findings.error(path, 'type-mismatch', message, property)
}

/** Checks in how many of the last periods something happened. */
export function checkRegular(scope: ConditionCheck, path: string, shape: Shape): void {
  const { findings } = scope
  findings.fields(path, shape, ['regular', 'where', 'period', 'atLeast', 'ofLast'])
  checkEvent(scope, jsonPath(path, 'regular'), shape.regular)
  checkWhere(scope, jsonPath(path, 'where'), shape.regular, shape.where)
  const length = typeof shape.period === 'string' ? own(PERIODS, shape.period) : undefined
  if (length === undefined)
    findings.error(
      jsonPath(path, 'period'),
      'period',
      `${quote(shape.period)} is no period. Write "day" or "week".`,
      shape.period,
    )
  const ofLast = wholeBound(scope, 1, MAX_PERIODS)(jsonPath(path, 'ofLast'), shape.ofLast)
  wholeBound(scope, 1, ofLast ?? MAX_PERIODS)(jsonPath(path, 'atLeast'), shape.atLeast)
  if (ofLast === undefined || length === undefined) return
  checkRetained(scope, jsonPath(path, 'ofLast'), ofLast * length, shape.ofLast)
}
