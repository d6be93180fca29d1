import type { PublishedRuleset } from '@attune/core'

/** What of a request the ruleset's conditions look at; the rest is not read. */
export interface NeededContext {
  /** First words of the paths (`geo`, `query`, `trait` …), and `utcOffset` when a condition asks for the visitor's local time. */
  readonly groups: ReadonlySet<string>
  /** Names of query parameters. */
  readonly query: readonly string[]
}

/** Finds what of a request a ruleset's segments and audiences look at. */
export function neededContext({ nodes }: PublishedRuleset): NeededContext {
  const paths = nodes.flatMap((node) => {
    if (node.op === 'attr') return [node.path]
    return node.op === 'when' && node.timezone === 'visitor' ? ['utcOffset'] : []
  })
  const query = paths.filter((path) => path.startsWith('query.')).map((path) => path.slice(6))
  return { groups: new Set(paths.map((path) => path.split('.', 1)[0]!)), query: [...new Set(query)] }
}
