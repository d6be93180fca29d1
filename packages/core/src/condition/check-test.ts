import { findEvent } from '../event/event-definition.ts'
import { quote } from '../result/findings.ts'
import { isObject } from '../result/json.ts'
import { jsonPath } from '../result/json-path.ts'
import { checkProperty } from './check-names.ts'
import { type CheckScope, checkComparison, decimalBound, type Shape, tellNumber } from './check-scope.ts'
import { COMPARATORS } from './comparison.ts'
import { VALUE_OPERATORS } from './operator.ts'
import { isVersion } from './version.ts'

const TESTED_TYPES = ['string', 'number', 'boolean', 'list', 'any'] as const
/** What kind of value a test looks at; `any` where only the site knows. */
export type TestedType = (typeof TESTED_TYPES)[number]

const TEXT_OPERATORS = ['contains', 'startsWith', 'endsWith', 'versionAtLeast', 'versionAtMost']
const LIST_OPERATORS = ['hasAny', 'hasAll']
/** Every member that a test may have. */
export const TEST_FIELDS: readonly string[] = [...VALUE_OPERATORS, ...COMPARATORS, 'ignoreCase']

/** Checks that a shape carries exactly one operator, that its operand is well formed and can match a `type`. */
export function checkTest(scope: CheckScope, path: string, shape: Shape, type: TestedType): void {
  const { findings } = scope
  const found = [...VALUE_OPERATORS, ...COMPARATORS].filter((name) => Object.hasOwn(shape, name))
  if (found.length !== 1) {
    findings.error(
      path,
      'one-operator',
      `Exactly one operator is needed; ${tellNumber(found.length)} of ${[...VALUE_OPERATORS, ...COMPARATORS].join(', ')}.`,
      found,
    )
    return
  }
  const name = found[0]!
  const operand = shape[name]
  const place = jsonPath(path, name)
  if ((COMPARATORS as readonly string[]).includes(name)) {
    mustTest(scope, place, 'number', type, operand)
    checkComparison(scope, path, shape, decimalBound(scope))
  } else checkOperand(scope, place, name, operand, type)
  if (shape.ignoreCase !== undefined && typeof shape.ignoreCase !== 'boolean') {
    findings.error(
      jsonPath(path, 'ignoreCase'),
      'not-a-boolean',
      `"ignoreCase" is ${quote(shape.ignoreCase)}. Write true or false.`,
      shape.ignoreCase,
    )
  }
}

/** Checks a filter on an event's properties. */
export function checkWhere(scope: CheckScope, path: string, event: unknown, where: unknown): void {
  if (where === undefined || !scope.findings.object(path, where, 'A filter')) return
  // An undeclared event was reported where it is named.
  const definition = typeof event === 'string' ? findEvent(scope.definitions.events, event) : undefined
  if (definition === undefined) return
  for (const [name, test] of Object.entries(where)) {
    if (scope.findings.isFull) return
    const place = jsonPath(path, name)
    const type = checkProperty(scope, place, definition, name)
    if (isObject(test)) {
      scope.findings.fields(place, test, TEST_FIELDS)
      checkTest(scope, place, test, (type ?? 'any') as TestedType)
    } else checkScalar(scope, place, test, (type ?? 'any') as TestedType)
  }
}

function checkOperand(
  scope: CheckScope,
  path: string,
  name: string,
  operand: unknown,
  type: TestedType,
): void {
  const { findings } = scope
  if (name === 'is' || name === 'isNot') return checkScalar(scope, path, operand, type)
  if (name === 'exists') {
    if (typeof operand !== 'boolean')
      findings.error(path, 'not-a-boolean', `"exists" is ${quote(operand)}. Write true or false.`, operand)
    return
  }
  if (TEXT_OPERATORS.includes(name)) {
    if (typeof operand !== 'string')
      findings.error(path, 'not-text', `${quote(operand)} is no text. Write it in quotes.`, operand)
    else if (name.startsWith('version') && !isVersion(operand)) {
      findings.error(
        path,
        'version',
        `${quote(operand)} is no version. Write dotted digits, for example "2.10".`,
        operand,
      )
    }
    return mustTest(scope, path, 'string', type, operand)
  }
  checkList(scope, path, name, operand, type)
}

function checkList(scope: CheckScope, path: string, name: string, operand: unknown, type: TestedType): void {
  const { findings } = scope
  if (!Array.isArray(operand))
    return findings.error(
      path,
      'not-a-list',
      `"${name}" takes a list, not ${quote(operand)}. Write [ … ].`,
      operand,
    )
  if (operand.length === 0)
    return findings.error(
      path,
      'empty-list',
      'An empty list never matches. Name at least one value.',
      operand,
    )
  if (LIST_OPERATORS.includes(name)) {
    if (!operand.every((item) => typeof item === 'string'))
      findings.error(
        path,
        'mixed-list',
        `"${name}" takes a list of text, not ${quote(operand)}. Write each in quotes.`,
        operand,
      )
    return mustTest(scope, path, 'list', type, operand)
  }
  if (operand.some((item) => typeof item !== typeof operand[0])) {
    return findings.error(
      path,
      'mixed-list',
      'The values of a list are of one type. Split it by type.',
      operand,
    )
  }
  checkScalar(scope, jsonPath(path, 0), operand[0], type)
  // One type was tested above; what a number may be is a matter of each.
  operand.forEach((item, at) => {
    if (at > 0) checkNumberRange(scope, jsonPath(path, at), item)
  })
}

function checkScalar(scope: CheckScope, path: string, value: unknown, type: TestedType): void {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    checkNumberRange(scope, path, value)
    return mustTest(scope, path, typeof value as TestedType, type, value)
  }
  scope.findings.error(
    path,
    'not-a-scalar',
    `${quote(value)} is neither text nor a number nor true or false. Write one of these.`,
    value,
  )
}

function checkNumberRange({ findings }: CheckScope, path: string, value: unknown): void {
  if (typeof value !== 'number' || Math.abs(value) <= Number.MAX_SAFE_INTEGER) return
  const message = `${quote(value)} is beyond ±(2^53 − 1), where no value can be. Write it as text.`
  findings.error(path, 'number-range', message, value)
}

function mustTest(
  { findings }: CheckScope,
  path: string,
  tests: TestedType,
  type: TestedType,
  value: unknown,
): void {
  // A type that is none was reported where it is declared.
  if (type === 'any' || type === tests || !TESTED_TYPES.includes(type)) return
  findings.error(
    path,
    'type-mismatch',
    `${quote(value)} tests a ${tests}, but the value is a ${type}: it can never match. Compare with a ${type}.`,
    value,
  )
}
