import type { Decision, DecisionReason } from '@attune/core'
import type { MetricSpec } from '@attune/storage/telemetry'

const REASONS: { readonly [reason in DecisionReason]: string } = {
  TARGETING_MATCH: 'targeting_match',
  SPLIT: 'split',
  DEFAULT: 'default',
  HOLDOUT: 'holdout',
  CAPPED: 'capped',
  CONSENT_DENIED: 'consent_denied',
  DISABLED: 'disabled',
  STALE: 'stale',
  ERROR: 'error',
}

/** How long a page's decisions took. */
export const PAGE_DURATION: MetricSpec & Required<Pick<MetricSpec, 'boundaries'>> = {
  name: 'attune.decision.duration',
  kind: 'histogram',
  unit: 's',
  description: 'How long all decisions of a page took, by where its profile came from.',
  attributes: { 'attune.profile.source': ['token', 'store', 'empty', 'failed', 'pin'] },
  boundaries: [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1],
}

/** Why placements show what they show. */
export const PAGE_DECISIONS: MetricSpec = {
  name: 'attune.decisions',
  kind: 'counter',
  unit: '{decision}',
  description: 'Placements that were shown, by reason.',
  attributes: {
    'feature_flag.key': 'a placement of the ruleset',
    'feature_flag.result.reason': Object.values(REASONS),
  },
}

/** A decision by the semantic conventions for feature flags: the placement and the reason, and neither variant nor segment. */
export function decisionAttributes({ placement, reason }: Decision): {
  readonly 'feature_flag.key': string
  readonly 'feature_flag.result.reason': string
} {
  return { 'feature_flag.key': placement, 'feature_flag.result.reason': REASONS[reason] }
}
