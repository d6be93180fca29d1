import { type CompiledRuleset, decide } from '@attune/core'
import type { LiveQuestion } from './live-question.ts'

/** What the placements that a page named show now: placement → variant, of those that can be told. */
export function decideAsked(
  compiled: CompiledRuleset,
  { question, answered }: LiveQuestion,
): Readonly<Record<string, string>> {
  const decisions = decide(compiled, question, answered)
  return Object.fromEntries(decisions.map(({ placement, variant }) => [placement, variant]))
}
