import type { Purpose } from '@attune/core'
import type { Json, JsonObject } from '@attune/core/json'

/** Something a persona did. */
export interface PersonaEvent {
  readonly name: string
  /** How long before the time of the question, as a duration: `2d`. */
  readonly ago: string
  /** So many times, a minute apart, the last one `ago`. */
  readonly times: number
  readonly properties: Readonly<Record<string, Json>>
  /** Where they came from then: a path such as `utm.source` → text. */
  readonly context: Readonly<Record<string, Json>>
}

/** Somebody made up, to ask the segments about. */
export interface Persona {
  readonly events: readonly PersonaEvent[]
  /** Context path → value, such as `geo.country`. */
  readonly context: Readonly<Record<string, Json>>
  readonly traits: JsonObject
  readonly consent: readonly Purpose[]
  /** Known for so long, as a duration; empty: since the oldest event. */
  readonly knownFor: string
  /** RFC 3339; empty is the present. */
  readonly now: string
}

/** Nobody is known: the first page of a first visit, before a choice about consent. */
export const STRANGER: Persona = {
  events: [],
  context: { 'visitor.known': false, 'visitor.returning': false, 'device.type': 'desktop' },
  traits: {},
  consent: [],
  knownFor: '',
  now: '',
}
