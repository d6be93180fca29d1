import { isObject } from '../result/json.ts'
import { type Packed, packState, unpackState } from '../signal/pack-state.ts'
import type { SignalPlan } from '../signal/plan-signals.ts'
import type { SignalState } from '../signal/signal.ts'
import type { Profile, TraitValue } from './profile.ts'

/** A profile as a visitor token carries it: places instead of keys, ages instead of times. */
export type PackedProfile = readonly [
  firstSeenAge: number | null,
  lastAge: number | null,
  traits: { readonly [name: string]: TraitValue } | 0,
  states: readonly Packed[],
]

/** Packs what evaluation needs of a profile; ages are whole seconds before `at`. */
export function packProfile(profile: Profile, plan: SignalPlan, at: number): PackedProfile {
  const age = (seconds: number | null | undefined) =>
    seconds === null || seconds === undefined ? null : at - seconds
  const states = plan.signals.map((signal, slot) => packState(signal, profile.signals[plan.keys[slot]!], at))
  const traits = Object.keys(profile.traits).length === 0 ? 0 : profile.traits
  return [age(profile.firstSeen), age(profile.last?.seconds), traits, states]
}

/** Undoes `packProfile` for the same plan and instant; `undefined` when the shape is not ours. */
export function unpackProfile(packed: unknown, plan: SignalPlan, at: number): Profile | undefined {
  if (!Array.isArray(packed) || packed.length !== 4) return undefined
  const [firstSeenAge, lastAge, traits, states] = packed as unknown[]
  if (
    !isAge(firstSeenAge) ||
    !isAge(lastAge) ||
    !Array.isArray(states) ||
    states.length !== plan.signals.length
  )
    return undefined
  const signals: { [key: string]: SignalState } = {}
  for (let slot = 0; slot < states.length; slot++) {
    signals[plan.keys[slot]!] = unpackState(plan.signals[slot]!, states[slot] as Packed, at)
  }
  return {
    version: 1,
    plan: plan.id,
    firstSeen: firstSeenAge === null ? null : at - firstSeenAge,
    last: lastAge === null ? null : { seconds: at - lastAge, id: '' },
    signals,
    traits: isObject(traits) ? (traits as Profile['traits']) : {},
  }
}

function isAge(value: unknown): value is number | null {
  return value === null || (typeof value === 'number' && Number.isSafeInteger(value))
}
