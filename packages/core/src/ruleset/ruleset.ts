import type { Definitions, InterestDefinition, TraitDefinition } from '../condition/definitions.ts'
import type { Duration } from '../condition/duration.ts'
import type { EventDefinitions } from '../event/event-definition.ts'
import type { Experience } from '../experience/experience.ts'
import type { Segments } from '../segment/segment.ts'

/** A place on a page and what may stand there. */
export interface PlacementDefinition {
  /** What everybody sees for whom nothing else was decided; one of `variants`. */
  readonly baseline: string
  readonly variants: readonly string[]
}

/** What to remember about a visitor, which segments exist, and what each placement shows to whom. */
export interface Ruleset {
  readonly version: 1
  readonly revision: string
  /** IANA name; default UTC. */
  readonly timezone?: string
  readonly retention?: { readonly events?: Duration; readonly profile?: Duration }
  readonly events?: EventDefinitions
  readonly traits?: { readonly [name: string]: TraitDefinition }
  readonly interests?: { readonly [family: string]: InterestDefinition }
  readonly segments?: Segments
  readonly placements?: { readonly [key: string]: PlacementDefinition }
  readonly experiences?: readonly Experience[]
  /** Route pattern → the placements of its pages. */
  readonly routes?: { readonly [pattern: string]: readonly string[] }
  readonly holdout?: { readonly share: number; readonly salt: string }
  /** The most variant combinations a route may have. */
  readonly budget?: number
}

/** Raw events are kept so long when a ruleset does not say. */
export const DEFAULT_EVENT_RETENTION: Duration = '90d'
/** Profiles are kept so long after the last event when a ruleset does not say. */
export const DEFAULT_PROFILE_RETENTION: Duration = '400d'

/** The names that a ruleset's conditions may refer to. */
export function definitionsOf(ruleset: Ruleset): Definitions {
  return {
    events: ruleset.events ?? {},
    traits: ruleset.traits ?? {},
    interests: ruleset.interests ?? {},
    timezone: ruleset.timezone ?? 'UTC',
  }
}
