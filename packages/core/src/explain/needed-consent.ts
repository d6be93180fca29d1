import { isGranted } from '../consent/consent.ts'
import type { Purpose } from '../consent/purpose.ts'
import { purposeOfEvent } from '../event/event-definition.ts'
import type { Question } from '../match/scope.ts'
import type { Change } from './change.ts'
import type { Explainable } from './explainable.ts'
import type { ChangePlan } from './plan-changes.ts'

/** The event that brings a value of the context where none is named. */
export const TOUCHING = 'page_view'

/** The purposes, each once, of a plan's events that nobody has granted, not even the plan: such events are not heard. */
export function unheardPurposes(
  plan: ChangePlan,
  { consent }: Question,
  { definitions }: Explainable,
): readonly Purpose[] {
  const granted = plan.flatMap((change) => (change.by === 'consent' ? change.purposes : []))
  const needed = plan.flatMap(eventsOf).map((event) => purposeOfEvent(definitions.events, event))
  return [...new Set(needed)].filter((purpose) => !granted.includes(purpose) && !isGranted(consent, purpose))
}

function eventsOf(change: Change): readonly string[] {
  if (change.by === 'touch') return [TOUCHING]
  if (change.by === 'steps') return change.steps.map(({ event }) => event)
  return change.by === 'event' ? [change.event] : []
}
