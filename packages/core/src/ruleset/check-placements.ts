import { didYouMean, type Findings, quote } from '../result/findings.ts'
import { isObject, own } from '../result/json.ts'
import { jsonPath } from '../result/json-path.ts'
import { checkEach, checkKey, isSound } from './check-each.ts'
import type { PlacementDefinition } from './ruleset.ts'

const ROUTE = /^\/(?:(?:[A-Za-z0-9._~-]+|\[[A-Za-z0-9_]+\])(?:\/(?:[A-Za-z0-9._~-]+|\[[A-Za-z0-9_]+\]))*)?$/
/** A code holds a variant in one base-36 digit pair; more variants than this are no longer a choice. */
export const MAX_VARIANTS = 256

/** The placements of a ruleset: every name, and the definitions without errors of their own. */
export interface KnownPlacements {
  readonly names: ReadonlySet<string>
  readonly sound: { readonly [key: string]: PlacementDefinition }
  /** Where there are none at all: reports it, the first time it is called. */
  readonly tellMissing?: () => void
}

/** Checks the placements. */
export function checkPlacements(
  findings: Findings,
  ruleset: { readonly [key: string]: unknown },
): KnownPlacements {
  const names = new Set<string>()
  const sound = checkEach(findings, ruleset, 'placements', (path, key, value) => {
    names.add(key)
    return checkPlacement(findings, path, value)
  })
  if (isObject(ruleset.placements)) return { names, sound }
  // A list or text was reported as what it is.
  let isTold = ruleset.placements !== undefined
  const tellMissing = (): void => {
    if (isTold) return
    isTold = true
    const message = 'There are no placements here, and yet some are named. Define them in "placements".'
    findings.error('$.placements', 'unknown-placement', message)
  }
  return { names, sound, tellMissing }
}

function checkPlacement(findings: Findings, path: string, value: unknown): PlacementDefinition | undefined {
  if (!findings.object(path, value, 'A placement')) return undefined
  findings.fields(path, value, ['baseline', 'variants'])
  const { baseline, variants } = value
  const place = jsonPath(path, 'variants')
  if (!Array.isArray(variants) || variants.length === 0 || variants.length > MAX_VARIANTS) {
    const message = `${variants === undefined ? 'There are no variants here' : `${quote(variants)} are no variants`}. Write a list of 1 to ${MAX_VARIANTS} keys.`
    findings.error(place, 'variants', message, variants)
    return undefined
  }
  const keys = isSound(findings, () => {
    variants.forEach((variant, at) => {
      checkKey(findings, jsonPath(place, at), variant)
    })
  })
  const twice = variants.find((variant, at) => variants.indexOf(variant) !== at)
  if (twice !== undefined)
    findings.error(place, 'duplicate-variant', `The variant ${quote(twice)} stands twice. Keep one.`, twice)
  if (!variants.includes(baseline)) {
    findings.error(
      jsonPath(path, 'baseline'),
      'unknown-variant',
      `${baseline === undefined ? 'There is no baseline here. Choose one of the variants' : `The baseline ${quote(baseline)} is not among the variants. Add it or choose one of them`}.${didYouMean(baseline, variants)}`,
      baseline,
    )
  }
  return keys ? (value as unknown as PlacementDefinition) : undefined
}

/** Tells whether a placement is defined, and reports it when it is not; answers it when it is sound. */
export function findPlacement(
  findings: Findings,
  path: string,
  { names, sound, tellMissing }: KnownPlacements,
  key: unknown,
): PlacementDefinition | undefined {
  if (tellMissing !== undefined && key !== undefined) {
    tellMissing()
    return undefined
  }
  if (typeof key === 'string' && names.has(key)) return own(sound, key)
  const message =
    key === undefined
      ? 'There is no placement here. Name one of "placements".'
      : `There is no placement ${quote(key)}. Define it in "placements".${didYouMean(key, names)}`
  findings.error(path, 'unknown-placement', message, key)
  return undefined
}

/** Checks the routes: patterns such as `/product/[slug]`, each with its placements. */
export function checkRoutes(findings: Findings, routes: unknown, placements: KnownPlacements): void {
  if (routes === undefined || !findings.object('$.routes', routes, '"routes"')) return
  for (const [pattern, list] of Object.entries(routes)) {
    if (findings.isFull) return
    const path = jsonPath('$.routes', pattern)
    if (!ROUTE.test(pattern))
      findings.error(
        path,
        'route',
        `${quote(pattern)} is no route. Write for example "/" or "/product/[slug]": no slash at the end, no *.`,
        pattern,
      )
    if (Array.isArray(list)) checkRoute(findings, path, list, placements)
    else findings.error(path, 'not-a-list', `${quote(list)} is no list of placements. Write [ … ].`, list)
  }
}

function checkRoute(
  findings: Findings,
  path: string,
  list: readonly unknown[],
  placements: KnownPlacements,
): void {
  const seen = new Set<unknown>()
  list.forEach((key, at) => {
    if (findings.isFull) return
    const place = jsonPath(path, at)
    if (!seen.has(key)) findPlacement(findings, place, placements, key)
    else {
      const message = `The placement ${quote(key)} stands twice on this route. Keep one.`
      findings.error(place, 'duplicate-placement', message, key)
    }
    seen.add(key)
  })
}
