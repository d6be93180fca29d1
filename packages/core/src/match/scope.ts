import { FALSE, TRUE, type Truth } from '../condition/truth.ts'
import type { Consent } from '../consent/consent.ts'
import { consentBits } from '../consent/consent.ts'
import type { Context } from '../context/context.ts'
import type { Profile } from '../profile/profile.ts'
import { own } from '../result/json.ts'
import type { SignalPlan } from '../signal/plan-signals.ts'
import type { SignalState } from '../signal/signal.ts'

/** Time alone never changes the answer. */
export const NEVER: number = Number.POSITIVE_INFINITY

/** Everything that conditions look at during one evaluation. Made once a request; a matcher writes only `until`. */
export interface Scope {
  /** Whole seconds. */
  readonly now: number
  /** Granted purposes as bits. */
  readonly granted: number
  readonly context: Context
  readonly firstSeen: number | null
  readonly traits: Profile['traits']
  /** Signal states by the plan's slots. */
  readonly states: readonly SignalState[]
  /** Answers of segments already asked, so that each is evaluated once. */
  readonly segments: Map<string, Answer>
  /** Strengths of interest families already worked out, by slot and then by bucket border from now on. */
  readonly strengths: number[][][]
  /** Each matcher leaves here the second from which its own answer may differ, `NEVER` if time alone never changes it. */
  until: number
}

/** A truth and the second from which it may differ. */
export interface Answer {
  readonly truth: Truth
  readonly until: number
}

/** Decides one condition: gives its truth and leaves its horizon in `scope.until`. */
export type Matcher = (scope: Scope) => Truth

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

/** Lays a question out for matchers. A profile folded for another plan answers only for signals both know. */
export function createScope(
  { profile, context, consent, now, assume = {} }: Question,
  plan: SignalPlan,
  empty: readonly SignalState[],
): Scope {
  return {
    now: Math.floor(now / 1000),
    granted: consentBits(consent),
    context,
    firstSeen: profile.firstSeen,
    traits: profile.traits,
    states: plan.keys.map((key, slot) => own(profile.signals, key) ?? empty[slot]!),
    segments: new Map(
      Object.entries(assume).map(([key, match]) => [key, { truth: match ? TRUE : FALSE, until: NEVER }]),
    ),
    strengths: [],
    until: NEVER,
  }
}
