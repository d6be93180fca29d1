import { type Truth, UNKNOWN } from '../condition/truth.ts'
import { answer } from './horizon.ts'
import type { Leaf, LeafOf, Node } from './leaf.ts'
import { compileAll, compileAny, compileAtLeast, compileNot } from './match-combinators.ts'
import { compileCount, compileDistinct, compileTotal } from './match-count.ts'
import { compileScore, compileStrength, compileTop } from './match-decay.ts'
import { compileAbsent, compileSince, compileUnfinished } from './match-last.ts'
import { compileChain, compilePeriods } from './match-order.ts'
import { compileRfm } from './match-rfm.ts'
import { compileAverage, compileRing } from './match-ring.ts'
import { compileAttr, compileConsent, compileTouch } from './match-value.ts'
import { compileWhen } from './match-when.ts'
import { type Matcher, NEVER } from './scope.ts'

/** Makes matchers of published nodes by their place, each when it is first asked for. */
export function compileNodes(nodes: readonly Node[]): (place: number) => Matcher {
  const matchers: (Matcher | undefined)[] = []
  const claimed = new Set<number>()
  const childAt = (place: number, parent: number): Matcher => {
    const node = nodes[place]
    // Without these two a damaged ruleset would ask in a circle, or ask what is shared twice at every level.
    if (node === undefined || !(place < parent)) throw damaged(parent)
    if (isBranch(node) && !isRemembered(node)) {
      if (claimed.has(place)) throw damaged(parent)
      claimed.add(place)
    }
    return matcherAt(place)
  }
  const matcherAt = (place: number): Matcher => {
    const node = nodes[place]
    if (node === undefined) throw damaged(place)
    matchers[place] ??= compileNode(node, place, childAt)
    return matchers[place]
  }
  return matcherAt
}

type Branch = Extract<Node, { readonly of: readonly number[] }>

function isBranch(node: Node): node is Branch {
  return 'of' in node && Array.isArray(node.of)
}

// A segment is remembered so that it can be assumed, the others because several conditions share them.
function isRemembered(node: Node): boolean {
  return node.shared === true || node.op === 'segment'
}

function damaged(condition: unknown): Error {
  return new Error(`[core] compileRuleset: condition ${condition} is damaged. Publish anew.`)
}

function compileNode(
  node: Node,
  place: number,
  childAt: (place: number, parent: number) => Matcher,
): Matcher {
  const matcher = isBranch(node)
    ? compileBranch(
        node,
        node.of.map((child) => childAt(child, place)),
      )
    : compileOperation(node)
  // Whatever a condition would say, without the purposes that it needs it says unknown.
  const needs = isBranch(node) ? 0 : (node.needs ?? 0)
  if (isRemembered(node)) return remember(place, needs, matcher)
  return needs === 0 ? matcher : guard(needs, matcher)
}

function compileBranch(node: Branch, children: readonly Matcher[]): Matcher {
  const [first] = children
  if (first === undefined) throw damaged(node.op)
  switch (node.op) {
    case 'all':
      return compileAll(children)
    case 'any':
      return compileAny(children)
    case 'not':
      return compileNot(children)
    case 'atLeast':
      return compileAtLeast(node.least, children)
    case 'segment':
      return first
    default:
      throw damaged((node as Node).op)
  }
}

function guard(needs: number, matcher: Matcher): Matcher {
  return (scope) => ((scope.granted & needs) === needs ? matcher(scope) : answer(scope, UNKNOWN, NEVER))
}

function remember(place: number, needs: number, matcher: Matcher): Matcher {
  return (scope) => {
    const { turns, truths, untils, turn } = scope
    if (turns[place] === turn) {
      scope.until = untils[place]!
      // What a matcher answered in this turn.
      return truths[place] as Truth
    }
    const truth = (scope.granted & needs) === needs ? matcher(scope) : answer(scope, UNKNOWN, NEVER)
    turns[place] = turn
    truths[place] = truth
    untils[place] = scope.until
    return truth
  }
}

type Compile<Op extends Leaf['op']> = (leaf: LeafOf<Op>) => Matcher

const COMPILE: { readonly [Op in Leaf['op']]: Compile<Op> } = {
  attr: compileAttr,
  touch: compileTouch,
  count: compileCount,
  total: compileTotal,
  ring: compileRing,
  average: compileAverage,
  distinct: compileDistinct,
  absent: compileAbsent,
  since: compileSince,
  unfinished: compileUnfinished,
  chain: compileChain,
  periods: compilePeriods,
  score: compileScore,
  strength: compileStrength,
  top: compileTop,
  rfm: compileRfm,
  when: compileWhen,
  consent: compileConsent,
}

function compileOperation(leaf: Leaf): Matcher {
  if (!Object.hasOwn(COMPILE, leaf.op)) throw damaged(leaf.op)
  // The table pairs each operation with its own compiler.
  return (COMPILE[leaf.op] as Compile<Leaf['op']>)(leaf as never)
}
