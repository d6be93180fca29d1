import type { Node } from '../match/leaf.ts'
import { canonicalJson } from '../result/canonical-json.ts'

/** Collects nodes, each condition once however often it is written, children before parents. */
export interface NodeList {
  /** The place of a node, the known one when an equal one was added before. */
  readonly add: (node: Node) => number
  /** How dear the node at a place is to ask: one that needs no profile comes first, a tree last. */
  readonly costAt: (place: number) => number
  /** Everything added; nodes with more than one parent are marked as shared. `roots` are places that count as a parent. */
  readonly finish: (roots: readonly number[]) => readonly Node[]
}

// What reads the request alone, and what adds up buckets.
const CHEAP = new Set<Node['op']>(['attr', 'consent'])
const DEAR = new Set<Node['op']>(['ring', 'average', 'score', 'strength', 'top', 'rfm'])

/** Makes an empty list. */
export function createNodeList(): NodeList {
  const nodes: Node[] = []
  const places = new Map<string, number>()
  return {
    add: (node) => {
      const key = canonicalJson(node)
      const known = places.get(key)
      if (known !== undefined) return known
      places.set(key, nodes.length)
      return nodes.push(node) - 1
    },
    costAt: (place) => {
      const node = nodes[place]!
      if (childrenOf(node).length > 0) return 3
      return CHEAP.has(node.op) ? 0 : DEAR.has(node.op) ? 2 : 1
    },
    finish: (roots) => {
      const parents = new Map<number, number>()
      const count = (place: number) => parents.set(place, (parents.get(place) ?? 0) + 1)
      for (const node of nodes) for (const child of childrenOf(node)) count(child)
      for (const root of roots) count(root)
      return nodes.map((node, place) => ((parents.get(place) ?? 0) > 1 ? { ...node, shared: true } : node))
    },
  }
}

/** The places of a node's children. */
export function childrenOf(node: Node): readonly number[] {
  return 'of' in node && Array.isArray(node.of) ? (node.of as readonly number[]) : []
}
