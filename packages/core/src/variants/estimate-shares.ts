import { type Condition, childrenOf } from '../condition/condition.ts'
import { canonicalJson } from '../result/canonical-json.ts'
import { own } from '../result/json.ts'
import type { Segments } from '../segment/segment.ts'
import type { Asking } from './asking.ts'
import { bucketShare } from './bucket-share.ts'
import { type Answered, createConditionalShare, type Question } from './conditional-share.ts'
import { type Formula, oppositeOf } from './formula.ts'
import type { Choice } from './list-combinations.ts'
import type { Contender, RouteModel } from './route-model.ts'
import type { Domains, Solver } from './solve.ts'

// What is less likely than one in a million is not followed further.
const LEAST = 1e-6
// Past so many questions the rest is left untold; what is followed first is followed whole.
const MOST_STEPS = 20_000

/** The share of each row of variants, keyed by `rowKey`. */
export type Shares = ReadonlyMap<string, number>

/** What an estimate starts from. */
export interface Estimating {
  readonly model: RouteModel
  readonly segments: Segments
  /** The share of visitors for whom a condition is true, where that is known. */
  readonly shareOf: (condition: Condition) => number | undefined
  /** Hears of a condition whose share is not known; it is taken as one half. */
  readonly assume: (condition: Condition) => void
}

/** Variants of placements as a key. */
export function rowKey(placements: readonly string[], variants: { readonly [key: string]: string }): string {
  return JSON.stringify(placements.map((placement) => variants[placement]))
}

interface State {
  readonly share: number
  /** Axes of buckets are narrowed exactly. */
  readonly domains: Domains
  readonly required: readonly Formula[]
  readonly answered: readonly Answered[]
}

type Then = (isSo: boolean, state: State) => void

/**
 * Estimates how visitors spread over the combinations of placements that depend on each other: it walks down each
 * placement's experiences as deciding does and splits the visitors at each question.
 */
export function estimateShares(
  around: Estimating,
  solver: Solver,
  { heard }: Asking,
  choices: readonly Choice[],
): Shares {
  const { model, segments } = around
  const { start, solve } = solver
  const placements = choices.map(({ placement }) => model.placements.find(({ key }) => key === placement)!)
  const conditional = createConditionalShare(solver)
  const questions = new Map<string, Question>()
  const shares = new Map<string, number>()
  let steps = 0

  function showNext(at: number, variants: { readonly [key: string]: string }, state: State): void {
    const placement = placements[at]
    if (placement === undefined) {
      const key = rowKey(
        placements.map((one) => one.key),
        variants,
      )
      shares.set(key, (shares.get(key) ?? 0) + state.share)
      return
    }
    const { key, definition } = placement
    const show = (variant: string, next: State): void =>
      showNext(at + 1, { ...variants, [key]: variant }, next)
    contend(heard(placement.contenders), state, show, definition.baseline)
  }

  function contend(
    [contender, ...others]: readonly Contender[],
    state: State,
    show: (variant: string, state: State) => void,
    baseline: string,
  ): void {
    if (contender === undefined) return show(baseline, state)
    const goOn = (next: State): void => contend(others, next, show, baseline)
    ask(contender.experience.audience, true, state, (isSo, next) => {
      if (!isSo || !solve([...next.required, contender.stands], next.domains).isPossible) return goOn(next)
      const within = { ...next, required: [...next.required, contender.stands] }
      for (const [variant, cells] of contender.shares) {
        const dealt = deal(cells, within)
        if (dealt !== undefined) show(variant, dealt)
      }
      const out = [...contender.shares.values()].reduce<State | undefined>(
        (left, cells) => (left === undefined ? undefined : deal(oppositeOf(cells), left)),
        next,
      )
      if (out !== undefined) goOn(out)
    })
  }

  // Shares are cut exactly, whatever else is known.
  function deal(formula: Formula, state: State): State | undefined {
    const { share, domains } = bucketShare(model.axes, state.domains, formula)
    const left = state.share * share
    return left < LEAST ? undefined : { ...state, share: left, domains }
  }

  function ask(condition: Condition | undefined, wanted: boolean, state: State, then: Then): void {
    if (condition === undefined) return then(true, state)
    if (around.shareOf(condition) !== undefined) return split(condition, wanted, state, then)
    if ('segment' in condition) {
      const when = own(segments, condition.segment)?.when
      if (when === undefined || !isPartlyKnown(when)) return split(condition, wanted, state, then)
      return ask(when, wanted, state, then)
    }
    if ('not' in condition) return ask(condition.not, !wanted, state, then)
    const children = childrenOf(condition)
    if (children.length === 0) return split(condition, wanted, state, then)
    const needed =
      'all' in condition ? children.length : 'atLeast' in condition ? Number(condition.atLeast) : 1
    askSome(children, wanted ? needed : children.length - needed + 1, wanted, state, then)
  }

  // A segment of which nothing is known is one question.
  function isPartlyKnown(condition: Condition): boolean {
    if (around.shareOf(condition) !== undefined) return true
    if (!('segment' in condition)) return childrenOf(condition).some(isPartlyKnown)
    const segment = own(segments, condition.segment)
    return segment !== undefined && isPartlyKnown(segment.when)
  }

  function askSome(
    children: readonly Condition[],
    least: number,
    wanted: boolean,
    state: State,
    then: Then,
  ): void {
    if (least <= 0) return then(true, state)
    const [child, ...others] = children
    if (child === undefined || children.length < least) return then(false, state)
    ask(child, wanted, state, (isSo, next) => askSome(others, isSo ? least - 1 : least, wanted, next, then))
  }

  function split(condition: Condition, wanted: boolean, state: State, then: Then): void {
    if (state.share < LEAST || steps++ > MOST_STEPS) return
    const question = questionOf(condition)
    const required = (isSo: boolean): readonly Formula[] => {
      const met =
        isSo === wanted ? model.formulaOf(condition, wanted) : oppositeOf(model.formulaOf(condition, wanted))
      return [...state.required, met]
    }
    const canBe = (isSo: boolean): boolean => solve(required(isSo), state.domains).isPossible
    const [yes, no] = [canBe(wanted), canBe(!wanted)]
    const share = yes && no ? conditional(question, state.answered) : yes === wanted ? 1 : 0
    for (const isSo of [true, false]) {
      const left = state.share * (isSo ? share : 1 - share)
      if (left < LEAST) continue
      const answered = [...state.answered, { question, isSo }]
      then(isSo === wanted, { ...state, share: left, required: required(isSo), answered })
    }
  }

  function questionOf(condition: Condition): Question {
    const key = canonicalJson(condition)
    const known = questions.get(key)
    if (known !== undefined) return known
    const share = around.shareOf(condition)
    if (share === undefined) around.assume(condition)
    const question = { holds: model.formulaOf(condition, true), share: share ?? 0.5 }
    questions.set(key, question)
    return question
  }

  showNext(0, {}, { share: 1, domains: start, required: [], answered: [] })
  return shares
}
