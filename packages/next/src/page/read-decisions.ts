import { contextGroups, decodeCode, own, type PublishedRuleset, type SealKeys } from '@attune/core'

/** What a placement shows on this page. */
export interface PlacementDecision {
  readonly variant: string
  /** What it shows when `variant` cannot be rendered. */
  readonly baseline: string
  /** What of the request its audiences look at that no page can tell later (`referrer`, `custom`): it cannot be live. */
  readonly still?: readonly string[]
}

/** Placement → what it shows, for the placements of one route. */
export interface PageDecisions {
  readonly [placement: string]: PlacementDecision
}

// Whence a visitor came only the first request says, and what the site itself knows only the host that decides pages.
const UNTELLABLE = ['referrer', 'custom']

/** Reads the decisions in a page's code; `undefined` for a code that is forged, of another route or of another ruleset. */
export function readDecisions(
  keys: SealKeys,
  site: string,
  ruleset: PublishedRuleset,
  route: string,
  code: string,
): PageDecisions | undefined {
  const variants = decodeCode(keys, site, ruleset, route, code)
  if (variants === undefined) return undefined
  const groups = contextGroups(ruleset)
  const decisions = Object.entries(variants).map(([placement, variant]) => {
    const baseline = own(ruleset.placements ?? {}, placement)?.baseline ?? variant
    const still = UNTELLABLE.filter((group) => groups.get(placement)?.has(group))
    return [placement, { variant, baseline, ...(still.length === 0 ? {} : { still }) }] as const
  })
  return Object.fromEntries(decisions)
}
