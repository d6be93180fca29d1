import { FALSE, negate, TRUE, type Truth, UNKNOWN } from '../condition/truth.ts'
import { answer } from './horizon.ts'
import { type Matcher, NEVER } from './scope.ts'

const LONG = 86_400

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

// One child of the decisive truth decides, and as long as the last of them stays so nothing changes. Its horizon may be early.
function decidedBy(decisive: Truth, children: readonly Matcher[]): Matcher {
  const length = children.length
  return (scope) => {
    let truth = negate(decisive)
    let first = NEVER
    let last = -NEVER
    for (let at = 0; at < length; at++) {
      const answered = children[at]!(scope)
      const { until } = scope
      if (answered === decisive) {
        // What holds for a day need not be known to hold longer: no token lives longer.
        if (until - scope.now >= LONG) return answered
        if (until > last) last = until
      } else if (answered === UNKNOWN) truth = UNKNOWN
      if (until < first) first = until
    }
    return last === -NEVER ? answer(scope, truth, first) : answer(scope, decisive, last)
  }
}

/** True if at least `least` children are true, false if so many can no longer be, else unknown. */
export function compileAtLeast(least: number, children: readonly Matcher[]): Matcher {
  const most = children.length - least + 1
  // Written anew by each question; the node never asks itself.
  const trues = new Float64Array(children.length)
  const falses = new Float64Array(children.length)
  return (scope) => {
    let yes = 0
    let no = 0
    let first = NEVER
    for (const child of children) {
      const truth = child(scope)
      if (scope.until < first) first = scope.until
      if (truth === TRUE) insert(trues, yes++, scope.until)
      else if (truth === FALSE) insert(falses, no++, scope.until)
    }
    // It stays true as long as `least` of the true children stay so, false while too many stay false.
    if (yes >= least) return answer(scope, TRUE, trues[least - 1]!)
    if (no >= most) return answer(scope, FALSE, falses[most - 1]!)
    return answer(scope, UNKNOWN, first)
  }
}

// Keeps the latest first.
function insert(untils: Float64Array, length: number, until: number): void {
  let at = length
  for (; at > 0 && untils[at - 1]! < until; at--) untils[at] = untils[at - 1]!
  untils[at] = until
}
