import { quote } from '../result/findings.ts'
import { jsonPath } from '../result/json-path.ts'
import { checkEvent } from './check-names.ts'
import { type CheckScope, checkComparison, checkDuration, checkWindow, type Shape } from './check-scope.ts'
import { checkWhere } from './check-test.ts'
import { COMPARATORS } from './comparison.ts'
import type { ConditionCheck } from './condition-check.ts'

/** A chain has so many steps. */
const LEAST_STEPS = 2
const MOST_STEPS = 8

/** Checks that something did not happen in a window. */
export function checkAbsent(scope: ConditionCheck, path: string, shape: Shape): void {
  scope.findings.fields(path, shape, ['absent', 'where', 'within'])
  checkEvent(scope, jsonPath(path, 'absent'), shape.absent)
  checkWhere(scope, jsonPath(path, 'where'), shape.absent, shape.where)
  checkWindow(scope, jsonPath(path, 'within'), shape.within, true)
}

/** Checks the time passed since an event. */
export function checkSince(scope: ConditionCheck, path: string, shape: Shape): void {
  scope.findings.fields(path, shape, ['since', 'where', 'which', ...COMPARATORS])
  checkEvent(scope, jsonPath(path, 'since'), shape.since)
  checkWhere(scope, jsonPath(path, 'where'), shape.since, shape.where)
  if (shape.which !== undefined) checkWhich(scope, jsonPath(path, 'which'), shape.which)
  checkComparison(scope, path, shape, (place, value) => checkDuration(scope.findings, place, value))
}

/** Checks that one of several is named: the first or the last. */
export function checkWhich({ findings }: CheckScope, path: string, which: unknown): void {
  if (which === 'last' || which === 'first') return
  findings.error(path, 'which', `${quote(which)} is neither "first" nor "last". Choose one.`, which)
}

/** Checks what was begun and not finished. */
export function checkUnfinished(scope: ConditionCheck, path: string, shape: Shape): void {
  scope.findings.fields(path, shape, ['unfinished', 'where', 'without', 'for', 'within'])
  checkEvent(scope, jsonPath(path, 'unfinished'), shape.unfinished)
  checkEvent(scope, jsonPath(path, 'without'), shape.without)
  checkWhere(scope, jsonPath(path, 'where'), shape.unfinished, shape.where)
  const wait = checkDuration(scope.findings, jsonPath(path, 'for'), shape.for)
  const window = checkWindow(scope, jsonPath(path, 'within'), shape.within, true)
  if (wait === undefined || window === undefined || wait < window) return
  scope.findings.error(
    jsonPath(path, 'for'),
    'empty-window',
    `"for" ${quote(shape.for)} is not shorter than "within" ${quote(shape.within)}: it can never match. Shorten "for".`,
    shape.for,
  )
}

/** Checks steps taken in order. */
export function checkSequence(scope: ConditionCheck, path: string, shape: Shape): void {
  scope.findings.fields(path, shape, ['sequence', 'gap', 'within', 'unless'])
  checkSteps(scope, jsonPath(path, 'sequence'), shape.sequence, ['event', 'where'])
  if (shape.unless !== undefined) checkEvent(scope, jsonPath(path, 'unless'), shape.unless)
  const gap =
    shape.gap === undefined ? undefined : checkDuration(scope.findings, jsonPath(path, 'gap'), shape.gap)
  const window = checkWindow(scope, jsonPath(path, 'within'), shape.within, false)
  if (gap === undefined || window === undefined || gap <= window) return
  scope.findings.error(
    jsonPath(path, 'gap'),
    'gap',
    `The gap ${quote(shape.gap)} is longer than the window ${quote(shape.within)}. Shorten it or leave it out.`,
    shape.gap,
  )
}

/** Checks the steps of a sequence or a funnel; answers those that are objects. */
export function checkSteps(
  scope: CheckScope,
  path: string,
  steps: unknown,
  fields: readonly string[],
): readonly (readonly [path: string, step: Shape])[] {
  const { findings } = scope
  if (!Array.isArray(steps) || steps.length < LEAST_STEPS || steps.length > MOST_STEPS) {
    const message = `${quote(steps)} are no steps. Write a list of ${LEAST_STEPS} to ${MOST_STEPS}.`
    findings.error(path, 'steps', message, steps)
    return []
  }
  const sound: (readonly [string, Shape])[] = []
  steps.forEach((step: unknown, at) => {
    const place = jsonPath(path, at)
    if (!findings.object(place, step, 'A step')) return
    findings.fields(place, step, fields)
    checkEvent(scope, jsonPath(place, 'event'), step.event)
    checkWhere(scope, jsonPath(place, 'where'), step.event, step.where)
    sound.push([place, step])
  })
  return sound
}
