import type { AttuneEvent } from '../event/event.ts'
import { EXPOSURE } from '../event/event-definition.ts'
import type { Decision } from './decision.ts'

/** Gives the decision of a placement, if there is any. */
export type DecisionOf = (placement: string) => Decision | undefined

/** Names the experience that an exposure was of; whoever sends it only knows what stood there, and may not claim more. */
export function fillExperience(event: AttuneEvent, decisionOf: DecisionOf): AttuneEvent {
  if (event.name !== EXPOSURE) return event
  const { experience: _claimed, ...properties } = event.properties
  const { placement, variant } = properties
  const decision = typeof placement === 'string' ? decisionOf(placement) : undefined
  const { experience } = decision?.variant === variant ? { ...decision } : {}
  return { ...event, properties: experience === undefined ? properties : { ...properties, experience } }
}
