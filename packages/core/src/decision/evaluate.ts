import { type Matcher, NEVER, type Question } from '../match/scope.ts'
import type { CompiledRuleset } from '../ruleset/compile-ruleset.ts'
import { toMilliseconds } from './decide.ts'

/** A segment's answer: `null` is unknown, which is not in the segment. */
export interface SegmentAnswer {
  readonly match: boolean | null
  /** Milliseconds since 1970 before which time alone does not change `match`; `null` when it never does. */
  readonly until: number | null
}

/** Segment key → answer. */
export interface SegmentAnswers {
  readonly [key: string]: SegmentAnswer
}

/** Evaluates segments, by default all of the ruleset. Throws for a key that is none. */
export function evaluateSegments(
  compiled: CompiledRuleset,
  question: Question,
  keys: readonly string[] = compiled.segments.keys,
): SegmentAnswers {
  const { matchers, form } =
    keys === compiled.segments.keys ? wholeSheet(compiled) : createSheet(compiled, keys)
  const scope = compiled.open(question)
  const answers: { [key: string]: SegmentAnswer } = { ...form }
  for (let at = 0; at < matchers.length; at++) {
    const lasting = LASTING[matchers[at]!(scope) + 1]!
    answers[keys[at]!] =
      scope.until === NEVER ? lasting : { match: lasting.match, until: toMilliseconds(scope.until) }
  }
  return answers
}

// Unknown, false and true that never change by time alone: most answers, which share these.
const LASTING: readonly SegmentAnswer[] = /* @__PURE__ */ [null, false, true].map((match) =>
  Object.freeze({ match, until: null }),
)

/** The matchers of some segments, and an object that has all their keys: copying it is cheaper than growing one. */
interface Sheet {
  readonly matchers: readonly Matcher[]
  readonly form: SegmentAnswers
}

const sheets = new WeakMap<CompiledRuleset, Sheet>()

function wholeSheet(compiled: CompiledRuleset): Sheet {
  const known = sheets.get(compiled)
  if (known !== undefined) return known
  const sheet = createSheet(compiled, compiled.segments.keys)
  sheets.set(compiled, sheet)
  return sheet
}

function createSheet({ segments }: CompiledRuleset, keys: readonly string[]): Sheet {
  const matchers = keys.map((key) => {
    const matcher = segments.matcherOf(key)
    if (matcher !== undefined) return matcher
    throw new Error(`[core] evaluateSegments: no segment ${key}. Name one of the ruleset's.`)
  })
  return { matchers, form: Object.fromEntries(keys.map((key) => [key, LASTING[0]!])) }
}
