import type { Comparison } from '../comparison.ts'
import type { Condition, Rfm, ScorePercentile } from '../condition.ts'
import type { Definitions } from '../definitions.ts'
import { wholeRange } from '../range.ts'
import { both, fact, opposite, type Quantity } from './formula.ts'
import { EITHER, from, intersect, NONE, type NumberSet, setOf, span, YES } from './number-set.ts'
import type { TruthOf } from './truth-of.ts'

/** What a condition on points or bands comes down to. */
export function standingTruth(condition: Condition, definitions: Definitions): TruthOf | undefined {
  if ('score' in condition) {
    const value: Quantity = { key: `score ${condition.score}`, domain: from(0) }
    const among =
      'percentile' in condition
        ? percentileSet(condition, definitions)
        : setOf(wholeRange(condition, toPoints))
    return whether(value, among)
  }
  if ('interest' in condition) {
    const { interest } = condition
    if (!('top' in condition)) {
      const among = setOf(wholeRange(condition, toPoints))
      return whether(strengthOf(interest, condition.value), among)
    }
    const rank = whether(rankOf(interest, condition.is), span(1, condition.top))
    return { ...rank, true: both(rank.true, fact(strengthOf(interest, condition.is), from(1))) }
  }
  return 'rfm' in condition ? rfmTruth(condition) : undefined
}

function whether(quantity: Quantity, among: NumberSet): TruthOf {
  const truth = fact(quantity, among)
  return { true: truth, false: opposite(truth) }
}

function strengthOf(interest: string, value: string): Quantity {
  return { key: `strength ${JSON.stringify([interest, value])}`, domain: from(0) }
}

function rankOf(interest: string, value: string): Quantity {
  return { key: `rank ${JSON.stringify([interest, value])}`, domain: from(1), ranking: `rank ${interest}` }
}

// Place i of the table is reached from percentiles[i] on; every value reaches 0.
function percentileSet({ score, percentile }: ScorePercentile, { scores }: Definitions): NumberSet {
  const table = scores[score]?.percentiles ?? []
  const starts = table.map((value, at) => (at === 0 ? 0 : toPoints(value)))
  const [range] = intersect(span(0, 100), setOf(wholeRange(percentile, Number)))
  if (range === undefined) return NONE
  const [least, greatest] = range
  return span(starts[least] ?? 0, (starts[greatest + 1] ?? Number.POSITIVE_INFINITY) - 1)
}

const BANDS = ['recency', 'frequency', 'monetary'] as const

function rfmTruth(condition: Rfm): TruthOf {
  const known = fact({ key: `rfm ${condition.rfm}`, domain: EITHER }, YES)
  const bands = BANDS.flatMap((band) => {
    const comparison: Comparison<number> | undefined = condition[band]
    if (comparison === undefined) return []
    return [
      fact({ key: `${band} ${condition.rfm}`, domain: span(1, 5) }, setOf(wholeRange(comparison, Number))),
    ]
  })
  return { true: both(known, ...bands), false: both(known, opposite(both(...bands))) }
}

// Points are kept in 10^-8; a bound has at most four decimals.
function toPoints(bound: number): number {
  return Math.floor(bound * 10_000 + 0.5) * 10_000
}
