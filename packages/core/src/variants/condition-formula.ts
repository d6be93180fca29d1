import { type Condition, childrenOf } from '../condition/condition.ts'
import { own } from '../result/json.ts'
import type { Segments } from '../segment/segment.ts'
import type { Axes, Reader } from './collect-axes.ts'
import { allOf, anyOf, type Formula, NEVER } from './formula.ts'

/** What must hold for a condition to be true, or to be false. */
export type ConditionFormulas = (condition: Condition, wanted: boolean) => Formula

/**
 * Turns conditions into formulas over axes. A condition is true, false or unknown; being true and being false are two
 * formulas, and `not` swaps them, so that an unknown stays neither.
 */
export function createConditionFormulas(reader: Reader, axes: Axes, segments: Segments): ConditionFormulas {
  const known = { true: new Map<string, Formula>(), false: new Map<string, Formula>() }

  function formulaOf(condition: Condition, wanted: boolean): Formula {
    if ('segment' in condition) return ofSegment(condition.segment, wanted)
    if ('not' in condition) return formulaOf(condition.not, !wanted)
    const children = childrenOf(condition)
    if (children.length === 0) {
      const parts = reader.leaf(condition).map((reading) => axes.formulaOf(reading, wanted))
      return wanted ? allOf(parts) : anyOf(parts)
    }
    const parts = children.map((child) => formulaOf(child, wanted))
    const needed = 'all' in condition ? parts.length : 'any' in condition ? 1 : atLeastOf(condition)
    // Fewer than n can be true once all but n − 1 are false.
    const least = wanted ? needed : parts.length - needed + 1
    if (least === parts.length) return allOf(parts)
    return least === 1 ? anyOf(parts) : { least, of: parts }
  }

  function ofSegment(key: string, wanted: boolean): Formula {
    const formulas = known[wanted ? 'true' : 'false']
    const made = formulas.get(key)
    if (made !== undefined) return made
    const segment = own(segments, key)
    const formula = segment === undefined ? NEVER : formulaOf(segment.when, wanted)
    formulas.set(key, formula)
    return formula
  }

  return formulaOf
}

function atLeastOf(condition: Condition): number {
  return 'of' in condition && 'atLeast' in condition && typeof condition.atLeast === 'number'
    ? condition.atLeast
    : 1
}
