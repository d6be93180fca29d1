import type { Node } from '../match/leaf.ts'
import type { PublishedRuleset } from './published-ruleset.ts'

/**
 * What of a request the audiences of placements look at: placement → first words of context paths (`geo`, `query` …), and `utcOffset` where one asks
 * for the visitor's local time. A placement that looks at nothing of it is not among them; traits are the visitor's.
 */
export function contextGroups({
  experiences,
  nodes,
}: Pick<PublishedRuleset, 'experiences' | 'nodes'>): ReadonlyMap<string, ReadonlySet<string>> {
  const byNode: (readonly string[])[] = []
  // Children stand before their parents.
  for (const node of nodes)
    byNode.push([...new Set([...ownGroups(node), ...childrenOf(node).flatMap(groupsOf)])])
  const byPlacement = new Map<string, Set<string>>()
  for (const { placement, audience } of experiences) {
    const groups = audience === undefined ? [] : groupsOf(audience)
    if (groups.length === 0) continue
    byPlacement.set(placement, new Set([...(byPlacement.get(placement) ?? []), ...groups]))
  }
  return byPlacement

  function groupsOf(place: number): readonly string[] {
    return byNode[place] ?? []
  }
}

function ownGroups(node: Node): readonly string[] {
  if (node.op === 'when') return node.timezone === 'visitor' ? ['utcOffset'] : []
  if (node.op !== 'attr') return []
  const [group = ''] = node.path.split('.', 1)
  return group === 'trait' ? [] : [group]
}

function childrenOf(node: Node): readonly number[] {
  return 'of' in node && typeof node.of === 'object' ? node.of : []
}
