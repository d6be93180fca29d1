import { type DirectTest, elementsOf, isListTest, maskOf } from './direct-tests.ts'
import type { Source } from './lay-entries.ts'
import { DIRECT_TESTS, MAX_ELEMENTS, type SweepList } from './published-sweep.ts'

/** A direct test and the terms that depend on it. */
export interface DirectAsk extends Source {
  readonly node: DirectTest
}

/** Lays out the paths on whose lists at least `least` terms depend; `rest` is what is asked one by one. */
export function layLists(
  asks: readonly DirectAsk[],
  least: number,
): { readonly lists: readonly SweepList[]; readonly rest: readonly DirectAsk[] } {
  const paths = [...new Set(asks.map(({ node }) => node.path))]
  const groups = paths.map((path) => asks.filter(({ node }) => node.path === path))
  const eager = groups.filter((group) => isEager(group, least))
  const taken = new Set(eager.flat())
  return { lists: eager.map(layList), rest: asks.filter((ask) => !taken.has(ask)) }
}

function isEager(group: readonly DirectAsk[], least: number): boolean {
  const nodes = group.map(({ node }) => node)
  const dependent = group.reduce((sum, { ifTrue, ifFalse }) => sum + ifTrue.length + ifFalse.length, 0)
  return dependent >= least && nodes.every(isListTest) && elementsOf(nodes).length <= MAX_ELEMENTS
}

function layList(group: readonly DirectAsk[]): SweepList {
  const { path, needs } = group[0]!.node
  const elements = elementsOf(group.map(({ node }) => node))
  const tests = group.flatMap(({ node, ifTrue, ifFalse }) => [
    DIRECT_TESTS.indexOf(node.test),
    maskOf(node.wanted.map(String), elements)[0]!,
    ifTrue.length,
    ...ifTrue,
    ifFalse.length,
    ...ifFalse,
  ])
  return { path, ...(needs === undefined ? {} : { needs }), elements, tests }
}
