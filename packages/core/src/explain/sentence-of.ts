import { type Condition, childrenOf, kindOf } from '../condition/condition.ts'
import { own } from '../result/json.ts'
import type { Ruleset } from '../ruleset/ruleset.ts'
import {
  sayAbsent,
  sayAggregate,
  sayCount,
  sayDistinct,
  sayRegular,
  saySince,
  sayUnfinished,
} from './say-events.ts'
import { sayFunnel, saySequence, sayTouch } from './say-journeys.ts'
import { sayInterest, sayModel, sayRfm, sayScore } from './say-measures.ts'
import { sayAttr, sayConsent, saySegment, sayWhen } from './say-moments.ts'

/**
 * A checked condition in plain English, whole: "all of (viewed an item at least 3 times in the last 7 days; did not buy
 * in the last 24 hours)". The visitor is the subject where none is named.
 */
export function sentenceOf(condition: Condition, ruleset: Ruleset, isDenied = false): string {
  const [inner, denied] = withoutNot(condition, isDenied)
  const children = childrenOf(inner)
  if (children.length === 0) return sayLeaf(inner, ruleset, denied)
  const said = children.map((child) => sentenceOf(child, ruleset))
  // One child alone says the same as its parent.
  if (said.length === 1) return sentenceOf(children[0]!, ruleset, denied)
  return `${combinatorWords(inner, denied)} (${said.join('; ')})`
}

/** What a condition says by itself: a leaf its sentence, a combinator "all of", "none of", "at least 2 of". */
export function headOf(condition: Condition, ruleset: Ruleset): string {
  const [inner, isDenied] = withoutNot(condition, false)
  return childrenOf(inner).length === 0 ? sayLeaf(inner, ruleset, isDenied) : combinatorWords(inner, isDenied)
}

function withoutNot(condition: Condition, isDenied: boolean): readonly [inner: Condition, isDenied: boolean] {
  return 'not' in condition ? withoutNot(condition.not, !isDenied) : [condition, isDenied]
}

function combinatorWords(condition: Condition, isDenied: boolean): string {
  if ('all' in condition) return isDenied ? 'not all of' : 'all of'
  if ('any' in condition) return isDenied ? 'none of' : 'any of'
  const least = 'atLeast' in condition ? condition.atLeast : 0
  return `${isDenied ? 'fewer than' : 'at least'} ${least} of`
}

function sayLeaf(condition: Condition, ruleset: Ruleset, isDenied: boolean): string {
  if ('segment' in condition) {
    const label = own(ruleset.segments ?? {}, condition.segment)?.label
    return saySegment(condition.segment, label, isDenied)
  }
  if ('attr' in condition) return sayAttr(condition, isDenied)
  if ('count' in condition) return sayCount(condition, isDenied)
  if ('distinct' in condition) return sayDistinct(condition, isDenied)
  if ('absent' in condition) return sayAbsent(condition, isDenied)
  if ('since' in condition) return saySince(condition, isDenied)
  if ('unfinished' in condition) return sayUnfinished(condition, isDenied)
  if ('touch' in condition) return sayTouch(condition, isDenied)
  if ('sequence' in condition) return saySequence(condition, isDenied)
  if ('funnel' in condition)
    return sayFunnel(condition, own(ruleset.funnels ?? {}, condition.funnel), isDenied)
  if ('regular' in condition) return sayRegular(condition, isDenied)
  if ('score' in condition) return sayScore(condition, isDenied)
  if ('interest' in condition) return sayInterest(condition, isDenied)
  if ('rfm' in condition) return sayRfm(condition, isDenied)
  if ('when' in condition) return sayWhen(condition, ruleset.timezone ?? 'UTC', isDenied)
  if ('consent' in condition) return sayConsent(condition, isDenied)
  if ('model' in condition) return sayModel(condition, isDenied)
  if ('sum' in condition || 'avg' in condition || 'min' in condition || 'max' in condition)
    return sayAggregate(condition, isDenied)
  throw new Error(`[core] sentenceOf: no words for ${kindOf(condition)}. Check the ruleset first.`)
}
