import type {
  Definitions,
  FunnelDefinition,
  InterestDefinition,
  RfmDefinition,
  ScoreDefinition,
  TraitDefinition,
} from '../condition/definitions.ts'
import type { Duration } from '../condition/duration.ts'
import type { Natural, Share } from '../condition/quantity.ts'
import type { EventDefinitions } from '../event/event-definition.ts'
import type { Experience } from '../experience/experience.ts'
import type { Key } from '../result/key.ts'
import type { Segments } from '../segment/segment.ts'

/** A place on a page and what may stand there. */
export interface PlacementDefinition {
  /** What everybody sees for whom nothing else was decided; one of `variants`. */
  readonly baseline: Key
  /**
   * Everything that may stand there: 1 to 256 keys.
   * @minItems 1
   * @maxItems 256
   * @uniqueItems
   */
  readonly variants: readonly Key[]
}

/**
 * Why something that the law protects may be kept.
 * @minLength 10
 */
export type Reason = string

/** What to remember about a visitor, which segments exist, and what each placement shows to whom. */
export interface Ruleset {
  /** Where editors find the schema of this document. */
  readonly $schema?: string
  /** The version of the language. */
  readonly version: 1
  /**
   * Any text of 1 to 64 characters, new at each change.
   * @minLength 1
   * @maxLength 64
   */
  readonly revision: string
  /** The zone of `when` conditions that name none, as IANA writes it, e.g. `Europe/London`; default UTC. */
  readonly timezone?: string
  /** How long things are kept. */
  readonly retention?: {
    /** Raw events; default `90d`. */
    readonly events?: Duration
    /** Profiles after the last event; default `400d`. No window may be longer. */
    readonly profile?: Duration
  }
  readonly events?: EventDefinitions
  /** Lasting facts about a visitor that conditions may name as `trait.<name>`. */
  readonly traits?: { readonly [name: string]: TraitDefinition }
  /** What visitors are drawn to, per family. */
  readonly interests?: { readonly [family: string]: InterestDefinition }
  /** Decayed sums of points. */
  readonly scores?: { readonly [name: string]: ScoreDefinition }
  /** Stages that are reached in order. */
  readonly funnels?: { readonly [name: string]: FunnelDefinition }
  /** Tables of recency, frequency and monetary bands. */
  readonly rfm?: { readonly [name: string]: RfmDefinition }
  readonly segments?: Segments
  /** Places on pages and what may stand there. */
  readonly placements?: { readonly [key: string]: PlacementDefinition }
  /** What is shown to whom; of those for one placement the first that fits decides. */
  readonly experiences?: readonly Experience[]
  /**
   * Route pattern, such as `/product/[slug]` → the placements of its pages.
   * @propertyNames { "pattern": "^/" }
   */
  readonly routes?: { readonly [pattern: string]: readonly Key[] }
  /** Visitors who see baselines everywhere, to compare with. */
  readonly holdout?: {
    readonly share: Share
    /** Text that chooses who they are; new text, new visitors. */
    readonly salt: Key
  }
  /** The most variant combinations a route may have. */
  readonly budget?: Natural
  /**
   * Traits, segments and event properties whose names speak of health, religion, sexual orientation, politics, a union, biometrics,
   * ethnicity or a criminal record → what allows to keep them (GDPR, Art. 9(2)); without a reason such names are refused.
   */
  readonly specialCategories?: { readonly [name: string]: Reason }
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
    scores: ruleset.scores ?? {},
    funnels: ruleset.funnels ?? {},
    rfm: ruleset.rfm ?? {},
    timezone: ruleset.timezone ?? 'UTC',
  }
}
