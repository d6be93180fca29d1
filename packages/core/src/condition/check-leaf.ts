import { isPurpose, PURPOSES } from '../consent/purpose.ts'
import { contextPaths, contextType } from '../context/context-path.ts'
import { didYouMean, quote } from '../result/findings.ts'
import { own } from '../result/json.ts'
import { jsonPath } from '../result/json-path.ts'
import {
  checkComparison,
  checkDuration,
  checkEvent,
  checkProperty,
  checkWindow,
  decimalBound,
  type Shape,
  wholeBound,
} from './check-scope.ts'
import { checkTest, checkWhere, TEST_FIELDS, type TestedType } from './check-test.ts'
import { checkWhen } from './check-when.ts'
import { COMPARATORS } from './comparison.ts'
import type { Kind } from './condition.ts'

import type { ConditionCheck } from './condition-check.ts'

type LeafCheck = (scope: ConditionCheck, path: string, shape: Shape) => void

/** The check of each kind that has no children. */
export const LEAVES: { readonly [K in Exclude<Kind, 'all' | 'any' | 'not' | 'atLeast'>]: LeafCheck } = {
  segment: ({ findings, segments }, path, shape) => {
    findings.fields(path, shape, ['segment'])
    const key = shape.segment
    if (typeof key === 'string' && segments.has(key)) return
    findings.error(
      jsonPath(path, 'segment'),
      'unknown-segment',
      `There is no segment ${quote(key)}. Define it in "segments".${didYouMean(key, segments)}`,
      key,
    )
  },
  attr: (scope, path, shape) => {
    scope.findings.fields(path, shape, ['attr', ...TEST_FIELDS])
    const type = attrType(scope, jsonPath(path, 'attr'), shape.attr)
    checkTest(scope, path, shape, type ?? 'any')
  },
  count: (scope, path, shape) => {
    scope.findings.fields(path, shape, ['count', 'where', 'within', ...COMPARATORS])
    checkEvent(scope, jsonPath(path, 'count'), shape.count)
    checkWhere(scope, jsonPath(path, 'where'), shape.count, shape.where)
    checkWindow(scope, jsonPath(path, 'within'), shape.within, false)
    checkComparison(scope, path, shape, wholeBound(scope))
  },
  distinct: (scope, path, shape) => {
    scope.findings.fields(path, shape, ['distinct', 'of', 'where', 'within', ...COMPARATORS])
    const event = checkEvent(scope, jsonPath(path, 'distinct'), shape.distinct)
    if (event !== undefined) checkProperty(scope, jsonPath(path, 'of'), event, shape.of)
    checkWhere(scope, jsonPath(path, 'where'), shape.distinct, shape.where)
    checkWindow(scope, jsonPath(path, 'within'), shape.within, false)
    checkComparison(scope, path, shape, wholeBound(scope, 31))
  },
  absent: (scope, path, shape) => {
    scope.findings.fields(path, shape, ['absent', 'where', 'within'])
    checkEvent(scope, jsonPath(path, 'absent'), shape.absent)
    checkWhere(scope, jsonPath(path, 'where'), shape.absent, shape.where)
    checkWindow(scope, jsonPath(path, 'within'), shape.within, true)
  },
  since: (scope, path, shape) => {
    scope.findings.fields(path, shape, ['since', 'where', 'which', ...COMPARATORS])
    checkEvent(scope, jsonPath(path, 'since'), shape.since)
    checkWhere(scope, jsonPath(path, 'where'), shape.since, shape.where)
    const which = shape.which
    if (which !== undefined && which !== 'last' && which !== 'first') {
      scope.findings.error(jsonPath(path, 'which'), 'which', '"which" is "last" or "first".', which)
    }
    checkComparison(scope, path, shape, (place, value) => checkDuration(scope.findings, place, value))
  },
  unfinished: (scope, path, shape) => {
    scope.findings.fields(path, shape, ['unfinished', 'where', 'without', 'for', 'within'])
    checkEvent(scope, jsonPath(path, 'unfinished'), shape.unfinished)
    checkEvent(scope, jsonPath(path, 'without'), shape.without)
    checkWhere(scope, jsonPath(path, 'where'), shape.unfinished, shape.where)
    const wait = checkDuration(scope.findings, jsonPath(path, 'for'), shape.for)
    const window = checkWindow(scope, jsonPath(path, 'within'), shape.within, true)
    if (wait !== undefined && window !== undefined && wait >= window) {
      scope.findings.error(
        jsonPath(path, 'for'),
        'empty-window',
        '"for" is not shorter than "within": it can never match. Shorten "for".',
        shape.for,
      )
    }
  },
  interest: (scope, path, shape) => {
    const family = shape.interest
    const known = scope.definitions.interests
    if (typeof family !== 'string' || own(known, family) === undefined) {
      scope.findings.error(
        jsonPath(path, 'interest'),
        'unknown-interest',
        `There is no interest family ${quote(family)}. Define it in "interests".${didYouMean(family, Object.keys(known))}`,
        family,
      )
    }
    if (Object.hasOwn(shape, 'top') || Object.hasOwn(shape, 'is')) {
      scope.findings.fields(path, shape, ['interest', 'top', 'is'])
      checkTop(scope, jsonPath(path, 'top'), shape.top)
      checkText(scope, jsonPath(path, 'is'), shape.is)
      return
    }
    scope.findings.fields(path, shape, ['interest', 'value', ...COMPARATORS])
    checkText(scope, jsonPath(path, 'value'), shape.value)
    checkComparison(scope, path, shape, decimalBound(scope, 0, 10_000_000))
  },
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
}

function checkTop({ findings }: ConditionCheck, path: string, top: unknown): void {
  if (typeof top === 'number' && Number.isInteger(top) && top >= 1 && top <= 64) return
  findings.error(path, 'bound', `${quote(top)} is no rank. Use a whole number from 1 to 64.`, top)
}

function checkText({ findings }: ConditionCheck, path: string, value: unknown): void {
  if (typeof value === 'string') return
  findings.error(path, 'not-text', `${quote(value)} is no text. Name the value in quotes.`, value)
}

function attrType(
  { definitions, findings }: ConditionCheck,
  path: string,
  attr: unknown,
): TestedType | undefined {
  if (typeof attr === 'string' && attr.startsWith('trait.')) {
    const name = attr.slice('trait.'.length)
    const trait = own(definitions.traits, name)
    if (trait === undefined)
      findings.error(
        path,
        'unknown-trait',
        `The trait ${quote(name)} is not declared. Add it to "traits".${didYouMean(name, Object.keys(definitions.traits))}`,
        attr,
      )
    return trait?.type
  }
  const type = typeof attr === 'string' ? contextType(attr) : undefined
  if (type === undefined)
    findings.error(
      path,
      'unknown-path',
      `There is no context path ${quote(attr)}. Known: ${contextPaths().join(', ')}, trait.<name>.${didYouMean(attr, contextPaths())}`,
      attr,
    )
  return type
}
