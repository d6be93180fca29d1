import { comparatorOf } from '../condition/comparison.ts'
import type { Condition } from '../condition/condition.ts'
import { compileValueTest, operatorOf, type ValueTest } from '../condition/operator.ts'
import { numberRange } from '../condition/range.ts'
import type { Scalar } from '../condition/scalar.ts'
import { canonicalJson } from '../result/canonical-json.ts'
import { flagReading, type Reading } from './reading.ts'

// Stands for every text that no test names; private-use characters, which no ruleset has reason to name.
const OTHER_TEXT = '\ue000\ue001\ue002'
// Stands for every value of a type that no other test takes.
const OTHER_TYPE: readonly unknown[] = []

/**
 * A test of a value. Equality, ranges and presence share the axis of what is tested; a test of a part of a text, of a
 * list or a version has an axis of its own, on which it is true, false or unknown.
 */
export function valueReading(
  axis: string,
  test: ValueTest,
  more: { readonly needs: number; readonly condition: Condition },
): Reading {
  const points = pointsOf(test)
  if (points === undefined) {
    return flagReading(`${axis} ${canonicalJson(testOf(test))}`, { ...more, mayMiss: true })
  }
  return {
    axis,
    points: [...points, OTHER_TEXT, OTHER_TYPE],
    test: compileValueTest(test),
    mayMiss: true,
    ...more,
    ...(test.ignoreCase === true ? { folds: true as const } : {}),
  }
}

/** Every text that differs from one in the case of a single letter A–Z. */
export function caseNeighbours(text: string): readonly string[] {
  return [...text].flatMap((letter, at, letters) => {
    const isUpper = letter >= 'A' && letter <= 'Z'
    if (!isUpper && !(letter >= 'a' && letter <= 'z')) return []
    const other = isUpper ? letter.toLowerCase() : letter.toUpperCase()
    return [[...letters.slice(0, at), other, ...letters.slice(at + 1)].join('')]
  })
}

function pointsOf(test: ValueTest): readonly unknown[] | undefined {
  if (comparatorOf(test) !== undefined) return numberRange(test).flatMap(aroundNumber)
  switch (operatorOf(test)) {
    case 'is':
    case 'isNot':
    case 'in':
    case 'notIn':
      return [test.is, test.isNot, ...(test.in ?? []), ...(test.notIn ?? [])].flatMap(around)
    case 'exists':
      return []
    default:
      return undefined
  }
}

function around(value: Scalar | undefined): readonly unknown[] {
  if (typeof value === 'boolean') return [true, false]
  return typeof value === 'number' ? aroundNumber(value) : value === undefined ? [] : [value]
}

function aroundNumber(bound: number | null): readonly number[] {
  if (bound === null) return []
  const [above] = numberRange({ moreThan: bound })
  const [, below] = numberRange({ lessThan: bound })
  return [below, bound, above].filter((point) => point !== null)
}

function testOf(test: ValueTest): object {
  const operator = operatorOf(test)
  return operator === undefined ? test : { [operator]: test[operator], ignoreCase: test.ignoreCase === true }
}
