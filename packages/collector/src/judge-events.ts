import {
  type AttuneEvent,
  type Consent,
  type EventDefinition,
  type EventDefinitions,
  findEvent,
  IDENTIFY,
  isObject,
  keepDeclared,
  keepDeclaredTraits,
  own,
  readToldTraits,
  recordContext,
  type Teller,
  type TraitDefinition,
} from '@attune/core'
import { readEvent, readId } from './batch/read-event.ts'
import { isAllowed } from './consent/is-allowed.ts'
import { correctTime } from './enrich/correct-time.ts'
import type { ProgramSign, Refusal, Rejection } from './rejection.ts'

/** What is known of whoever sent a batch. */
export interface Sender {
  readonly consent: Consent
  /** Why they are a program, if they are. */
  readonly program: ProgramSign | undefined
  /** The address of the page that sent, when the request tells it. */
  readonly page?: string | undefined
  /** When its clock said it was sending, milliseconds; missing when it did not say. */
  readonly sent?: number | undefined
  /** When that arrived by our clock, milliseconds. */
  readonly received: number
  /** A server of the site said it and signed it, or code of ours. Default no. */
  readonly isTrusted?: boolean
  /** Who tells traits, of those that the ruleset names in `sources`. Default `browser`. */
  readonly source?: string | undefined
  /** Somebody signed out here: what happened before, milliseconds, was theirs and is nobody's now. */
  readonly since?: number | undefined
}

/** What a ruleset asks of events. */
export interface Asked {
  readonly events: EventDefinitions
  readonly traits: { readonly [name: string]: TraitDefinition }
  /** Context paths that its touches look at. */
  readonly recorded: readonly string[]
}

/** A batch, event by event. */
export interface Judged {
  readonly taken: readonly TakenEvent[]
  readonly refused: readonly RefusedEvent[]
}

/** An event that may be kept, and its place in the batch. */
export interface TakenEvent {
  readonly index: number
  readonly event: AttuneEvent
}

/** An event that may not, and what of it may be kept beside the reason. */
export interface RefusedEvent {
  readonly rejection: Rejection
  /** JSON text; empty without the consent it needs. */
  readonly content: string
  /** The event's name where the ruleset declares it. */
  readonly name?: string
}

/** Decides for each event of a batch whether it may be kept. `problems` are those of its JSON, by index. */
export function judgeEvents(
  values: readonly unknown[],
  problems: ReadonlyMap<number, string>,
  sender: Sender,
  asked: Asked,
): Judged {
  const taken: TakenEvent[] = []
  const refused: RefusedEvent[] = []
  values.forEach((value, index) => {
    const judged = judge(value, problems.get(index), sender, asked)
    if ('reason' in judged) refused.push(refuse(value, index, judged, sender, asked.events))
    else taken.push({ index, event: judged })
  })
  return { taken, refused }
}

function judge(
  value: unknown,
  problem: string | undefined,
  { consent, program, page, sent, received, isTrusted = false, source = 'browser', since }: Sender,
  { events: definitions, traits, recorded }: Asked,
): AttuneEvent | Refusal {
  const event = readEvent(value, problem)
  if ('reason' in event) return event
  if (program !== undefined) {
    return { reason: 'bot', detail: program, message: 'Events of programs are not taken.' }
  }
  if (!isAllowed(definitions, event.name, consent)) {
    return { reason: 'consent', message: 'The visitor has not granted the purpose that this event needs.' }
  }
  const definition = findEvent(definitions, event.name)
  if (definition === undefined) {
    return {
      reason: 'unknown-event',
      message: `The ruleset has no event ${event.name}. Declare it under events.`,
    }
  }
  if (!isTrusted && isReserved(event, definition)) return RESERVED
  const time = correctTime(event.time, sent, received)
  if (typeof time !== 'number') return time
  if (since !== undefined && time < since) return SIGNED_OUT
  const { id, name } = event
  const kept =
    name === IDENTIFY
      ? keepTold(event, traits, { consent, source })
      : keepDeclared(event.properties, definition)
  if ('reason' in kept) return kept
  const context = recordContext(event, recorded, { consent, page })
  return { id, name, time, properties: kept.properties, ...(context === undefined ? {} : { context }) }
}

function keepTold({ properties }: AttuneEvent, definitions: Asked['traits'], teller: Teller) {
  const kept = keepDeclaredTraits(readToldTraits(properties, definitions), definitions, teller)
  return 'reason' in kept || kept.traits.length > 0 ? kept : NO_TRAIT
}

function isReserved({ properties }: AttuneEvent, { signed = [] }: EventDefinition): boolean {
  return signed === true || signed.some((name) => (own(properties, name) ?? null) !== null)
}

const RESERVED: Refusal = {
  reason: 'reserved',
  message: 'Only a server may say this, signed. Send it with @attune/collector/server.',
}

const NO_TRAIT: Refusal = {
  reason: 'no-trait',
  message:
    'Nothing of it is a trait that the ruleset declares, that this source may tell, and whose purpose is granted. Declare it under traits.',
}

const SIGNED_OUT: Refusal = {
  reason: 'signed-out',
  message: 'Whoever did this has signed out since. Nothing of it is kept.',
}

function refuse(
  value: unknown,
  index: number,
  { reason, detail, message }: Refusal,
  { consent }: Sender,
  definitions: EventDefinitions,
): RefusedEvent {
  const name = isObject(value) ? own(value, 'name') : undefined
  // Of what somebody tells of a person each trait has a purpose of its own; and of who left nothing stays.
  const isPrivate = name === IDENTIFY || reason === 'signed-out'
  const mayKeep = !isPrivate && isAllowed(definitions, typeof name === 'string' ? name : '', consent)
  const isDeclared = typeof name === 'string' && findEvent(definitions, name) !== undefined
  return {
    rejection: { id: readId(value), index, reason, ...(detail === undefined ? {} : { detail }), message },
    content: mayKeep ? (JSON.stringify(value) ?? '') : '',
    ...(isDeclared ? { name } : {}),
  }
}
