import type { ConsentCondition } from '../condition/condition.ts'
import { FALSE, TRUE } from '../condition/truth.ts'
import { purposeBits } from '../consent/consent.ts'
import { type Matcher, NEVER } from './scope.ts'

/** A purpose is granted; the one condition that withdrawing consent may make true, under `not`. */
export function compileConsent(condition: ConsentCondition): Matcher {
  const bit = purposeBits([condition.consent])
  return (scope) => {
    scope.until = NEVER
    return (scope.granted & bit) !== 0 ? TRUE : FALSE
  }
}
