import { TRUE, UNKNOWN } from '../condition/truth.ts'
import type { Matcher, Question } from '../match/scope.ts'
import type { CompiledRuleset } from '../ruleset/compile-ruleset.ts'
import { toMilliseconds } from './decide.ts'

/** A segment's answer: `null` is unknown, which is not in the segment. */
export interface SegmentAnswer {
  readonly match: boolean | null
  /** Milliseconds since 1970 before which time alone does not change `match`; `null` when it never does. */
  readonly until: number | null
}

/** Evaluates segments, by default all of the ruleset. Throws for a key that is none. */
export function evaluateSegments(
  compiled: CompiledRuleset,
  question: Question,
  keys: readonly string[] = compiled.segments.keys,
): { readonly [key: string]: SegmentAnswer } {
  const matchers =
    keys === compiled.segments.keys ? allOf(compiled) : keys.map((key) => matcherOf(compiled, key))
  const scope = compiled.open(question)
  const answers: { [key: string]: SegmentAnswer } = {}
  for (let at = 0; at < matchers.length; at++) {
    const truth = matchers[at]!(scope)
    answers[keys[at]!] = {
      match: truth === UNKNOWN ? null : truth === TRUE,
      until: toMilliseconds(scope.until),
    }
  }
  return answers
}

const everyMatcher = new WeakMap<CompiledRuleset, readonly Matcher[]>()

function allOf(compiled: CompiledRuleset): readonly Matcher[] {
  const known = everyMatcher.get(compiled)
  if (known !== undefined) return known
  const matchers = compiled.segments.keys.map((key) => matcherOf(compiled, key))
  everyMatcher.set(compiled, matchers)
  return matchers
}

function matcherOf({ segments }: CompiledRuleset, key: string): Matcher {
  const matcher = segments.matcherOf(key)
  if (matcher === undefined)
    throw new Error(`[core] evaluateSegments: no segment ${key}. Name one of the ruleset's.`)
  return matcher
}
