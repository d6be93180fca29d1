import { type Condition, childrenOf, type Kind, kindOf } from '../condition/condition.ts'
import type { Purpose } from '../consent/purpose.ts'
import type { Question } from '../match/scope.ts'
import { type Json, own } from '../result/json.ts'
import type { Change } from './change.ts'
import { changesWords } from './change-words.ts'
import type { Explainable } from './explainable.ts'
import { missingPurposes, type PlanFinder } from './find-changes.ts'
import { seeCondition } from './see-condition.ts'
import { seenWords } from './seen-words.ts'
import { headOf } from './sentence-of.ts'

/** How one condition was decided, and those below it. */
export interface Trace {
  readonly kind: Kind
  /** What it asks, in plain English; of a combinator only "all of", since those below speak for themselves. */
  readonly sentence: string
  /** `null` is unknown. */
  readonly match: boolean | null
  /** Milliseconds since 1970 before which time alone does not change it; `null` when it never does. */
  readonly until: number | null
  /** The value looked at; see `seeCondition`. */
  readonly seen: Json
  /** The same in words; `null` where there is nothing to see. */
  readonly saw: string | null
  /** The condition itself, without those below it. */
  readonly wanted: { readonly [field: string]: Json }
  /** Purposes that are missing, the usual reason for unknown. */
  readonly missingConsent: readonly Purpose[]
  /** What would flip a single condition, denied or not; `null` where nothing was found, and for combinators. */
  readonly flips: Flips | null
  /** A segment's own condition stands below the first reference to it. */
  readonly children: readonly Trace[]
}

/** The smallest changes found that make a single condition true, or, where it is true, false. Proven by asking it. */
export interface Flips {
  readonly changes: readonly Change[]
  /** "with one more view of hiking". */
  readonly words: string
}

/** What tracing needs. */
export interface TraceSource {
  readonly ruleset: Explainable
  readonly question: Question
  readonly finder: PlanFinder
}

/** Asks a condition and all below it, and tells how the answers came about. */
export function traceCondition(
  condition: Condition,
  source: TraceSource,
  expanded: Set<string> = new Set(),
): Trace {
  const { ruleset, question } = source
  const { match, until } = ruleset.ask(condition, question)
  const below = childrenIn(condition, ruleset, expanded)
  const seen = seeCondition(condition, question, ruleset.definitions)
  return {
    kind: kindOf(condition),
    sentence: headOf(condition, ruleset.document),
    match,
    until,
    seen,
    saw: seenWords(condition, seen, question, ruleset.definitions.timezone) ?? null,
    wanted: wantedOf(condition),
    missingConsent: missingPurposes(condition, question, ruleset),
    flips: flipsOf(condition, match, source),
    children: below.map((child) => traceCondition(child, source, expanded)),
  }
}

// A segment that is referred to again is not told again: references could double with every step.
function childrenIn(
  condition: Condition,
  { document }: Explainable,
  expanded: Set<string>,
): readonly Condition[] {
  if (!('segment' in condition)) return childrenOf(condition)
  const segment = own(document.segments ?? {}, condition.segment)
  if (segment === undefined || expanded.has(condition.segment)) return []
  expanded.add(condition.segment)
  return [segment.when]
}

function flipsOf(
  condition: Condition,
  match: boolean | null,
  { ruleset, question, finder }: TraceSource,
): Flips | null {
  if (!isSingle(condition)) return null
  const [changes] = finder.plans(condition, match !== true)
  if (changes === undefined) return null
  return { changes, words: changesWords(changes, ruleset.document, question.now) }
}

// A denied single condition flips as what it denies does.
function isSingle(condition: Condition): boolean {
  if ('not' in condition) return isSingle(condition.not)
  return !('segment' in condition) && childrenOf(condition).length === 0
}

function wantedOf(condition: Condition): Trace['wanted'] {
  const hidden = ['all', 'any', 'not', ...(kindOf(condition) === 'atLeast' ? ['of'] : [])]
  const fields: readonly [string, Json][] = Object.entries(condition)
  return Object.fromEntries(fields.filter(([name]) => !hidden.includes(name)))
}
