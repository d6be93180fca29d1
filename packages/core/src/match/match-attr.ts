import type { Attr } from '../condition/condition.ts'
import { compileValueTest } from '../condition/operator.ts'
import { contextReader } from '../context/context-path.ts'
import { own } from '../result/json.ts'
import { type Matcher, NEVER, type Scope } from './scope.ts'

const TRAIT = 'trait.'

/** A trait or a value of the request's context passes a test. */
export function compileAttr(condition: Attr): Matcher {
  const read = attrReader(condition.attr)
  const test = compileValueTest(condition)
  return (scope) => {
    scope.until = NEVER
    return test(read(scope))
  }
}

/** Makes the reader of an attr path. */
export function attrReader(path: string): (scope: Scope) => unknown {
  if (path.startsWith(TRAIT)) {
    const name = path.slice(TRAIT.length)
    return (scope) => own(scope.traits, name)
  }
  const read = contextReader(path)
  return (scope) => read(scope.context)
}
