import type { Seconds, TraitWeight } from '../condition/quantity.ts'
import { emptyState } from '../signal/empty-state.ts'
import type { SignalPlan } from '../signal/plan-signals.ts'
import type { SignalState } from '../signal/signal.ts'

/** A trait's value: text, number, boolean or a list of text. */
export type TraitValue = string | number | boolean | readonly string[]

/** What may be remembered about a visitor: exactly what the published ruleset's conditions need. */
export interface Profile {
  /** The version of this format. */
  readonly version: 1
  /** Id of the signal plan it was folded for. */
  readonly plan: string
  /** Whole seconds of the oldest event of any kind, or the given first sight, whichever is older. */
  readonly firstSeen: Seconds | null
  /** The newest event in the order. */
  readonly last: {
    readonly seconds: Seconds
    /** The event's id. */
    readonly id: string
  } | null
  /** Signal key → state, one for every signal of the plan, in the plan's order. */
  readonly signals: { readonly [key: string]: SignalState }
  /** Declared traits that are known. */
  readonly traits: { readonly [name: string]: TraitValue }
  /** Trait → which event told it last, or took it back; none of traits that no event told. Only stores keep it. */
  readonly told?: { readonly [name: string]: TraitTelling }
}

/** The event whose telling of a trait stands. */
export interface TraitTelling {
  readonly seconds: Seconds
  /** The event's id. */
  readonly id: string
  /** What its source weighs, where the ruleset says so. */
  readonly weight?: TraitWeight
}

/** A profile that heard nothing yet. */
export function emptyProfile(plan: SignalPlan): Profile {
  const signals = plan.signals.map((signal, slot) => [plan.keys[slot]!, emptyState(signal)] as const)
  return {
    version: 1,
    plan: plan.id,
    firstSeen: null,
    last: null,
    signals: Object.fromEntries(signals),
    traits: {},
  }
}
