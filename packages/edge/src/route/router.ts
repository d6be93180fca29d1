import { stripFrameworkSuffix } from './framework-suffix.ts'
import { decodeSegment } from './segment.ts'

/** A page that the ruleset personalises. */
export interface PageAddress {
  /** The pattern, as in the ruleset's `routes`. */
  readonly route: string
  /** The public path, made anew from the pattern and its values: no trailing slash, no framework suffix. */
  readonly path: string
  /** What a framework appended to ask for data of the page, or empty. */
  readonly suffix: string
}

/** Finds the page behind a public path; `undefined` when it is not personalised. */
export type Router = (pathname: string) => PageAddress | undefined

interface CompiledRoute {
  readonly route: string
  /** Literal text, or `null` where any value stands. */
  readonly parts: readonly (string | null)[]
}

// Longer addresses are not pages of a site.
const MAX_PATHNAME = 2_048

/** Compiles route patterns (`/product/[slug]`); where several match, a literal part goes before a dynamic one. */
export function createRouter(patterns: readonly string[]): Router {
  const byLength = new Map<number, CompiledRoute[]>()
  for (const route of patterns.map(compileRoute)) {
    const { length } = route.parts
    byLength.set(length, [...(byLength.get(length) ?? []), route].sort(literalFirst))
  }
  return (pathname) => {
    if (pathname.length > MAX_PATHNAME || !pathname.startsWith('/')) return undefined
    const { path, suffix } = stripFrameworkSuffix(pathname)
    const parts = splitPath(path)
    const match = byLength.get(parts.length)?.find((route) => matches(route, parts))
    if (match === undefined) return undefined
    const segments = match.parts.map((part, at) => part ?? parts[at])
    return { route: match.route, path: `/${segments.join('/')}`, suffix }
  }
}

function compileRoute(route: string): CompiledRoute {
  return { route, parts: splitPath(route).map((part) => (part.startsWith('[') ? null : part)) }
}

// One trailing slash means the same page.
function splitPath(path: string): readonly string[] {
  if (path === '/') return []
  return path.slice(1, path.endsWith('/') ? -1 : undefined).split('/')
}

function literalFirst(a: CompiledRoute, b: CompiledRoute): number {
  const at = a.parts.findIndex((part, place) => (part === null) !== (b.parts[place] === null))
  if (at < 0) return 0
  return a.parts[at] === null ? 1 : -1
}

function matches({ parts }: CompiledRoute, given: readonly string[]): boolean {
  return parts.every((part, at) => {
    const value = decodeSegment(given[at]!)
    return value !== undefined && (part === null || part === value)
  })
}
