import { FALSE, negate, TRUE, type Truth, UNKNOWN } from '../condition/truth.ts'
import { type Matcher, NEVER, type Scope } from './scope.ts'

/** False if any child is false, else unknown if any is unknown. */
export function compileAll(children: readonly Matcher[]): Matcher {
  return atLeast(children.length, children)
}

/** True if any child is true, else unknown if any is unknown. */
export function compileAny(children: readonly Matcher[]): Matcher {
  return atLeast(1, children)
}

/** True if at least `wanted` children are true, false if so many can no longer be, else unknown. */
export function compileAtLeast(wanted: number, children: readonly Matcher[]): Matcher {
  return atLeast(wanted, children)
}

/** The child's opposite; unknown stays unknown. */
export function compileNot([child]: readonly Matcher[]): Matcher {
  return (scope) => negate(child!(scope))
}

// `all` is atLeast n of n and `any` is atLeast 1: one counting rule decides all three.
function atLeast(wanted: number, children: readonly Matcher[]): Matcher {
  const count = children.length
  return (scope) => {
    const tally = { trues: 0, falses: 0, trueUntil: [] as number[], falseUntil: [] as number[], first: NEVER }
    for (const child of children) {
      const truth = child(scope)
      tally.first = Math.min(tally.first, scope.until)
      if (truth === TRUE) tally.trueUntil.push(scope.until)
      else if (truth === FALSE) tally.falseUntil.push(scope.until)
    }
    return settle(scope, wanted, count, tally.trueUntil, tally.falseUntil, tally.first)
  }
}

function settle(
  scope: Scope,
  wanted: number,
  count: number,
  trueUntil: number[],
  falseUntil: number[],
  first: number,
): Truth {
  // It stays true as long as `wanted` of the true children stay so; false while too many stay false.
  if (trueUntil.length >= wanted) {
    scope.until = nthLatest(trueUntil, wanted)
    return TRUE
  }
  const tooMany = count - wanted + 1
  if (falseUntil.length >= tooMany) {
    scope.until = nthLatest(falseUntil, tooMany)
    return FALSE
  }
  scope.until = first
  return UNKNOWN
}

function nthLatest(untils: number[], n: number): number {
  return untils.sort((a, b) => b - a)[n - 1] ?? NEVER
}
