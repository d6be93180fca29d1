import type { Purpose } from '../consent/purpose.ts'
import type { EventDefinitions } from '../event/event-definition.ts'
import type { Duration } from './duration.ts'

/** The type a ruleset declares for a trait; `list` holds text. */
export type TraitType = 'string' | 'number' | 'boolean' | 'list'

/** What a ruleset says of a trait. */
export interface TraitDefinition {
  readonly type: TraitType
  /** Default `preferences`. */
  readonly purpose?: Purpose
}

/** An interest family: points that events give to a property's values, halved every `halfLife`. */
export interface InterestDefinition {
  readonly of: string
  readonly halfLife: Duration
  /** Event name → points, 0 to 1,000 with two decimals. */
  readonly points: { readonly [event: string]: number }
}

/** What conditions may refer to: the part of a ruleset that gives their names a meaning. */
export interface Definitions {
  readonly events: EventDefinitions
  readonly traits: { readonly [name: string]: TraitDefinition }
  readonly interests: { readonly [family: string]: InterestDefinition }
  /** The default zone of `when`. */
  readonly timezone: string
}
