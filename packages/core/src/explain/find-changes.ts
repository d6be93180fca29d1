import { type Condition, childrenOf, kindOf } from '../condition/condition.ts'
import { neededPurposes } from '../condition/needed-purposes.ts'
import { PURPOSES, type Purpose } from '../consent/purpose.ts'
import type { SegmentAnswer } from '../decision/evaluate.ts'
import type { Question } from '../match/scope.ts'
import { own } from '../result/json.ts'
import { applyChange } from './apply-change.ts'
import type { ConsentChange } from './change.ts'
import type { Explainable } from './explainable.ts'
import { unheardPurposes } from './needed-consent.ts'
import { type ChangePlan, choosePlans, smallest } from './plan-changes.ts'
import { proposeChanges } from './propose-changes.ts'
import { seeCondition } from './see-condition.ts'

/** So many instants are looked at, at most, to find out what time alone does. */
export const MOST_STEPS = 100
// Enough for a ring and for a score, and cheap: it is one condition that is asked.
const LEAF_STEPS = 64
const LEAF_PLANS = 4
const TREE_PLANS = 24

/** The purposes that a single condition needs and the visitor has not granted. */
export function missingPurposes(
  condition: Condition,
  { consent }: Question,
  { definitions }: Explainable,
): readonly Purpose[] {
  if (childrenOf(condition).length > 0 || 'segment' in condition) return []
  const needed = neededPurposes(condition, definitions)
  return PURPOSES.filter((purpose, bit) => (needed & (1 << bit)) !== 0 && consent[purpose] !== true)
}

/** The question as it would be after some changes. */
export function applyPlan(question: Question, plan: ChangePlan, { plan: signals }: Explainable): Question {
  return plan.reduce((asked, change) => applyChange(asked, change, signals), question)
}

/**
 * The first instant after now, in milliseconds, at which time alone has made an answer what is wanted; `undefined` when
 * it never does or not within so many changes. No answer changes before its horizon, so only horizons are looked at.
 */
export function walkTime(
  ask: (question: Question) => SegmentAnswer,
  question: Question,
  isWanted: (match: boolean | null) => boolean,
  steps: number,
): number | undefined {
  let asked = question
  for (let step = 0; step <= steps; step++) {
    const { match, until } = ask(asked)
    if (isWanted(match)) return step === 0 ? undefined : asked.now
    if (until === null || until <= asked.now) return undefined
    asked = { ...asked, now: until }
  }
  return undefined
}

/** Finds plans that bring conditions of one question to a truth. Those of a single condition are proven by asking it. */
export interface PlanFinder {
  readonly plans: (condition: Condition, wanted: boolean) => readonly ChangePlan[]
}

/** Makes the finder of a question; what was found for a condition is remembered. */
export function createPlanFinder(ruleset: Explainable, question: Question): PlanFinder {
  const known = new Map<Condition, Map<boolean, readonly ChangePlan[]>>()

  function plans(condition: Condition, wanted: boolean): readonly ChangePlan[] {
    const found = known.get(condition) ?? new Map<boolean, readonly ChangePlan[]>()
    known.set(condition, found)
    const before = found.get(wanted)
    if (before !== undefined) return before
    // A condition below itself does not occur in a checked ruleset.
    const made = ruleset.ask(condition, question).match === wanted ? [[]] : find(condition, wanted)
    found.set(wanted, made)
    return made
  }

  function find(condition: Condition, wanted: boolean): readonly ChangePlan[] {
    if ('segment' in condition) {
      const segment = own(ruleset.document.segments ?? {}, condition.segment)
      const isAssumed = Object.hasOwn(question.assume ?? {}, condition.segment)
      return segment === undefined || isAssumed ? [] : plans(segment.when, wanted)
    }
    if ('not' in condition) return plans(condition.not, !wanted)
    const children = childrenOf(condition)
    if (children.length === 0) return findLeafPlans(condition, wanted, ruleset, question)
    const least = leastOf(condition, children.length)
    const needed = wanted ? least : children.length - least + 1
    const settled = children.filter((child) => ruleset.ask(child, question).match === wanted)
    const open = children.filter((child) => !settled.includes(child))
    const lists = open.map((child) => plans(child, wanted))
    return choosePlans(lists, needed - settled.length, TREE_PLANS)
  }

  return { plans }
}

// How many children have to be true: one for `any`, all for `all`.
function leastOf(condition: Condition, children: number): number {
  const kind = kindOf(condition)
  if (kind === 'all') return children
  return kind === 'any' || !('atLeast' in condition) ? 1 : Number(condition.atLeast)
}

function consentTo(purposes: readonly Purpose[]): ConsentChange {
  return { by: 'consent', purposes }
}

function findLeafPlans(
  condition: Condition,
  wanted: boolean,
  ruleset: Explainable,
  question: Question,
): readonly ChangePlan[] {
  const ask = (asked: Question) => ruleset.ask(condition, asked)
  const isWanted = (match: boolean | null) => match === wanted
  const missing = missingPurposes(condition, question, ruleset)
  const first: ChangePlan = missing.length === 0 ? [] : [consentTo(missing)]
  const granted = applyPlan(question, first, ruleset)
  if (isWanted(ask(granted).match)) return [first]
  const seen = seeCondition(condition, granted, ruleset.definitions)
  const { definitions } = ruleset
  const found = proposeChanges({ condition, seen, definitions }, wanted).flatMap(
    (change): readonly ChangePlan[] => {
      const after = applyPlan(granted, [change], ruleset)
      // The condition may look at an event of another purpose than its own.
      const unheard = unheardPurposes([...first, change], question, ruleset)
      const allowed: ChangePlan = unheard.length === 0 ? first : [consentTo([...missing, ...unheard])]
      if (isWanted(ask(after).match)) return [[...allowed, change]]
      // Some conditions ask that something was done and lies a while back.
      const isAwaited = 'unfinished' in condition || ('since' in condition && seen === null)
      const at = isAwaited ? walkTime(ask, after, isWanted, 4) : undefined
      return at === undefined ? [] : [[...allowed, change, { by: 'time', at }]]
    },
  )
  const at = walkTime(ask, granted, isWanted, LEAF_STEPS)
  const alone: readonly ChangePlan[] = at === undefined ? [] : [[...first, { by: 'time', at }]]
  return smallest([...found, ...alone], LEAF_PLANS)
}
