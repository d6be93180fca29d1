import type { EventDefinitions } from '../event/event-definition.ts'
import type { PublishedExperience } from '../experience/published-experience.ts'
import type { Node } from '../match/leaf.ts'
import type { SignalPlan } from '../signal/plan-signals.ts'
import type { PlacementDefinition, Ruleset } from './ruleset.ts'

/** The format of published rulesets that this version reads. */
export const PUBLISHED_FORMAT = 1

/**
 * A ruleset made ready to be decided from: what publishing derives from a checked document once, so that no host works
 * it out again. Plain JSON; the same in every language.
 */
export interface PublishedRuleset {
  readonly published: typeof PUBLISHED_FORMAT
  readonly revision: string
  readonly plan: SignalPlan
  readonly retention?: Ruleset['retention']
  readonly events: EventDefinitions
  readonly placements: { readonly [key: string]: PlacementDefinition }
  readonly routes: { readonly [pattern: string]: readonly string[] }
  readonly nodes: readonly Node[]
  /** Segment → its place in `nodes`. */
  readonly segments: { readonly [key: string]: number }
  /** In list order. */
  readonly experiences: readonly PublishedExperience[]
  readonly holdout?: { readonly buckets: number; readonly axis: string }
  /** The document itself, for explanations; may be left out where nothing explains. */
  readonly document?: Ruleset
}

/** What codes and pins need of a ruleset, published or not. */
export type ShownRuleset = Pick<Ruleset, 'revision' | 'placements' | 'routes'>
