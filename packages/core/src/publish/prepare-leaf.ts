import {
  type Condition,
  kindOf,
  type ScorePercentile,
  type ScoreValue,
  WEEKDAYS,
  type When,
} from '../condition/condition.ts'
import type { Definitions } from '../condition/definitions.ts'
import { durationSeconds } from '../condition/duration.ts'
import { instantSeconds } from '../condition/instant.ts'
import { neededPurposes } from '../condition/needed-purposes.ts'
import { prepareTest } from '../condition/operator.ts'
import type { Range } from '../condition/prepared-test.ts'
import { wholeRange } from '../condition/range.ts'
import { purposeBits } from '../consent/consent.ts'
import type { Leaf } from '../match/leaf.ts'
import {
  aggregateSignals,
  chainSignal,
  countSignal,
  distinctSignal,
  interestSignal,
  periodsSignal,
  scoreSignal,
  sinceSignal,
  timesSignal,
  touchSignal,
  unfinishedSignals,
} from '../signal/needed-signals.ts'
import type { Around } from './around.ts'
import { prepareRfm } from './prepare-rfm.ts'

// Past every sum that is kept.
const BEYOND_SUMS = 9_000_000_000_000_001

/** Prepares a checked condition without children that is no reference. */
export function prepareLeaf(condition: Condition, around: Around): Leaf {
  const leaf = prepareKind(condition, around)
  const needs = neededPurposes(condition, around.definitions)
  return needs === 0 ? leaf : { ...leaf, needs }
}

function prepareKind(condition: Condition, around: Around): Leaf {
  const { slotOf, definitions } = around
  if ('attr' in condition) return { op: 'attr', path: condition.attr, ...prepareTest(condition) }
  if ('touch' in condition)
    return {
      op: 'touch',
      slot: slotOf(touchSignal(condition)),
      which: condition.touch,
      ...prepareTest(condition),
    }
  if ('count' in condition) {
    const signal = countSignal(condition)
    const slot = slotOf(signal)
    const range = wholeRange(condition, Number)
    if (signal.kind === 'ring') return { op: 'ring', slot, bucket: signal.bucket, range }
    if (signal.kind === 'total') return { op: 'total', slot, range }
    return { op: 'count', slot, within: window(condition.within), range }
  }
  if ('sum' in condition || 'avg' in condition || 'min' in condition || 'max' in condition) {
    const range = wholeRange(condition, toAmount)
    const signals = aggregateSignals(condition)
    const [signal] = signals
    if (signal === undefined) throw new Error('[core] prepareLeaf: an aggregate without a signal.')
    const ring = signal.kind === 'ring' ? { bucket: signal.bucket } : {}
    const [slot, number] = signals.map(slotOf)
    if (number !== undefined) return { op: 'average', sum: slot!, number, ...ring, range }
    if (signal.kind === 'total') return { op: 'total', slot: slot!, range }
    return { op: 'ring', slot: slot!, bucket: signal.bucket, take: signal.take!, range }
  }
  if ('distinct' in condition)
    return {
      op: 'distinct',
      slot: slotOf(distinctSignal(condition)),
      within: window(condition.within),
      range: wholeRange(condition, Number),
    }
  if ('absent' in condition) {
    const slot = slotOf(timesSignal(condition.absent, condition.where, 1))
    return { op: 'absent', slot, within: durationSeconds(condition.within) }
  }
  if ('since' in condition) {
    const first = condition.which === 'first' ? { first: true as const } : {}
    return {
      op: 'since',
      slot: slotOf(sinceSignal(condition)),
      ...first,
      range: wholeRange(condition, durationSeconds),
    }
  }
  if ('unfinished' in condition) {
    const [begun, finished] = unfinishedSignals(condition)
    return {
      op: 'unfinished',
      begun: slotOf(begun),
      finished: slotOf(finished),
      wait: durationSeconds(condition.for),
      within: durationSeconds(condition.within),
    }
  }
  if ('sequence' in condition) {
    const steps = condition.sequence.length
    const slot = slotOf(chainSignal({ ...condition, steps: condition.sequence }))
    return { op: 'chain', slot, steps, within: window(condition.within), range: [steps, null] }
  }
  if ('funnel' in condition) {
    const { steps, within } = definitions.funnels[condition.funnel]!
    const slot = slotOf(chainSignal({ steps }))
    const stage = 'stage' in condition ? condition.stage : condition.reached
    const step = steps.findIndex((each) => each.stage === stage) + 1
    const range: Range = 'stage' in condition ? [step, step] : [step, null]
    return { op: 'chain', slot, steps: steps.length, within: durationSeconds(within), range }
  }
  if ('regular' in condition) {
    const { period, atLeast: least, ofLast: of } = condition
    return { op: 'periods', slot: slotOf(periodsSignal(condition)), period, least, of }
  }
  if ('score' in condition) {
    const signal = scoreSignal(definitions.scores[condition.score]!)
    return {
      op: 'score',
      slot: slotOf(signal),
      bucket: signal.bucket,
      range: scoreRange(condition, definitions),
    }
  }
  if ('interest' in condition) {
    const signal = interestSignal(definitions.interests[condition.interest]!)
    const slot = slotOf(signal)
    const { bucket } = signal
    if ('top' in condition) return { op: 'top', slot, bucket, value: condition.is, top: condition.top }
    return { op: 'strength', slot, bucket, value: condition.value, range: wholeRange(condition, toStrength) }
  }
  if ('rfm' in condition) return prepareRfm(condition, around)
  if ('when' in condition) return prepareWhen(condition, definitions)
  if ('consent' in condition) return { op: 'consent', bit: purposeBits([condition.consent]) }
  throw new Error(`[core] prepareLeaf: ${kindOf(condition)} cannot be published. Check the ruleset first.`)
}

function window(within: string | undefined): number | null {
  return within === undefined ? null : durationSeconds(within)
}

// Ten-thousandths; a bound past every sum stays past it.
function toAmount(bound: number): number {
  return Math.max(-BEYOND_SUMS, Math.min(BEYOND_SUMS, Math.round(bound * 10_000)))
}

// A bound in points, at most four decimals, as 10^-8 points.
function toStrength(points: number): number {
  return Math.round(points * 10_000) * 10_000
}

// At least the 75th percentile is at least the table's 75th value; at most the 75th is below the 76th.
function scoreRange(condition: ScoreValue | ScorePercentile, definitions: Definitions): Range {
  if (!('percentile' in condition)) return wholeRange(condition, toStrength)
  const table = definitions.scores[condition.score]!.percentiles!
  const [least, greatest] = wholeRange(condition.percentile, Number)
  return [
    least === null || least <= 0 ? null : least > 100 ? Number.MAX_SAFE_INTEGER : toStrength(table[least]!),
    greatest === null || greatest >= 100 ? null : greatest < 0 ? -1 : toStrength(table[greatest + 1]!) - 1,
  ]
}

function prepareWhen({ when }: When, { timezone }: Definitions): Leaf {
  const { from, until, hours, weekdays } = when
  return {
    op: 'when',
    ...(from === undefined ? {} : { from: instantSeconds(from) }),
    ...(until === undefined ? {} : { until: instantSeconds(until) }),
    ...(hours === undefined ? {} : { hours: [hours[0] * 3_600, hours[1] * 3_600] as const }),
    ...(weekdays === undefined ? {} : { weekdays: weekdays.map((day) => WEEKDAYS.indexOf(day)) }),
    timezone: when.timezone ?? timezone,
  }
}
