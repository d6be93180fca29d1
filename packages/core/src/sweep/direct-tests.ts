import type { Node } from '../match/leaf.ts'
import { DIRECT_TESTS, HAS_ANY, type PublishedSweep, type SweepTest } from './published-sweep.ts'

type Attr = Extract<Node, { readonly op: 'attr' }>
export type DirectTest = Attr & { readonly test: (typeof DIRECT_TESTS)[number] }

/** Tells whether a node is asked of its value directly. Folded text and versions are left to closures. */
export function isDirectTest(node: Node): node is DirectTest {
  return node.op === 'attr' && isDirect(node.test) && !('fold' in node && node.fold)
}

/** Tells whether a direct test is one of lists. */
export function isListTest({ test }: DirectTest): boolean {
  return DIRECT_TESTS.indexOf(test) >= HAS_ANY
}

/** Lays direct tests out in their order. */
export function layTests(nodes: readonly DirectTest[]): Pick<PublishedSweep, 'paths' | 'tests'> {
  const names = [...new Set(nodes.map(({ path }) => path))]
  const paths = names.map((path) => ({
    path,
    elements: elementsOf(nodes.filter((node) => node.path === path)),
  }))
  const tests = nodes.map((node): SweepTest => {
    const path = names.indexOf(node.path)
    const test = DIRECT_TESTS.indexOf(node.test)
    return {
      path,
      test,
      ...(node.needs === undefined ? {} : { needs: node.needs }),
      ...(test < HAS_ANY
        ? { part: String(node.wanted[0]) }
        : { mask: maskOf(node.wanted.map(String), paths[path]!.elements) }),
    }
  })
  return { paths, tests }
}

function isDirect(test: Attr['test']): test is (typeof DIRECT_TESTS)[number] {
  return (DIRECT_TESTS as readonly string[]).includes(test)
}

/** The elements that tests of lists name. */
export function elementsOf(nodes: readonly DirectTest[]): readonly string[] {
  return [...new Set(nodes.filter(isListTest).flatMap(({ wanted }) => wanted.map(String)))]
}

/** Wanted elements as bits, 32 a word. */
export function maskOf(wanted: readonly string[], elements: readonly string[]): readonly number[] {
  const mask = new Array<number>(Math.ceil(elements.length / 32)).fill(0)
  for (const item of wanted) {
    const bit = elements.indexOf(item)
    mask[bit >>> 5]! |= 1 << (bit & 31)
  }
  return mask
}
