import { compileTest } from '../condition/prepared-test.ts'
import { FALSE, TRUE } from '../condition/truth.ts'
import { contextReader } from '../context/context-path.ts'
import { own } from '../result/json.ts'
import type { TouchState } from '../signal/signal.ts'
import { answer } from './horizon.ts'
import type { LeafOf } from './leaf.ts'
import { type Matcher, NEVER, type Scope, stateAt } from './scope.ts'

const TRAIT = 'trait.'

/** A trait or a value of the request's context passes a test. */
export function compileAttr(leaf: LeafOf<'attr'>): Matcher {
  const read = attrReader(leaf.path)
  const test = compileTest(leaf)
  return (scope) => answer(scope, test(read(scope)), NEVER)
}

function attrReader(path: string): (scope: Scope) => unknown {
  if (path.startsWith(TRAIT)) {
    const name = path.slice(TRAIT.length)
    return (scope) => own(scope.profile.traits, name)
  }
  const read = contextReader(path)
  return (scope) => read(scope.context)
}

/** The first or last value of a path that an event carried passes a test; it is missing when none carried one. */
export function compileTouch(leaf: LeafOf<'touch'>): Matcher {
  const test = compileTest(leaf)
  const { slot, which } = leaf
  return (scope) => answer(scope, test(stateAt<TouchState>(scope, slot)[which]?.value), NEVER)
}

/** A purpose is granted; the one condition that withdrawing consent may make true, under `not`. */
export function compileConsent({ bit }: LeafOf<'consent'>): Matcher {
  return (scope) => answer(scope, (scope.granted & bit) !== 0 ? TRUE : FALSE, NEVER)
}
