import { type CompiledExperience, compileExperience } from '../experience/compile-experience.ts'
import { compileNodes } from '../match/compile-nodes.ts'
import { createScope, type Matcher, openScope, type Question, type Scope } from '../match/scope.ts'
import { type CompiledSegments, compileSegments } from '../segment/compile-segments.ts'
import type { SignalPlan } from '../signal/plan-signals.ts'
import { PUBLISHED_FORMAT, type PublishedRuleset } from './published-ruleset.ts'

/** A published ruleset made ready to decide; compiled once per revision. */
export interface CompiledRuleset {
  readonly ruleset: PublishedRuleset
  readonly plan: SignalPlan
  readonly segments: CompiledSegments
  /** Placement → its experiences in list order. */
  readonly experiences: ReadonlyMap<string, readonly CompiledExperience[]>
  readonly matcherAt: (place: number) => Matcher
  /** Lays a question out. The one scope of this ruleset: it holds until the next question. */
  readonly open: (question: Question) => Scope
}

/**
 * Compiles a published ruleset into closures, each when first asked for. Throws when it is none: publish the document
 * with `publishRuleset` or `attune publish`.
 */
export function compileRuleset(ruleset: PublishedRuleset): CompiledRuleset {
  // Users of JavaScript may leave it out.
  if (ruleset?.published !== PUBLISHED_FORMAT) {
    throw new Error(
      `[core] compileRuleset: not published in format ${PUBLISHED_FORMAT}. Use \`attune publish\`.`,
    )
  }
  const { plan, nodes } = ruleset
  const matcherAt = compileNodes(nodes)
  const segments = compileSegments(ruleset.segments, matcherAt)
  const experiences = new Map<string, CompiledExperience[]>()
  for (const published of ruleset.experiences) {
    const list = experiences.get(published.placement) ?? []
    list.push(compileExperience(published, matcherAt))
    experiences.set(published.placement, list)
  }
  const scope = createScope(plan, nodes.length)
  const open = (question: Question): Scope => {
    openScope(scope, question)
    if (question.assume !== undefined) segments.assume(question.assume, scope)
    return scope
  }
  return { ruleset, plan, segments, experiences, matcherAt, open }
}
