import type { Profile, SignalPlan, SignalState } from '@attune/core'

type Row = readonly [
  firstSeen: number | null,
  lastSeconds: number | null,
  lastId: string,
  traits: Profile['traits'],
  states: readonly SignalState[],
  told?: Profile['told'],
]

/** Writes a profile for its row: states in the plan's order, without the long keys that the plan knows. */
export function writeProfile({ firstSeen, last, traits, signals, told }: Profile, plan: SignalPlan): string {
  const states = plan.keys.map((key) => signals[key]!)
  const row: Row = [firstSeen, last?.seconds ?? null, last?.id ?? '', traits, states]
  return JSON.stringify(told === undefined ? row : [...row, told])
}

/** Reads a profile that was written for the same plan. */
export function readProfile(text: string, plan: SignalPlan): Profile {
  const [firstSeen, seconds, id, traits, states, told] = JSON.parse(text) as Row
  const signals: { [key: string]: SignalState } = {}
  for (let slot = 0; slot < states.length; slot++) signals[plan.keys[slot]!] = states[slot]!
  const last = seconds === null ? null : { seconds, id }
  const profile: Profile = { version: 1, plan: plan.id, firstSeen, last, signals, traits }
  return told === undefined ? profile : { ...profile, told }
}
