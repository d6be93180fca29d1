import { TRUE, UNKNOWN } from '../condition/truth.ts'
import { createScope, type Question } from '../match/scope.ts'
import type { CompiledRuleset } from '../ruleset/compile-ruleset.ts'
import { toMilliseconds } from './decide.ts'

/** A segment's answer: `null` is unknown, which is not in the segment. */
export interface SegmentAnswer {
  readonly match: boolean | null
  /** Milliseconds since 1970 before which time alone does not change `match`; `null` when it never does. */
  readonly until: number | null
}

/** Evaluates segments, by default all of the ruleset. */
export function evaluateSegments(
  compiled: CompiledRuleset,
  question: Question,
  keys: readonly string[] = compiled.segments.keys,
): { readonly [key: string]: SegmentAnswer } {
  const scope = createScope(question, compiled.plan, compiled.empty)
  return Object.fromEntries(
    keys.map((key) => {
      const { truth, until } = compiled.segments.ask(key, scope)
      return [key, { match: truth === UNKNOWN ? null : truth === TRUE, until: toMilliseconds(until) }]
    }),
  )
}
