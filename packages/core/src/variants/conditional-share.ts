import { type Formula, oppositeOf } from './formula.ts'
import type { Solver } from './solve.ts'

/** Something that is asked of visitors, and the share of whom it is true. */
export interface Question {
  readonly holds: Formula
  readonly share: number
}

/** A question that was answered on the way. */
export interface Answered {
  readonly question: Question
  readonly isSo: boolean
}

/**
 * The share of those with the given answers for whom a question is true as well. Exact where two questions exclude or
 * imply each other; apart from that they are taken to be independent.
 */
export type ConditionalShare = (question: Question, answered: readonly Answered[]) => number

type Tie = 'excludes' | 'implies' | 'follows' | 'free'

/** Makes the function over what a solver knows of the questions. */
export function createConditionalShare({ solve }: Solver): ConditionalShare {
  const ties = new Map<Question, Map<Question, Tie>>()

  function tieOf(one: Question, other: Question): Tie {
    const known = ties.get(one)?.get(other)
    if (known !== undefined) return known
    const tie = findTie(one, other)
    ties.set(one, (ties.get(one) ?? new Map<Question, Tie>()).set(other, tie))
    return tie
  }

  function findTie({ holds: one }: Question, { holds: other }: Question): Tie {
    const isPossible = (...required: readonly Formula[]): boolean => solve(required).isPossible
    if (!isPossible(one, other)) return 'excludes'
    if (!isPossible(one, oppositeOf(other))) return 'implies'
    return isPossible(oppositeOf(one), other) ? 'free' : 'follows'
  }

  return (question, answered) => {
    let part = question.share
    let all = 1
    for (const { question: other, isSo } of answered) {
      const tie = tieOf(question, other)
      if (isSo) {
        // Among those for whom a wider question is true, the narrower is more frequent.
        if (tie === 'implies') all = Math.min(all, other.share)
        continue
      }
      if (tie === 'excludes') all -= other.share
      if (tie === 'follows') {
        part -= other.share
        all -= other.share
      }
    }
    return all <= 0 ? 0 : Math.min(1, Math.max(0, part / all))
  }
}
