import type { Condition } from '../condition/condition.ts'
import type { SegmentAnswer } from '../decision/evaluate.ts'
import type { Question } from '../match/scope.ts'
import type { Change } from './change.ts'
import { counterfactualWords } from './change-words.ts'
import type { Explainable } from './explainable.ts'
import { applyPlan, createPlanFinder, MOST_STEPS, type PlanFinder, walkTime } from './find-changes.ts'
import { unheardPurposes } from './needed-consent.ts'
import { type ChangePlan, lesserPlans } from './plan-changes.ts'

/** What would have to come to be for an answer to differ; proven by evaluating it. */
export interface Counterfactual {
  /** They come to be together, in this order. */
  readonly changes: readonly Change[]
  /** The answer then. */
  readonly match: boolean | null
  /** "With one more view of hiking it would match." */
  readonly sentence: string
}

/** The smallest change found, and what time alone does; `null` where none was found. */
export interface Counterfactuals {
  /** Something that is done or allowed or differs; time alone where nothing else was found. */
  readonly counterfactual: Counterfactual | null
  /** What comes to be if nothing happens. */
  readonly alone: Counterfactual | null
}

// What a developer waits for when a page is explained: some milliseconds at most.
const MOST_EVALUATIONS = 200

/** Looks for the smallest changes that make a condition match, or, where it matches, match no more. */
export function findCounterfactuals(
  condition: Condition,
  ask: (question: Question) => SegmentAnswer,
  question: Question,
  ruleset: Explainable,
  finder: PlanFinder = createPlanFinder(ruleset, question),
): Counterfactuals {
  const wanted = ask(question).match !== true
  let left = MOST_EVALUATIONS
  const isWanted = (match: boolean | null) => (match === true) === wanted
  const counted = (asked: Question): SegmentAnswer => {
    left--
    return ask(asked)
  }
  const prove = (plan: ChangePlan): Counterfactual | undefined => {
    if (left <= 0 || plan.length === 0 || unheardPurposes(plan, question, ruleset).length > 0)
      return undefined
    const { match } = counted(applyPlan(question, plan, ruleset))
    return isWanted(match) ? { changes: plan, match, sentence: '' } : undefined
  }
  const at = walkTime(counted, question, isWanted, MOST_STEPS)
  const alone = at === undefined ? undefined : prove([{ by: 'time', at }])
  const isDone = (plan: ChangePlan): boolean =>
    plan.some(({ by }) => by !== 'time') &&
    !plan.some((change) => change.by === 'time' && isAlone(change.at, at))
  const find = (asked: Question): readonly ChangePlan[] =>
    createPlanFinder(ruleset, asked).plans(condition, wanted)
  const plans = finder.plans(condition, wanted)
  const proven =
    firstProven(plans.filter(isDone).flatMap(withOrders), prove) ??
    firstProven(plans.flatMap((plan) => withMore(plan, question, ruleset, find)).filter(isDone), prove)
  const smaller = proven && shrink(proven, (plan) => (isDone(plan) ? prove(plan) : undefined))
  const told = (found: Counterfactual | undefined): Counterfactual | null =>
    found === undefined
      ? null
      : { ...found, sentence: counterfactualWords(found.changes, wanted, ruleset.document, question.now) }
  return { counterfactual: told(smaller ?? alone), alone: told(alone) }
}

// What is done now and then waited for may have to be done later instead.
function withOrders(plan: ChangePlan): readonly ChangePlan[] {
  const time = plan.filter(({ by }) => by === 'time')
  return time.length === 0 || time.length === plan.length
    ? [plan]
    : [plan, [...time, ...plan.filter(({ by }) => by !== 'time')]]
}

// By the time that one condition waits for, others may need something again.
function withMore(
  plan: ChangePlan,
  question: Question,
  ruleset: Explainable,
  find: (asked: Question) => readonly ChangePlan[],
): readonly ChangePlan[] {
  if (!plan.some(({ by }) => by === 'time')) return []
  const late = [...plan].sort((a, b) => Number(a.by !== 'time') - Number(b.by !== 'time'))
  return find(applyPlan(question, late, ruleset))
    .filter((more) => more.every(({ by }) => by !== 'time'))
    .slice(0, 2)
    .map((more) => [...late, ...more])
}

function shrink(
  found: Counterfactual,
  prove: (plan: ChangePlan) => Counterfactual | undefined,
): Counterfactual {
  const lesser = firstProven(lesserPlans(found.changes), prove)
  return lesser === undefined ? found : shrink(lesser, prove)
}

// Waiting longer than time alone needs is nothing that is done.
function isAlone(at: number, alone: number | undefined): boolean {
  return alone !== undefined && at >= alone
}

function firstProven(
  plans: readonly ChangePlan[],
  prove: (plan: ChangePlan) => Counterfactual | undefined,
): Counterfactual | undefined {
  for (const plan of plans) {
    const found = prove(plan)
    if (found !== undefined) return found
  }
  return undefined
}
