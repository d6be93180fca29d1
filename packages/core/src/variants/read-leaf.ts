import { boundsOf, type Comparison } from '../condition/comparison.ts'
import type { Condition, FunnelReached, FunnelStage, Rfm } from '../condition/condition.ts'
import type { Definitions } from '../condition/definitions.ts'
import { durationSeconds } from '../condition/duration.ts'
import { neededPurposes } from '../condition/needed-purposes.ts'
import { wholeRange } from '../condition/range.ts'
import type { Purpose } from '../consent/purpose.ts'
import { canonicalJson } from '../result/canonical-json.ts'
import { own } from '../result/json.ts'
import { flagReading, type Reading, rangeReading } from './reading.ts'
import { valueReading } from './value-reading.ts'
import { whenReadings } from './when-reading.ts'

// Above it a count is answered by other signals, which may differ by a bucket.
const EXACT_COUNT = 31
const UNKNOWN_IN_ITSELF = ['absent', 'model']

interface More {
  readonly needs: number
  readonly condition: Condition
}

/** Whether a purpose is granted; `functional` always is. */
export function consentReading(purpose: Purpose): Reading {
  const reading = flagReading(consentAxis(purpose), { needs: 0, mayMiss: false })
  return purpose === 'functional' ? { ...reading, points: [true] } : reading
}

/** The axis of a purpose. */
export function consentAxis(purpose: Purpose): string {
  return `consent ${purpose}`
}

/** What a condition without children asks; all of it must hold. */
export function readLeaf(condition: Condition, definitions: Definitions): readonly Reading[] {
  const more = { needs: neededPurposes(condition, definitions), condition }
  if ('when' in condition) return whenReadings(condition, definitions.timezone)
  if ('rfm' in condition) return rfmReadings(condition, more)
  if ('attr' in condition) return [valueReading(`attr ${condition.attr}`, condition, more)]
  if ('touch' in condition) {
    return [valueReading(`touch ${condition.touch} ${condition.of}`, condition, more)]
  }
  if ('consent' in condition) {
    return [consentReading(condition.consent)]
  }
  return [
    readFunnel(condition, definitions, more) ?? readNumber(condition, more) ?? readFlag(condition, more),
  ]
}

function readFlag(condition: Condition, more: More): Reading {
  const mayMiss = UNKNOWN_IN_ITSELF.some((kind) => Object.hasOwn(condition, kind))
  return flagReading(canonicalJson(condition), { ...more, mayMiss })
}

// Each kind that compares a number: what is compared, in which unit, and whether it may have no value.
function readNumber(condition: Condition, more: More): Reading | undefined {
  if ('count' in condition) {
    const isExact = Math.max(...boundsOf(condition, Number)) <= EXACT_COUNT
    const axis = nameOf({ ...condition, isExact })
    return rangeReading(axis, wholeRange(condition, Number), { ...more, least: 0 })
  }
  if ('distinct' in condition) return natural(condition, Number, more)
  if ('sum' in condition) return rangeReading(nameOf(condition), wholeRange(condition, tenThousandths), more)
  if ('avg' in condition || 'min' in condition || 'max' in condition) {
    return rangeReading(nameOf(condition), wholeRange(condition, tenThousandths), { ...more, mayMiss: true })
  }
  if ('since' in condition) {
    const axis = nameOf({ which: 'last', ...condition })
    return rangeReading(axis, wholeRange(condition, durationSeconds), { ...more, least: 0, mayMiss: true })
  }
  if ('regular' in condition) {
    const { atLeast, ofLast, ...rest } = condition
    return rangeReading(nameOf({ ...rest, last: ofLast }), [atLeast, null], {
      ...more,
      least: 0,
      most: ofLast,
    })
  }
  if ('percentile' in condition) {
    const range = wholeRange(condition.percentile, Number)
    return rangeReading(`percentile ${condition.score}`, range, { ...more, least: 0, most: 100 })
  }
  if ('score' in condition || ('interest' in condition && 'value' in condition)) {
    return natural(condition, hundredMillionths, more)
  }
  return undefined
}

function natural(
  condition: Condition & Comparison<number>,
  toWhole: (bound: number) => number,
  more: More,
): Reading {
  return rangeReading(nameOf(condition), wholeRange(condition, toWhole), { ...more, least: 0 })
}

function readFunnel(condition: Condition, definitions: Definitions, more: More): Reading | undefined {
  if (!('funnel' in condition)) return undefined
  const { steps } = own(definitions.funnels, condition.funnel)!
  const place = 1 + steps.findIndex(({ stage }) => stage === stageOf(condition))
  const range = [place, 'stage' in condition ? place : null] as const
  return rangeReading(`funnel ${condition.funnel}`, range, { ...more, least: 0, most: steps.length })
}

function stageOf(condition: FunnelReached | FunnelStage): string {
  return 'stage' in condition ? condition.stage : condition.reached
}

function rfmReadings(condition: Rfm, { needs }: More): readonly Reading[] {
  return (['recency', 'frequency', 'monetary'] as const).flatMap((band) => {
    const comparison = condition[band]
    if (comparison === undefined) return []
    const limits = { needs, mayMiss: true, least: 1, most: 5 }
    return [rangeReading(`rfm ${condition.rfm} ${band}`, wholeRange(comparison, Number), limits)]
  })
}

// What is compared, without the comparison.
function nameOf(condition: object): string {
  const { atLeast, atMost, moreThan, lessThan, exactly, between, ...rest } = condition as Comparison<unknown>
  return canonicalJson(rest)
}

function tenThousandths(bound: number): number {
  return Math.round(bound * 1e4)
}

// Bounds have four decimals; what is compared has eight.
function hundredMillionths(bound: number): number {
  return Math.round(bound * 1e4) * 1e4
}
