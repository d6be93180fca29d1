import { type Condition, kindOf } from '../condition/condition.ts'
import { UNKNOWN } from '../condition/truth.ts'
import type { CompiledCondition, CompileScope } from './compile-scope.ts'
import { compileAbsent } from './match-absent.ts'
import { compileAttr } from './match-attr.ts'
import { compileAll, compileAny, compileAtLeast, compileNot } from './match-combinators.ts'
import { compileConsent } from './match-consent.ts'
import { compileCount } from './match-count.ts'
import { compileDistinct } from './match-distinct.ts'
import { compileInterest } from './match-interest.ts'
import { compileSince } from './match-since.ts'
import { compileUnfinished } from './match-unfinished.ts'
import { compileWhen } from './match-when.ts'
import { neededPurposes } from './needed-purposes.ts'
import { type Matcher, NEVER } from './scope.ts'

/** Compiles a checked condition into closures. */
export function compileCondition(condition: Condition, scope: CompileScope): CompiledCondition {
  const compile = (child: Condition) => compileCondition(child, scope)
  if ('all' in condition) return combine(condition, condition.all.map(compile), compileAll)
  if ('any' in condition) return combine(condition, condition.any.map(compile), compileAny)
  if ('not' in condition) return combine(condition, [compile(condition.not)], compileNot)
  if (kindOf(condition) === 'atLeast') {
    const { atLeast, of } = condition as { atLeast: number; of: readonly Condition[] }
    return combine(condition, of.map(compile), (matchers) => compileAtLeast(atLeast, matchers))
  }
  return { condition, match: withConsent(condition, compileLeaf(condition, scope), scope), children: [] }
}

function combine(
  condition: Condition,
  children: readonly CompiledCondition[],
  compile: (matchers: readonly Matcher[]) => Matcher,
): CompiledCondition {
  return { condition, match: compile(children.map((child) => child.match)), children }
}

function compileLeaf(condition: Condition, scope: CompileScope): Matcher {
  if ('segment' in condition) return scope.segment(condition.segment)
  if ('attr' in condition) return compileAttr(condition)
  if ('count' in condition) return compileCount(condition, scope)
  if ('distinct' in condition) return compileDistinct(condition, scope)
  if ('absent' in condition) return compileAbsent(condition, scope)
  if ('since' in condition) return compileSince(condition, scope)
  if ('unfinished' in condition) return compileUnfinished(condition, scope)
  if ('interest' in condition) return compileInterest(condition, scope)
  if ('when' in condition) return compileWhen(condition, scope)
  if ('consent' in condition) return compileConsent(condition)
  throw new Error('[core] compileCondition: unknown kind. Check the ruleset first.')
}

// Whatever a condition would say, without the purpose of what it reads it says unknown.
function withConsent(condition: Condition, match: Matcher, { definitions }: CompileScope): Matcher {
  const needed = neededPurposes(condition, definitions)
  if (needed === 0) return match
  return (scope) => {
    if ((scope.granted & needed) === needed) return match(scope)
    scope.until = NEVER
    return UNKNOWN
  }
}
