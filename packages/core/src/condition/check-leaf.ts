import { isPurpose, PURPOSES } from '../consent/purpose.ts'
import { contextPaths, contextType } from '../context/context-path.ts'
import { didYouMean, quote } from '../result/findings.ts'
import { jsonPath } from '../result/json-path.ts'
import { checkAggregate, checkCount, checkDistinct, checkRegular } from './check-counting.ts'
import { checkName, findNamed } from './check-names.ts'
import { checkAbsent, checkSequence, checkSince, checkUnfinished, checkWhich } from './check-order.ts'
import type { Shape } from './check-scope.ts'
import { checkFunnelStage, checkInterest, checkRfm, checkScore } from './check-standing.ts'
import { checkTest, TEST_FIELDS, type TestedType } from './check-test.ts'
import { checkWhen } from './check-when.ts'
import type { Kind } from './condition.ts'
import type { ConditionCheck } from './condition-check.ts'

type LeafCheck = (scope: ConditionCheck, path: string, shape: Shape) => void

/** The check of each kind that has no children. */
export const LEAVES: { readonly [K in Exclude<Kind, 'all' | 'any' | 'not' | 'atLeast'>]: LeafCheck } = {
  segment: (scope, path, shape) => {
    scope.findings.fields(path, shape, ['segment'])
    checkName(scope, jsonPath(path, 'segment'), 'segments', shape.segment)
  },
  attr: (scope, path, shape) => {
    scope.findings.fields(path, shape, ['attr', ...TEST_FIELDS])
    checkTest(scope, path, shape, attrType(scope, jsonPath(path, 'attr'), shape.attr) ?? 'any')
  },
  touch: checkTouch,
  count: checkCount,
  sum: checkAggregate('sum'),
  avg: checkAggregate('avg'),
  min: checkAggregate('min'),
  max: checkAggregate('max'),
  distinct: checkDistinct,
  regular: checkRegular,
  absent: checkAbsent,
  since: checkSince,
  unfinished: checkUnfinished,
  sequence: checkSequence,
  funnel: checkFunnelStage,
  score: checkScore,
  interest: checkInterest,
  rfm: checkRfm,
  when: (scope, path, shape) => {
    scope.findings.fields(path, shape, ['when'])
    checkWhen(scope, jsonPath(path, 'when'), shape.when, scope.isTimezone)
  },
  consent: ({ findings }, path, shape) => {
    findings.fields(path, shape, ['consent'])
    if (isPurpose(shape.consent)) return
    findings.error(
      jsonPath(path, 'consent'),
      'unknown-purpose',
      `There is no purpose ${quote(shape.consent)}. Purposes: ${PURPOSES.join(', ')}.`,
      shape.consent,
    )
  },
  model: ({ findings }, path, shape) => {
    findings.error(jsonPath(path, 'model'), 'no-model', NO_MODEL, shape.model)
  },
}

/** What is said of every model: the formats of their tables are not decided. */
export const NO_MODEL = 'no table of this format yet'

/** The context paths that an event remembers. */
export function isTouchPath(path: unknown): path is string {
  if (typeof path !== 'string' || contextType(path) === undefined) return false
  return path.startsWith('utm.') || path === 'referrer.host' || path === 'url.path'
}

function checkTouch(scope: ConditionCheck, path: string, shape: Shape): void {
  scope.findings.fields(path, shape, ['touch', 'of', ...TEST_FIELDS])
  checkWhich(scope, jsonPath(path, 'touch'), shape.touch)
  if (!isTouchPath(shape.of)) {
    const known = contextPaths().filter(isTouchPath)
    scope.findings.error(
      jsonPath(path, 'of'),
      'unknown-path',
      `Events do not remember ${quote(shape.of)}. Known: ${known.join(', ')}.${didYouMean(shape.of, known)}`,
      shape.of,
    )
  }
  checkTest(scope, path, shape, 'string')
}

// "country" is further from "geo.country" than a slip of the pen, and yet means it.
function nearPath(attr: unknown): string {
  if (typeof attr !== 'string') return ''
  const whole = contextPaths().find((path) => path.endsWith(`.${attr}`))
  return didYouMean(whole ?? attr, contextPaths())
}

function attrType(scope: ConditionCheck, path: string, attr: unknown): TestedType | undefined {
  if (typeof attr === 'string' && attr.startsWith('trait.'))
    return findNamed(scope, path, 'traits', scope.definitions.traits, attr.slice('trait.'.length))?.type
  const type = typeof attr === 'string' ? contextType(attr) : undefined
  if (type === undefined)
    scope.findings.error(
      path,
      'unknown-path',
      `There is no context path ${quote(attr)}. Known: ${contextPaths().join(', ')}, trait.<name>.${nearPath(attr)}`,
      attr,
    )
  return type
}
