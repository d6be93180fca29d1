import type { PublishedRuleset } from '@attune/core'

/**
 * The placements whose audiences look at the request's context. A collector is asked from another address and at
 * another time than the page was, so it cannot say what the page would show now; only what events changed.
 */
export function contextPlacements({ experiences, nodes }: PublishedRuleset): ReadonlySet<string> {
  const readsContext = (place: number): boolean => {
    const node = nodes[place]!
    if (node.op === 'attr') return !node.path.startsWith('trait.')
    if (node.op === 'when') return node.timezone === 'visitor'
    return 'of' in node && Array.isArray(node.of) && node.of.some(readsContext)
  }
  return new Set(
    experiences
      .filter(({ audience }) => audience !== undefined && readsContext(audience))
      .map(({ placement }) => placement),
  )
}
