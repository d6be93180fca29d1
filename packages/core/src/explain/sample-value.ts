import { boundsOf, comparatorOf } from '../condition/comparison.ts'
import { operatorOf, prepareTest, type ValueTest } from '../condition/operator.ts'
import { compileTest } from '../condition/prepared-test.ts'
import type { Scalar } from '../condition/scalar.ts'
import { FALSE, TRUE } from '../condition/truth.ts'
import type { Where } from '../condition/where.ts'

/** A value that a test may be asked about. */
export type Sample = Scalar | readonly string[] | null

/** A value for which a test is true (or, `wanted` false, false), preferring what it names; `undefined` if none is found. */
export function sampleValue(test: ValueTest, wanted: boolean): Sample | undefined {
  const matcher = compileTest(prepareTest(test))
  return candidates(test).find((value) => matcher(value) === (wanted ? TRUE : FALSE))
}

/** Properties that pass a filter as far as such can be found. */
export function sampleProperties(where: Where | undefined): { readonly [property: string]: Sample } {
  const samples = Object.entries(where ?? {}).flatMap(([property, test]): readonly [string, Sample][] => {
    const value = typeof test === 'object' ? sampleValue(test, true) : test
    return value === undefined || value === null ? [] : [[property, value]]
  })
  return Object.fromEntries(samples)
}

// The matcher chooses among these; what cannot pass is never said.
function candidates(test: ValueTest): readonly Sample[] {
  if (comparatorOf(test) !== undefined) {
    const bounds = boundsOf(test, Number)
    return bounds.flatMap((bound) => [bound, bound + 1, bound - 1])
  }
  const operator = operatorOf(test)
  if (operator === 'exists') return [null, 'something']
  const named = operator === undefined ? undefined : test[operator]
  const list = Array.isArray(named) ? (named as readonly Scalar[]) : [named as Scalar]
  const others = list.flatMap(otherThan)
  if (operator === 'hasAny' || operator === 'hasAll') {
    const texts = list as readonly string[]
    return [texts.slice(0, 1), texts, []]
  }
  return [...list, ...others]
}

function otherThan(value: Scalar): readonly Scalar[] {
  if (typeof value === 'boolean') return [!value]
  if (typeof value === 'number') return [value + 1, value - 1]
  const version = /^[0-9]+(?:\.[0-9]+)*$/.test(value) ? [`${value}.1`, '0', '0.0.1'] : []
  return [...version, 'other', 'another']
}
