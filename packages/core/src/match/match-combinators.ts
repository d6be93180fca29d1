import { FALSE, negate, TRUE, type Truth, UNKNOWN } from '../condition/truth.ts'
import { type Matcher, NEVER, type Scope } from './scope.ts'

/** False if any child is false, else unknown if any is unknown. */
export function compileAll(children: readonly Matcher[]): Matcher {
  return decidedBy(FALSE, children)
}

/** True if any child is true, else unknown if any is unknown. */
export function compileAny(children: readonly Matcher[]): Matcher {
  return decidedBy(TRUE, children)
}

/** The child's opposite; unknown stays unknown. */
export function compileNot([child]: readonly Matcher[]): Matcher {
  return (scope) => negate(child!(scope))
}

/** True if at least `wanted` children are true, false if so many can no longer be, else unknown. */
export function compileAtLeast(wanted: number, children: readonly Matcher[]): Matcher {
  const tooMany = children.length - wanted + 1
  return (scope) => {
    const trues: number[] = []
    const falses: number[] = []
    let first = NEVER
    for (const child of children) {
      const truth = child(scope)
      first = Math.min(first, scope.until)
      if (truth === TRUE) trues.push(scope.until)
      else if (truth === FALSE) falses.push(scope.until)
    }
    // It stays true as long as `wanted` of the true children stay so, false while too many stay false.
    if (trues.length >= wanted) return answer(scope, TRUE, nthLatest(trues, wanted))
    if (falses.length >= tooMany) return answer(scope, FALSE, nthLatest(falses, tooMany))
    return answer(scope, UNKNOWN, first)
  }
}

// One child of the decisive truth decides, and as long as the last of them stays so nothing changes.
function decidedBy(decisive: Truth, children: readonly Matcher[]): Matcher {
  return (scope) => {
    let truth = negate(decisive)
    let first = NEVER
    let last = -NEVER
    for (const child of children) {
      const answered = child(scope)
      if (answered === decisive) last = Math.max(last, scope.until)
      else if (answered === UNKNOWN) truth = UNKNOWN
      first = Math.min(first, scope.until)
    }
    return last === -NEVER ? answer(scope, truth, first) : answer(scope, decisive, last)
  }
}

function answer(scope: Scope, truth: Truth, until: number): Truth {
  scope.until = until
  return truth
}

function nthLatest(untils: number[], n: number): number {
  return untils.sort((a, b) => b - a)[n - 1] ?? NEVER
}
