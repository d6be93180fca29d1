import { decodeCode, own, type SealKeys, type ShownRuleset } from '@attune/core'

/** What a placement shows on this page. */
export interface PlacementDecision {
  readonly variant: string
  /** What it shows when `variant` cannot be rendered. */
  readonly baseline: string
}

/** Placement → what it shows, for the placements of one route. */
export interface PageDecisions {
  readonly [placement: string]: PlacementDecision
}

/** Reads the decisions in a page's code; `undefined` for a code that is forged, of another route or of another ruleset. */
export function readDecisions(
  keys: SealKeys,
  site: string,
  ruleset: ShownRuleset,
  route: string,
  code: string,
): PageDecisions | undefined {
  const variants = decodeCode(keys, site, ruleset, route, code)
  if (variants === undefined) return undefined
  const decisions = Object.entries(variants).map(([placement, variant]) => {
    const baseline = own(ruleset.placements ?? {}, placement)?.baseline ?? variant
    return [placement, { variant, baseline }] as const
  })
  return Object.fromEntries(decisions)
}
