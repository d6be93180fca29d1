import type { Node, PublishedRuleset } from '@attune/core'

const OF_PLACE = ['geo', 'device', 'language', 'utm', 'query', 'referrer']

/** Segments that look at what is one visitor's own; without consent to `preferences` nobody may ask them. */
export function personalSegments({ nodes, segments }: PublishedRuleset): ReadonlySet<string> {
  const personal: boolean[] = []
  // Children stand before their parents.
  for (const node of nodes) personal.push(isPersonal(node, personal))
  return new Set(Object.keys(segments).filter((key) => personal[segments[key]!] !== false))
}

function isPersonal(node: Node, before: readonly boolean[]): boolean {
  switch (node.op) {
    case 'when':
      return node.timezone === 'visitor'
    case 'consent':
      return false
    case 'attr':
      return !isPublic(node.path)
    case 'all':
    case 'any':
    case 'not':
    case 'atLeast':
    case 'segment':
      return node.of.some((child) => before[child] !== false)
    default:
      return true
  }
}

function isPublic(path: string): boolean {
  return path === 'url.host' || path === 'url.path' || OF_PLACE.includes(path.split('.', 1)[0]!)
}
