import type { Condition } from '../condition/condition.ts'
import type { Definitions } from '../condition/definitions.ts'
import type { ValueTest } from '../condition/operator.ts'
import { wholeRange } from '../condition/range.ts'
import { isObject, type Json } from '../result/json.ts'
import type { Change } from './change.ts'
import { once } from './once.ts'
import { moreNeeded, proposeAmounts, proposeAverage, proposeExtreme } from './propose-amounts.ts'
import { proposePoints, proposeStronger } from './propose-points.ts'
import { proposeRfm } from './propose-rfm.ts'
import { proposeFunnel, proposeSequence } from './propose-steps.ts'
import { sampleValue } from './sample-value.ts'

/** A leaf and what it saw. */
export interface SeenLeaf {
  readonly condition: Condition
  readonly seen: Json
  readonly definitions: Definitions
}

/**
 * Changes that may bring a single condition to a truth, other than time passing. They are guesses: whoever says one
 * has evaluated it. Consent is taken to be there.
 */
export function proposeChanges(leaf: SeenLeaf, wanted: boolean): readonly Change[] {
  const again = hasHappened(leaf, wanted) ? ({ again: true } as const) : {}
  return propose(leaf, wanted).map((change) => (change.by === 'event' ? { ...change, ...again } : change))
}

// Whether what is proposed has been seen before, so that "one more" is the word.
function hasHappened({ condition, seen }: SeenLeaf, wanted: boolean): boolean {
  if ('funnel' in condition || 'sequence' in condition) return false
  if ('unfinished' in condition) return isSeen(isObject(seen) ? seen[wanted ? 'begun' : 'finished'] : null)
  if ('absent' in condition) return isSeen(isObject(seen) ? seen.last : null)
  // Strengths of other values are not this one's.
  if ('interest' in condition && Array.isArray(seen)) {
    const asked = 'top' in condition ? condition.is : condition.value
    return seen.some((each) => isObject(each) && each.value === asked && isSeen(each.points))
  }
  return isSeen(seen)
}

function isSeen(seen: unknown): boolean {
  if (typeof seen === 'number') return seen !== 0
  if (Array.isArray(seen)) return seen.some(isSeen)
  return isObject(seen) && Object.values(seen).some(isSeen)
}

function propose({ condition, seen, definitions }: SeenLeaf, wanted: boolean): readonly Change[] {
  const part = isObject(seen) ? (seen as { readonly [name: string]: Json }) : {}
  if ('attr' in condition) return proposeValue(condition.attr, condition, wanted)
  if ('touch' in condition) {
    const value = sampleValue(condition, wanted)
    return typeof value === 'string'
      ? [{ by: 'touch', of: condition.of, value, test: testOf(condition), passes: wanted }]
      : []
  }
  if ('consent' in condition) return wanted ? [{ by: 'consent', purposes: [condition.consent] }] : []
  if ('count' in condition)
    return once(
      condition.count,
      condition.where,
      moreNeeded(Number(seen), wholeRange(condition, Number), wanted),
    )
  if ('distinct' in condition) {
    const more = moreNeeded(Number(seen), wholeRange(condition, Number), wanted)
    const { of: different } = condition
    return once(condition.distinct, condition.where, more).map((change) => ({ ...change, different }))
  }
  if ('sum' in condition) return proposeAmounts(condition, seen, wanted)
  if ('avg' in condition) return proposeAverage(condition, part, wanted)
  if ('min' in condition || 'max' in condition) return proposeExtreme(condition, wanted)
  if ('absent' in condition) return wanted ? [] : once(condition.absent, condition.where, 1)
  if ('since' in condition) return once(condition.since, condition.where, 1)
  if ('unfinished' in condition) {
    return wanted ? once(condition.unfinished, condition.where, 1) : once(condition.without, undefined, 1)
  }
  if ('regular' in condition) return wanted ? once(condition.regular, condition.where, 1) : []
  if ('sequence' in condition) return wanted ? proposeSequence(condition) : []
  if ('funnel' in condition) return proposeFunnel(condition, definitions.funnels[condition.funnel]!)
  if ('score' in condition) return proposePoints(condition, seen, definitions, wanted)
  if ('interest' in condition) return proposeStronger(condition, seen, definitions, wanted)
  if ('rfm' in condition) return proposeRfm(condition, part, definitions.rfm[condition.rfm]!, wanted)
  return []
}

function proposeValue(path: string, condition: ValueTest, wanted: boolean): readonly Change[] {
  const value = sampleValue(condition, wanted)
  if (value === undefined) return []
  const change = { value, test: testOf(condition), passes: wanted }
  return path.startsWith('trait.')
    ? [{ by: 'trait', name: path.slice('trait.'.length), ...change }]
    : [{ by: 'context', path, ...change }]
}

// The test alone, without the members that name what is tested.
function testOf(condition: ValueTest): ValueTest {
  const { attr: _, touch: __, of: ___, ...test } = condition as ValueTest & { [name: string]: unknown }
  return test
}
