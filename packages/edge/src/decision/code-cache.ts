import { encodeCode, type SealKeys, type ShownRuleset, type Variants } from '@attune/core'

/** Gives the code for what the placements of a route show. */
export type EncodeVariants = (route: string, variants: Variants) => string

// The planner keeps a site's codes far below this.
const MAX_CODES = 1_000

/** Makes an encoder that signs each combination of variants once and remembers the last 1,000. */
export function createCodeCache(keys: SealKeys, site: string, ruleset: ShownRuleset): EncodeVariants {
  const codes = new Map<string, string>()
  return (route, variants) => {
    const shown = [route, ...Object.values(variants)].join('\n')
    const known = codes.get(shown)
    if (known !== undefined) return known
    const code = encodeCode(keys, site, ruleset, route, variants)
    // The oldest goes: a map remembers the order of coming.
    if (codes.size >= MAX_CODES) codes.delete(codes.keys().next().value!)
    codes.set(shown, code)
    return code
  }
}
