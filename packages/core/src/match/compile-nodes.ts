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
  const matcherAt = (place: number): Matcher => {
    matchers[place] ??= compileNode(nodes[place]!, place, matcherAt)
    return matchers[place]
  }
  return matcherAt
}

function compileNode(node: Node, place: number, matcherAt: (place: number) => Matcher): Matcher {
  const isBranch = 'of' in node && Array.isArray(node.of)
  const matcher = isBranch
    ? compileBranch(node, (node.of as readonly number[]).map(matcherAt))
    : compileOperation(node as Leaf)
  // Whatever a condition would say, without the purposes that it needs it says unknown.
  const needs = isBranch ? 0 : ((node as Leaf).needs ?? 0)
  // A segment is remembered so that it can be assumed, the others because several conditions share them.
  if (node.shared || node.op === 'segment') return remember(place, needs, matcher)
  return needs === 0 ? matcher : guard(needs, matcher)
}

function compileBranch(node: Node, children: readonly Matcher[]): Matcher {
  switch (node.op) {
    case 'all':
      return compileAll(children)
    case 'any':
      return compileAny(children)
    case 'not':
      return compileNot(children)
    case 'atLeast':
      return compileAtLeast(node.least, children)
    default:
      return children[0]!
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

/** Compiles a prepared condition by itself. */
export function compileLeaf(leaf: Leaf): Matcher {
  const matcher = compileOperation(leaf)
  return leaf.needs === undefined ? matcher : guard(leaf.needs, matcher)
}

function compileOperation(leaf: Leaf): Matcher {
  const compile = COMPILE[leaf.op] as Compile<Leaf['op']> | undefined
  if (compile === undefined)
    throw new Error(`[core] compileRuleset: unknown operation ${leaf.op}. Publish the ruleset anew.`)
  // The table pairs each operation with its own compiler.
  return compile(leaf as never)
}
