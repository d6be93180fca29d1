import { checkEvent, checkProperty } from '../condition/check-names.ts'
import { type CheckScope, checkDuration, isTenThousandths, type Shape } from '../condition/check-scope.ts'
import { checkWhere } from '../condition/check-test.ts'
import type { InterestDefinition, ScoreDefinition } from '../condition/definitions.ts'
import { quote } from '../result/findings.ts'
import { jsonPath } from '../result/json-path.ts'
import { isSound } from './check-each.ts'

const MAX_POINTS = 1_000
/** A table of percentiles has a number for each of 0 to 100. */
const PERCENTILES = 101
const MAX_PERCENTILE = 10_000_000

/** Checks an interest family; answers it when it is sound. */
export function checkInterestFamily(
  scope: CheckScope,
  path: string,
  value: unknown,
): InterestDefinition | undefined {
  if (!scope.findings.object(path, value, 'An interest family')) return undefined
  const sound = isSound(scope.findings, () => checkFamily(scope, path, value))
  return sound ? (value as unknown as InterestDefinition) : undefined
}

function checkFamily(scope: CheckScope, path: string, { of, points, ...rest }: Shape): void {
  const { findings } = scope
  findings.fields(path, rest, ['of', 'halfLife', 'points'])
  checkDuration(findings, jsonPath(path, 'halfLife'), rest.halfLife)
  const place = jsonPath(path, 'points')
  if (!findings.object(place, points, '"points"')) return
  if (Object.keys(points).length === 0)
    findings.error(place, 'empty-list', 'No event gives points. Name at least one.', points)
  for (const [event, amount] of Object.entries(points)) {
    if (findings.isFull) return
    const at = jsonPath(place, event)
    const definition = checkEvent(scope, at, event)
    const type = definition === undefined ? undefined : checkProperty(scope, at, definition, of)
    if (type === 'number' || type === 'boolean') {
      const message = `The property ${quote(of)} of ${event} is a ${type}; an interest needs text. Name another.`
      findings.error(at, 'type-mismatch', message, of)
    }
    checkPoints(scope, at, amount)
  }
}

/** Checks a score; answers it when it is sound. */
export function checkScoreDefinition(
  scope: CheckScope,
  path: string,
  value: unknown,
): ScoreDefinition | undefined {
  const { findings } = scope
  if (!findings.object(path, value, 'A score')) return undefined
  const sound = isSound(findings, () => {
    findings.fields(path, value, ['halfLife', 'points', 'percentiles'])
    checkDuration(findings, jsonPath(path, 'halfLife'), value.halfLife)
    checkPointsList(scope, jsonPath(path, 'points'), value.points)
    if (value.percentiles !== undefined)
      checkPercentiles(scope, jsonPath(path, 'percentiles'), value.percentiles)
  })
  return sound ? (value as unknown as ScoreDefinition) : undefined
}

function checkPointsList(scope: CheckScope, path: string, points: unknown): void {
  const { findings } = scope
  if (!Array.isArray(points) || points.length === 0) {
    const message = `${quote(points)} gives no points. Write a list of at least one event and its points; "points" is a list.`
    findings.error(path, Array.isArray(points) ? 'empty-list' : 'not-a-list', message, points)
    return
  }
  points.forEach((entry: unknown, at) => {
    const place = jsonPath(path, at)
    if (findings.isFull || !findings.object(place, entry, 'An entry of points')) return
    findings.fields(place, entry, ['event', 'where', 'points'])
    checkEvent(scope, jsonPath(place, 'event'), entry.event)
    checkWhere(scope, jsonPath(place, 'where'), entry.event, entry.where)
    checkPoints(scope, jsonPath(place, 'points'), entry.points)
  })
}

function checkPoints({ findings }: CheckScope, path: string, amount: unknown): void {
  const isAmount = typeof amount === 'number' && amount >= 0 && amount <= MAX_POINTS
  if (isAmount && Number(amount.toFixed(2)) === amount) return
  findings.error(
    path,
    'points',
    `${quote(amount)} are no points. Use 0 to ${MAX_POINTS} with at most two decimals.`,
    amount,
  )
}

function checkPercentiles({ findings }: CheckScope, path: string, table: unknown): void {
  if (!Array.isArray(table) || table.length !== PERCENTILES) {
    const found = Array.isArray(table) ? `${table.length} members` : quote(table)
    findings.error(
      path,
      'percentiles',
      `A table of percentiles has ${PERCENTILES} numbers, one for each of 0 to 100, not ${found}. Make it anew.`,
      Array.isArray(table) ? table.length : table,
    )
    return
  }
  table.forEach((value: unknown, at) => {
    const isNumber = typeof value === 'number' && Math.abs(value) <= MAX_PERCENTILE && isTenThousandths(value)
    const before: unknown = table[at - 1]
    if (isNumber && !(typeof before === 'number' && before > value)) return
    const message = isNumber
      ? `${quote(value)} is less than the number before it. Sort the table.`
      : `${quote(value)} is no number within ±${MAX_PERCENTILE} with at most four decimals. Round it.`
    findings.error(jsonPath(path, at), 'percentiles', message, value)
  })
}
