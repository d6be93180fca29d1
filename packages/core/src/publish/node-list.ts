import type { Node } from '../match/leaf.ts'
import { canonicalJson } from '../result/canonical-json.ts'

/** Collects nodes, each condition once however often it is written, children before parents. */
export interface NodeList {
  /** The place of a node, the known one when an equal one was added before. */
  readonly add: (node: Node) => number
  /** How dear the node at a place is to ask: one that needs no profile comes before one that does, a tree last. */
  readonly costAt: (place: number) => number
  /** Everything added; nodes with more than one parent are marked as shared. `roots` are places that count as a parent. */
  readonly finish: (roots: readonly number[]) => readonly Node[]
}

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
      return childrenOf(node).length > 0 ? 2 : node.op === 'attr' || node.op === 'consent' ? 0 : 1
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
