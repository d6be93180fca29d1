import { isObject, type Ruleset } from '@attune/core'

/** What of a request the ruleset's conditions look at; the rest is not read. */
export interface NeededContext {
  /** First words of the paths (`geo`, `query`, `trait` …), and `utcOffset` when a condition asks for the visitor's local time. */
  readonly groups: ReadonlySet<string>
  /** Names of query parameters. */
  readonly query: readonly string[]
}

/** Finds what of a request a ruleset's segments and audiences look at. */
export function neededContext({ segments, experiences }: Ruleset): NeededContext {
  const paths = new Set<string>()
  collectPaths(segments, paths)
  collectPaths(experiences, paths)
  const query = [...paths].filter((path) => path.startsWith('query.')).map((path) => path.slice(6))
  return { groups: new Set([...paths].map((path) => path.split('.', 1)[0]!)), query }
}

// Also takes what only looks like a condition, such as a property called `attr`: one path too many does no harm.
function collectPaths(value: unknown, paths: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) collectPaths(item, paths)
  if (!isObject(value)) return
  if (typeof value.attr === 'string') paths.add(value.attr)
  if (value.timezone === 'visitor') paths.add('utcOffset')
  collectPaths(Object.values(value), paths)
}
