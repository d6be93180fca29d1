import { canonicalJson } from '../../result/canonical-json.ts'
import type { Condition, Sequence, Since, Unfinished } from '../condition.ts'
import type { Definitions } from '../definitions.ts'
import { durationSeconds } from '../duration.ts'
import { wholeRange } from '../range.ts'
import type { Where } from '../where.ts'
import { countWithin } from './count-truth.ts'
import { filterKey, isEmptyFilter } from './filter.ts'
import { both, either, type Formula, fact, opposite, type Quantity, SURE } from './formula.ts'
import { EITHER, from, NO, setOf, span, YES } from './number-set.ts'
import type { TruthOf } from './truth-of.ts'

/** What a condition on when things happened comes down to: mostly to how often they did within some seconds. */
export function orderTruth(condition: Condition, definitions: Definitions): TruthOf | undefined {
  if ('absent' in condition)
    return absentTruth(condition.absent, condition.where, durationSeconds(condition.within))
  if ('since' in condition) return condition.which === 'first' ? firstTruth(condition) : lastTruth(condition)
  if ('unfinished' in condition) return unfinishedTruth(condition)
  if ('sequence' in condition) return sequenceTruth(condition)
  if (!('funnel' in condition)) return undefined
  const { steps } = definitions.funnels[condition.funnel]!
  const never = steps.findIndex(({ where }) => isEmptyFilter(where))
  const furthest: Quantity = {
    key: `funnel ${condition.funnel}`,
    domain: span(0, never === -1 ? steps.length : never),
  }
  const stage = 'stage' in condition ? condition.stage : condition.reached
  const step = 1 + steps.findIndex((each) => each.stage === stage)
  const truth = fact(furthest, 'stage' in condition ? span(step, step) : from(step))
  return { true: truth, false: opposite(truth) }
}

function some(event: string, where: Where | undefined, seconds?: number): Formula {
  return fact(countWithin(event, where, seconds), from(1))
}

function none(event: string, where: Where | undefined, seconds: number): Formula {
  return seconds <= 0 ? SURE : fact(countWithin(event, where, seconds), NO)
}

function absentTruth(event: string, where: Where | undefined, window: number): TruthOf {
  const watched: Quantity & { readonly window: number } = {
    key: `watched ${event} ${filterKey(where)} ${window}`,
    domain: EITHER,
    family: `watched ${event} ${filterKey(where)}`,
    window,
    // Who was watched for long was watched for a shorter time.
    isWithin: (other) => window >= (other as typeof watched).window,
  }
  return { true: both(none(event, where, window), fact(watched, YES)), false: some(event, where, window) }
}

// The last is at least so old when there was none since, and at most so old when there was one.
function lastTruth(condition: Since): TruthOf {
  const { since: event, where } = condition
  const [least, greatest] = wholeRange(condition, durationSeconds)
  const old = none(event, where, least ?? 0)
  const young = greatest === null ? SURE : some(event, where, greatest + 1)
  const ever = some(event, where)
  return { true: both(ever, old, young), false: both(ever, either(opposite(old), opposite(young))) }
}

function firstTruth(condition: Since): TruthOf {
  const { since: event, where } = condition
  const age: Quantity = { key: `first ${event} ${filterKey(where)}`, domain: from(0) }
  const [least, greatest] = wholeRange(condition, durationSeconds)
  const truth = fact(age, setOf([least, greatest]))
  const ever = some(event, where)
  // The first being so young, the last is no older.
  const young = greatest === null ? SURE : some(event, where, greatest + 1)
  const tooYoung = least === null ? [] : [both(fact(age, span(0, least - 1)), some(event, where, least))]
  const tooOld = greatest === null ? [] : [fact(age, from(greatest + 1))]
  return { true: both(ever, truth, young), false: both(ever, either(...tooYoung, ...tooOld)) }
}

function unfinishedTruth(condition: Unfinished): TruthOf {
  const { unfinished, where, without } = condition
  const [wait, within] = [durationSeconds(condition.for), durationSeconds(condition.within)]
  const open = isSecret('unfinished', condition)
  return {
    true: both(
      open.true,
      some(unfinished, where, within),
      none(unfinished, where, wait),
      none(without, undefined, wait),
    ),
    false: open.false,
  }
}

interface Taken extends Quantity {
  readonly window: number
}

function sequenceTruth({ sequence, gap, unless, within }: Sequence): TruthOf {
  const window = within === undefined ? Number.POSITIVE_INFINITY : durationSeconds(within)
  const name = canonicalJson([sequence, gap === undefined ? null : durationSeconds(gap), unless ?? null])
  // A step between the first and the last that is itself an `unless` breaks every chain.
  const isBroken = sequence.slice(1, -1).some(({ event }) => event === unless)
  const taken: Taken = {
    key: `taken ${name} ${window}`,
    domain: isBroken || sequence.some(({ where }) => isEmptyFilter(where)) ? NO : EITHER,
    family: `taken ${name}`,
    window,
    isWithin: (other) => window <= (other as Taken).window,
  }
  const truth = fact(taken, YES)
  const last = sequence.at(-1)!
  const steps = sequence.slice(0, -1).map(({ event, where }) => some(event, where))
  return {
    true: both(truth, ...steps, some(last.event, last.where, within === undefined ? undefined : window)),
    false: opposite(truth),
  }
}

// Nothing is known of it but that it is true or false.
function isSecret(kind: string, condition: Condition): TruthOf {
  const truth = fact({ key: `${kind} ${canonicalJson(condition)}`, domain: EITHER }, YES)
  return { true: truth, false: opposite(truth) }
}
