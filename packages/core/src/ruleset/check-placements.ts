import { didYouMean, type Findings, quote } from '../result/findings.ts'
import { own } from '../result/json.ts'
import { jsonPath } from '../result/json-path.ts'
import { checkEach, checkKey } from './check-definitions.ts'
import type { PlacementDefinition } from './ruleset.ts'

const ROUTE = /^\/(?:(?:[A-Za-z0-9._~-]+|\[[A-Za-z0-9_]+\])(?:\/(?:[A-Za-z0-9._~-]+|\[[A-Za-z0-9_]+\]))*)?$/
/** A code holds a variant in one base-36 digit pair; more variants than this are no longer a choice. */
export const MAX_VARIANTS = 256

/** Checks the placements and answers the sound ones. */
export function checkPlacements(
  findings: Findings,
  ruleset: { readonly [key: string]: unknown },
): { readonly [key: string]: PlacementDefinition } {
  return checkEach(findings, ruleset, 'placements', (at, path, _key, value) =>
    checkPlacement(at, path, value),
  )
}

function checkPlacement(findings: Findings, path: string, value: unknown): PlacementDefinition | undefined {
  if (!findings.object(path, value, 'A placement')) return undefined
  findings.fields(path, value, ['baseline', 'variants'])
  const { baseline, variants } = value
  const place = jsonPath(path, 'variants')
  if (!Array.isArray(variants) || variants.length === 0 || variants.length > MAX_VARIANTS) {
    findings.error(place, 'variants', `"variants" is a list of 1 to ${MAX_VARIANTS} keys.`, variants)
    return undefined
  }
  const sound = variants.map((variant, at) => checkKey(findings, jsonPath(place, at), variant))
  if (new Set(variants).size < variants.length)
    findings.error(place, 'duplicate-variant', 'A variant stands twice. Keep one.', variants)
  if (!variants.includes(baseline)) {
    findings.error(
      jsonPath(path, 'baseline'),
      'unknown-variant',
      `The baseline ${quote(baseline)} is not among the variants. Add it or choose one of them.${didYouMean(baseline, variants)}`,
      baseline,
    )
  }
  return sound.every(Boolean) ? (value as unknown as PlacementDefinition) : undefined
}

/** Checks the routes: patterns such as `/product/[slug]`, each with its placements. */
export function checkRoutes(
  findings: Findings,
  routes: unknown,
  placements: { readonly [key: string]: PlacementDefinition },
): void {
  if (routes === undefined || !findings.object('$.routes', routes, '"routes"')) return
  for (const [pattern, list] of Object.entries(routes)) {
    const path = jsonPath('$.routes', pattern)
    if (!ROUTE.test(pattern))
      findings.error(
        path,
        'route',
        `${quote(pattern)} is no route. Write for example "/" or "/product/[slug]".`,
        pattern,
      )
    if (!Array.isArray(list)) {
      findings.error(path, 'not-a-list', 'A route has a list of placements.', list)
      continue
    }
    list.forEach((key, at) => {
      if (typeof key === 'string' && own(placements, key) !== undefined && list.indexOf(key) === at) return
      const message =
        list.indexOf(key) === at
          ? `There is no placement ${quote(key)}. Define it in "placements".`
          : `The placement ${quote(key)} stands twice. Keep one.`
      findings.error(
        jsonPath(path, at),
        'unknown-placement',
        `${message}${didYouMean(key, Object.keys(placements))}`,
        key,
      )
    })
  }
}
