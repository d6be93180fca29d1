import {
  type AttuneEvent,
  applyEvents,
  type Condition,
  compareEvents,
  emptyProfile,
  type SignalState,
} from '@attune/core'
import { planRuleset } from '@attune/core/publish'
import { rulesetOf } from './every-kind.ts'

/** A view at a second. */
export function makeEvent(id: string, seconds: number, changes: Partial<AttuneEvent> = {}): AttuneEvent {
  return { id, name: 'view_item', time: seconds * 1000, properties: {}, ...changes }
}

/** One event a second, in this order, each with a value. */
export function valued(name: string, values: readonly unknown[]): readonly AttuneEvent[] {
  return values.map((value, at) => makeEvent(`e${at}`, at, { name, properties: { value } }))
}

/** Events of these names, one a second. */
export function named(...names: readonly string[]): readonly AttuneEvent[] {
  return names.map((name, at) => makeEvent(`e${at}`, at, { name }))
}

/** What the only signal of a condition keeps after events, folded in their order unless `isJumbled`. */
export function keptFor(
  when: Condition,
  events: readonly AttuneEvent[],
  isJumbled = false,
): SignalState | undefined {
  const plan = planRuleset(rulesetOf({ s: when }))
  const sorted = isJumbled ? events : [...events].sort(compareEvents)
  return applyEvents(emptyProfile(plan), sorted, plan).signals[plan.keys[0]!]
}
