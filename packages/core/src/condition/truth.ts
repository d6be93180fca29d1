/** Three truth values: 1 true, 0 false, −1 unknown. Integers, so that combinators need no branches on objects. */
export type Truth = -1 | 0 | 1

export const TRUE: Truth = 1
export const FALSE: Truth = 0
export const UNKNOWN: Truth = -1

/** `not unknown` is unknown. */
export function negate(truth: Truth): Truth {
  return truth === UNKNOWN ? UNKNOWN : truth === TRUE ? FALSE : TRUE
}
