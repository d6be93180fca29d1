import { type Consent, type EventDefinitions, findEvent, isObject, own } from '@attune/core'
import type { Behaviour, BehaviourEvent } from './bot/create-behaviour.ts'
import { isAllowed } from './consent/is-allowed.ts'
import type { HeardBatch } from './hear-events.ts'
import type { ProgramSign } from './rejection.ts'

/** Whose batch it is, for judging what they do. */
export interface Suspect {
  readonly visitor: string
  readonly consent: Consent
  /** What the ruleset declares. */
  readonly events: EventDefinitions
  /** When the batch came by our clock, milliseconds. */
  readonly received: number
}

/** Says why a visitor's batch is a program's, if it is, by what the visitor did in it and shortly before. */
export function findProgram(
  behaviour: Behaviour,
  { events, sent }: HeardBatch,
  { visitor, consent, events: declared, received }: Suspect,
): ProgramSign | undefined {
  const asksSigns = behaviour.signs.some(
    (name) => findEvent(declared, name) !== undefined && isAllowed(declared, name, consent),
  )
  const done = events.flatMap((value): BehaviourEvent[] => {
    const name = isObject(value) ? own(value, 'name') : undefined
    const time = isObject(value) ? own(value, 'time') : undefined
    if (typeof name !== 'string' || typeof time !== 'number') return []
    return [{ name, time: sent === undefined ? time : received - (sent - time) }]
  })
  return behaviour.judge(visitor, done, asksSigns, received)
}
