import type { Question } from '../match/scope.ts'
import { own } from '../result/json.ts'
import type { CompiledRuleset } from '../ruleset/compile-ruleset.ts'
import { type Counterfactuals, findCounterfactuals } from './counterfactual.ts'
import { explainable } from './explainable.ts'
import { createPlanFinder } from './find-changes.ts'
import { sentenceOf } from './sentence-of.ts'
import { type Trace, traceCondition } from './trace-condition.ts'

/** How a segment was decided. */
export interface SegmentTrace extends Trace, Counterfactuals {
  readonly key: string
  readonly label: string
  /** The whole of its condition in one sentence. */
  readonly description: string
  /** The answer was assumed for a preview, whatever its condition says. */
  readonly assumed?: true
}

/**
 * Tells how one segment was decided: its tree in plain English with what was seen and what would flip it, and the
 * smallest change found that would change the whole.
 * @throws when the ruleset was published without its document, or has no such segment.
 */
export function explainSegment(compiled: CompiledRuleset, question: Question, key: string): SegmentTrace {
  const ruleset = explainable(compiled)
  const segment = own(ruleset.document.segments ?? {}, key)
  if (segment === undefined)
    throw new Error(`[core] explainSegment: no segment ${key}. Name one of the ruleset’s.`)
  const { when, label = key } = segment
  const finder = createPlanFinder(ruleset, question)
  const trace = traceCondition(when, { ruleset, question, finder }, new Set([key]))
  const description = sentenceOf(when, ruleset.document)
  if (Object.hasOwn(question.assume ?? {}, key)) {
    const answer = ruleset.askSegment(key, question)
    return { ...trace, ...answer, key, label, description, assumed: true, counterfactual: null, alone: null }
  }
  const ask = (asked: Question) => ruleset.askSegment(key, asked)
  return { ...trace, key, label, description, ...findCounterfactuals(when, ask, question, ruleset, finder) }
}
