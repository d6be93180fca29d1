import type { Decision } from '../decision/decision.ts'
import { canonicalJson } from '../result/canonical-json.ts'
import { own } from '../result/json.ts'
import type { ShownRuleset } from '../ruleset/published-ruleset.ts'
import { murmur3 } from '../visitor/murmur3.ts'
import { type SealKeys, seal, unseal } from './seal.ts'

/** Placement → variant, as a page needs it. */
export interface Variants {
  readonly [placement: string]: string
}

// The 32-bit shape tag in base 36, then two base-36 digits a placement.
const TAG_LENGTH = 7
const DIGITS = 2

/** The placements of a route with their variants, in the ruleset's order; `undefined` for an unknown route. */
function shapeOf(
  ruleset: ShownRuleset,
  route: string,
): readonly (readonly [placement: string, variants: readonly string[]])[] | undefined {
  return own(ruleset.routes ?? {}, route)?.map(
    (key) => [key, own(ruleset.placements ?? {}, key)?.variants ?? []] as const,
  )
}

/**
 * Encodes what the placements of a route show as a short signed code for its path. It is a function of the
 * variants only, never of the visitor, so all visitors with the same decisions share one cached page.
 */
export function encodeCode(
  keys: SealKeys,
  site: string,
  ruleset: ShownRuleset,
  route: string,
  variants: Variants,
): string {
  const shape = shapeOf(ruleset, route) ?? []
  const baselines = baselineVariants(ruleset, route)
  const digits = shape.map(([placement, list]) => {
    const known = list.indexOf(own(variants, placement) ?? '')
    // Whoever says nothing, or something unknown, of a placement means its baseline.
    const place = known < 0 ? Math.max(0, list.indexOf(baselines[placement]!)) : known
    return place.toString(36).padStart(DIGITS, '0')
  })
  return seal(keys, 'code', binding(site, route), tagOf(shape) + digits.join(''))
}

/** Decodes a code for a route; `undefined` for one that is not ours, of another route, or of other variants. */
export function decodeCode(
  keys: SealKeys,
  site: string,
  ruleset: ShownRuleset,
  route: string,
  code: string,
): Variants | undefined {
  const shape = shapeOf(ruleset, route)
  const payload = unseal(keys, 'code', binding(site, route), code)
  if (shape === undefined || payload === undefined || payload.length !== TAG_LENGTH + DIGITS * shape.length)
    return undefined
  // A code made for other lists of variants would be misread.
  if (payload.slice(0, TAG_LENGTH) !== tagOf(shape)) return undefined
  const variants = shape.map(([placement, list], at) => {
    const from = TAG_LENGTH + DIGITS * at
    return [placement, list[Number.parseInt(payload.slice(from, from + DIGITS), 36)]] as const
  })
  return variants.every(([, variant]) => variant !== undefined)
    ? (Object.fromEntries(variants) as Variants)
    : undefined
}

/** What decisions show. */
export function variantsOf(decisions: readonly Decision[]): Variants {
  return Object.fromEntries(decisions.map(({ placement, variant }) => [placement, variant]))
}

/** What a route shows to a visitor of whom nothing is known. */
export function baselineVariants(ruleset: ShownRuleset, route: string): Variants {
  const placements = own(ruleset.routes ?? {}, route) ?? []
  return Object.fromEntries(
    placements.map((key) => [key, own(ruleset.placements ?? {}, key)?.baseline ?? '']),
  )
}

function binding(site: string, route: string): string {
  return JSON.stringify([site, route])
}

function tagOf(shape: unknown): string {
  return murmur3(canonicalJson(shape)).toString(36).padStart(TAG_LENGTH, '0')
}
