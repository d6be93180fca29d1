import { boundsOf, type Comparison } from '../comparison.ts'
import type { Condition, Distinct } from '../condition.ts'
import { type Duration, durationSeconds } from '../duration.ts'
import { wholeRange } from '../range.ts'
import type { Where } from '../where.ts'
import { filterKey, isEmptyFilter, isNarrower } from './filter.ts'
import { both, fact, opposite, type Quantity } from './formula.ts'
import { EITHER, from, NO, type NumberSet, setOf, span, YES } from './number-set.ts'
import type { TruthOf } from './truth-of.ts'

/** The largest bound that is counted to the second; with a window above it, in 60 steps of the window. */
const MAX_EXACT_BOUND = 31
const STEPS = 60
const MAX_SUM = 9_000_000_000_000_000
const MAX_AMOUNT = 10_000_000_000_000

/** The ages that are counted: every event younger than `least` seconds, none of `most` or more. */
interface Reach {
  readonly least: number
  readonly most: number
}

interface Counted extends Quantity {
  readonly where: Where | undefined
  readonly reach: Reach
  /** The property whose different values are counted; events themselves without. */
  readonly of?: string
}

/** What a condition that counts or adds up comes down to. */
export function countTruth(condition: Condition): TruthOf | undefined {
  if ('count' in condition) {
    const { count, where, within } = condition
    const reach = Math.max(...boundsOf(condition, Number)) > MAX_EXACT_BOUND ? steps(within) : exact(within)
    return isAmong(countOf(count, where, reach), setOf(wholeRange(condition, Number)))
  }
  if ('distinct' in condition) return isAmong(distinctOf(condition), setOf(wholeRange(condition, Number)))
  if ('sum' in condition) {
    const none = isEmptyFilter(condition.where)
    const key = aggregateKey(condition.sum, condition)
    const sum = { key: `sum ${key}`, domain: none ? NO : span(-MAX_SUM, MAX_SUM) }
    return isAmong(sum, setOf(wholeRange(condition, toAmount)))
  }
  if ('avg' in condition) return aggregate('avg', condition.avg, condition)
  if ('min' in condition) return aggregate('min', condition.min, condition)
  if ('max' in condition) return aggregate('max', condition.max, condition)
  if ('regular' in condition) {
    const { regular, where, period, ofLast, atLeast } = condition
    return isAmong(periodsOf(regular, where, period, ofLast), from(atLeast))
  }
  return undefined
}

/** How many matching events there are within so many seconds, to the second; ever without. */
export function countWithin(event: string, where: Where | undefined, seconds?: number): Quantity {
  const age = seconds ?? Number.POSITIVE_INFINITY
  return countOf(event, where, { least: age, most: age })
}

function isAmong(quantity: Quantity, among: NumberSet): TruthOf {
  const truth = fact(quantity, among)
  return { true: truth, false: opposite(truth) }
}

function countOf(event: string, where: Where | undefined, reach: Reach): Counted {
  return counted(`count ${event}`, event, where, reach)
}

function distinctOf({ distinct, where, within, of }: Distinct): Counted {
  return { ...counted(`distinct ${distinct} ${of}`, distinct, where, exact(within)), of }
}

function counted(name: string, event: string, where: Where | undefined, reach: Reach): Counted {
  const self: Counted = {
    key: `${name} ${filterKey(where)} ${reach.least} ${reach.most}`,
    domain: isEmptyFilter(where) ? NO : from(0),
    family: `event ${event}`,
    where,
    reach,
    // There are no more different values than events; fewer in a shorter time, through a narrower filter.
    isWithin(other) {
      const { of, reach: longer, where: wider } = other as Counted
      if (of !== undefined && of !== (this as Counted).of) return false
      return reach.most <= longer.least && isNarrower(where, wider)
    },
  }
  return self
}

function exact(within: Duration | undefined): Reach {
  const age = within === undefined ? Number.POSITIVE_INFINITY : durationSeconds(within)
  return { least: age, most: age }
}

function steps(within: Duration | undefined): Reach {
  if (within === undefined) return exact(undefined)
  const window = durationSeconds(within)
  return { least: window - window / STEPS + 1, most: window }
}

interface Aggregate extends Comparison<number> {
  readonly of: string
  readonly where?: Where
  readonly within?: Duration
}

function aggregateKey(event: string, { of, where, within }: Aggregate): string {
  return `${JSON.stringify(of)} ${event} ${filterKey(where)} ${within === undefined ? '' : durationSeconds(within)}`
}

function aggregate(kind: 'min' | 'avg' | 'max', event: string, condition: Aggregate): TruthOf {
  const key = aggregateKey(event, condition)
  const some: Quantity = { key: `some ${key}`, domain: isEmptyFilter(condition.where) ? NO : EITHER }
  const quantity: Quantity = {
    key: `${kind} ${key}`,
    domain: span(-MAX_AMOUNT, MAX_AMOUNT),
    family: `aggregate ${key}`,
    // A mean is between them, but for sums that saturate.
    isWithin: (other) => kind === 'min' && other.key.startsWith('max '),
  }
  const { true: yes, false: no } = isAmong(quantity, setOf(wholeRange(condition, toAmount)))
  return { true: both(fact(some, YES), yes), false: both(fact(some, YES), no) }
}

interface Periods extends Quantity {
  readonly where: Where | undefined
  readonly of: number
}

function periodsOf(event: string, where: Where | undefined, period: string, of: number): Periods {
  return {
    key: `periods ${event} ${period} ${of} ${filterKey(where)}`,
    domain: isEmptyFilter(where) ? NO : span(0, of),
    family: `periods ${event} ${period}`,
    where,
    of,
    isWithin: (other) => of <= (other as Periods).of && isNarrower(where, (other as Periods).where),
  }
}

// As the profile keeps amounts: whole ten-thousandths.
function toAmount(value: number): number {
  return Math.floor(value * 10_000 + 0.5)
}
