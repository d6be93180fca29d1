import { DEFAULT_PURPOSE, type Purpose } from '../../consent/purpose.ts'
import { purposeOfEvent } from '../../event/event-definition.ts'
import { canonicalJson } from '../../result/canonical-json.ts'
import { own } from '../../result/json.ts'
import type { Condition } from '../condition.ts'
import type { Definitions } from '../definitions.ts'
import { readEvents } from '../needed-purposes.ts'
import { countTruth } from './count-truth.ts'
import { both, type Formula, fact, type Quantity } from './formula.ts'
import { EITHER, NO, span, YES } from './number-set.ts'
import { orderTruth } from './order-truth.ts'
import { standingTruth } from './standing-truth.ts'
import type { TruthOf } from './truth-of.ts'
import { valueTruth } from './value-truth.ts'
import { whenTruth } from './when-truth.ts'

/** What a condition without children comes down to. */
export function leafTruth(condition: Condition, definitions: Definitions): TruthOf {
  if ('consent' in condition)
    return { true: granted(condition.consent, YES), false: granted(condition.consent, NO) }
  if ('when' in condition) return whenTruth(condition.when, definitions.timezone)
  const known =
    lookedUp(condition) ??
    countTruth(condition) ??
    orderTruth(condition, definitions) ??
    standingTruth(condition, definitions) ??
    secret(condition)
  const grants = purposesOf(condition, definitions).map((purpose) => granted(purpose, YES))
  return { true: both(...grants, known.true), false: both(...grants, known.false) }
}

/** Whether a purpose is granted. */
export function granted(purpose: Purpose, among: typeof YES): Formula {
  return fact({ key: `granted ${purpose}`, domain: purpose === 'functional' ? YES : EITHER }, among)
}

function purposesOf(condition: Condition, definitions: Definitions): readonly Purpose[] {
  if ('touch' in condition) return [DEFAULT_PURPOSE]
  if ('attr' in condition) {
    if (!condition.attr.startsWith('trait.')) return []
    return [own(definitions.traits, condition.attr.slice('trait.'.length))?.purpose ?? DEFAULT_PURPOSE]
  }
  return readEvents(condition, definitions).map((event) => purposeOfEvent(definitions.events, event))
}

function lookedUp(condition: Condition): TruthOf | undefined {
  if ('attr' in condition) return valueTruth(`attr ${condition.attr}`, condition)
  // Whether anything is there is another question where nothing is unknown.
  if (!('touch' in condition) || 'exists' in condition) return undefined
  return valueTruth(`touch ${condition.touch} ${condition.of}`, condition)
}

// Of what is not understood nothing is known but that it is not true and false at once.
function secret(condition: Condition): TruthOf {
  const truth: Quantity = { key: `truth ${canonicalJson(condition)}`, domain: span(-1, 1) }
  return { true: fact(truth, YES), false: fact(truth, NO) }
}
