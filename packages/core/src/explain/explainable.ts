import { type Condition, childrenOf } from '../condition/condition.ts'
import type { Definitions } from '../condition/definitions.ts'
import { evaluateSegments, type SegmentAnswer } from '../decision/evaluate.ts'
import type { Question } from '../match/scope.ts'
import { compileDocument } from '../publish/publish-ruleset.ts'
import type { CompiledRuleset } from '../ruleset/compile-ruleset.ts'
import { definitionsOf, type Ruleset } from '../ruleset/ruleset.ts'
import type { SignalPlan } from '../signal/plan-signals.ts'

/** A ruleset of which every single condition can be asked. */
export interface Explainable {
  readonly document: Ruleset
  readonly definitions: Definitions
  readonly plan: SignalPlan
  /** Asks one condition of the document, wherever in a tree it stands. */
  readonly ask: (condition: Condition, question: Question) => SegmentAnswer
  /** Asks a segment by its key: what is assumed of it counts. */
  readonly askSegment: (key: string, question: Question) => SegmentAnswer
}

// A document is data that many questions share; it is prepared once.
const prepared = new WeakMap<Ruleset, Explainable>()

/**
 * Makes a compiled ruleset explainable.
 * @throws when it was published without its document.
 */
export function explainable({ ruleset }: CompiledRuleset): Explainable {
  const { document } = ruleset
  if (document === undefined) {
    throw new Error(
      '[core] explain: this ruleset was published without its document. Publish it with its document (`attune publish` without --no-document) to explain it.',
    )
  }
  const known = prepared.get(document)
  if (known !== undefined) return known
  const made = prepare(document)
  prepared.set(document, made)
  return made
}

// Each condition becomes a segment of its own beside the document's, so that it is evaluated as any segment is. They
// are the same conditions, so they need the same signals, and the plan stays what it was.
function prepare(document: Ruleset): Explainable {
  const keys = new Map<Condition, string>()
  const add = (condition: Condition): void => {
    // No segment of a document has a control character in its key.
    if (!keys.has(condition)) keys.set(condition, `\u0000${keys.size}`)
    childrenOf(condition).forEach(add)
  }
  for (const { when } of Object.values(document.segments ?? {})) add(when)
  for (const { audience } of document.experiences ?? []) if (audience !== undefined) add(audience)
  const own = [...keys].map(([when, key]) => [key, { when }] as const)
  const compiled = compileDocument({
    ...document,
    segments: { ...document.segments, ...Object.fromEntries(own) },
  })
  const askSegment = (key: string, question: Question): SegmentAnswer =>
    evaluateSegments(compiled, question, [key])[key]!
  return {
    document,
    definitions: definitionsOf(document),
    plan: compiled.plan,
    ask: (condition, question) => {
      const key = keys.get(condition)
      if (key === undefined) throw new Error('[core] explain: this condition is none of the ruleset’s.')
      return askSegment(key, question)
    },
    askSegment,
  }
}
