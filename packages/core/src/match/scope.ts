import type { Truth } from '../condition/truth.ts'
import { type Consent, consentBits } from '../consent/consent.ts'
import type { Context } from '../context/context.ts'
import type { Profile } from '../profile/profile.ts'
import { emptyState } from '../signal/empty-state.ts'
import type { SignalPlan } from '../signal/plan-signals.ts'
import type { RingState, SignalState } from '../signal/signal.ts'

/** Time alone never changes the answer. */
export const NEVER: number = Number.POSITIVE_INFINITY

/** What is asked about: a visitor's profile at an instant. */
export interface Question {
  readonly profile: Profile
  readonly context: Context
  readonly consent: Consent
  /** Milliseconds since 1970, at or after the profile's newest event. */
  readonly now: number
  /** Segments that are taken to match or not whatever the profile says, for previews. */
  readonly assume?: { readonly [segment: string]: boolean }
}

/**
 * Everything that conditions look at during one evaluation, and what was found out so far. One scope serves all
 * questions to a compiled ruleset, one after another: evaluation never waits, so none meets another.
 */
export interface Scope {
  /** Whole seconds. */
  now: number
  /** Granted purposes as bits. */
  granted: number
  context: Context
  profile: Profile
  /** Each matcher leaves here the second from which its own answer may differ, `NEVER` if time alone never changes it. */
  until: number
  /** Counts the questions; what was found out carries the turn in which it was. */
  turn: number
  /** By place in the list of nodes. */
  readonly truths: Int8Array
  readonly untils: Float64Array
  readonly turns: Float64Array
  /** By slot of the plan. */
  readonly keys: readonly string[]
  readonly unheard: readonly SignalState[]
  readonly states: SignalState[]
  readonly stateTurns: Float64Array
  /**
   * Strengths of scores and interest families by slot, then by border from now on and by value: the turn in which each was
   * worked out, and itself.
   */
  readonly strengths: (Float64Array | undefined)[]
  /** Windows of rings that were worked out, by slot. */
  readonly windows: (RingWindow | undefined)[]
  /** Orders of interest families that were worked out, by slot. */
  readonly ranks: (RankSchedule | undefined)[]
}

/** The buckets of a ring that lie in its window now; all conditions on a ring look at the same ones. */
export interface RingWindow {
  turn: number
  state: RingState
  /** The place of the first bucket in the window, and how many there are from it on. */
  first: number
  length: number
  /** What the buckets from each place of the window on come to; past the last stands what nothing comes to. */
  readonly values: Float64Array
}

/**
 * In which order the values of a family stand, now and at every later border at which that may differ. All conditions on a
 * family read one schedule; it is drawn up as far as somebody reads it.
 */
export interface RankSchedule {
  turn: number
  length: number
  isComplete: boolean
  /** Of each entry: the border, and below it the rank of each value, 0 for the strongest. */
  readonly borders: Float64Array
  readonly ranks: Int8Array
  /** Places of the values, strongest first, and their strengths, at the last entry. */
  readonly order: Int8Array
  readonly strengths: Float64Array
}

/** Decides one condition: gives its truth and leaves its horizon in `scope.until`. */
export type Matcher = (scope: Scope) => Truth

/** Makes the scope of a compiled ruleset. */
export function createScope(plan: SignalPlan, nodes: number): Scope {
  // What a profile of another plan lacks was never watched: nothing is absent from it.
  const unheard = plan.signals.map((signal) => ({ ...emptyState(signal), since: NEVER }))
  return {
    now: 0,
    granted: 0,
    context: NOTHING,
    profile: NOBODY,
    until: NEVER,
    turn: 0,
    truths: new Int8Array(nodes),
    untils: new Float64Array(nodes),
    turns: new Float64Array(nodes),
    keys: plan.keys,
    unheard,
    states: [...unheard],
    stateTurns: new Float64Array(unheard.length),
    strengths: [],
    windows: [],
    ranks: [],
  }
}

/** Lays a question out for matchers; what earlier questions left is forgotten. */
export function openScope(scope: Scope, { profile, context, consent, now }: Question): void {
  scope.turn++
  scope.now = Math.floor(now / 1000)
  scope.granted = consentBits(consent)
  scope.context = context
  scope.profile = profile
}

/** The state of a signal. A profile folded for another plan answers only for signals both know. */
export function stateAt<T extends SignalState>(scope: Scope, slot: number): T {
  if (scope.stateTurns[slot] !== scope.turn) {
    scope.stateTurns[slot] = scope.turn
    // A key has a blank in it, so it is no name that objects inherit.
    scope.states[slot] = scope.profile.signals[scope.keys[slot]!] ?? scope.unheard[slot]!
  }
  // Publishing gave the slot of a signal of this very kind.
  return scope.states[slot] as T
}

const NOTHING: Context = {}
const NOBODY: Profile = { version: 1, plan: '', firstSeen: null, last: null, signals: {}, traits: {} }
