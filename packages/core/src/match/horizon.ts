import { FALSE, TRUE, type Truth } from '../condition/truth.ts'
import { NEVER, type Scope } from './scope.ts'

/** Leaves an answer and its horizon. */
export function answer(scope: Scope, truth: Truth, until: number): Truth {
  scope.until = until
  return truth
}

/**
 * Answers whether the number of things in a sliding window lies in a range, exactly until it does not. The things
 * stand newest first, `timeOf` gives the time of each. As they leave, the number falls; those of one second leave together.
 */
export function countInWindow<T>(
  scope: Scope,
  things: readonly T[],
  timeOf: (thing: T) => number,
  window: number,
  least: number,
  greatest: number,
): Truth {
  const cut = scope.now - window
  let count = 0
  while (count < things.length && timeOf(things[count]!) > cut) count++
  // "Less than 0" has no number that passes.
  if (count < least || greatest < 0) return answer(scope, FALSE, NEVER)
  if (count <= greatest) {
    // Below the range as soon as the thing at its least place leaves.
    const until = least > 0 ? timeOf(things[least - 1]!) + window : NEVER
    return answer(scope, TRUE, until)
  }
  const leaving = timeOf(things[greatest]!)
  let left = greatest
  while (left > 0 && timeOf(things[left - 1]!) === leaving) left--
  return answer(scope, FALSE, left < least ? NEVER : leaving + window)
}
