import type { Where } from '../condition/where.ts'
import type { Fold } from './fold.ts'
import { foldChain } from './fold-chain.ts'
import { foldRing, foldTotal } from './fold-counts.ts'
import { foldDistinct } from './fold-distinct.ts'
import { foldInterest } from './fold-interest.ts'
import { foldPeriods } from './fold-periods.ts'
import { foldScore } from './fold-score.ts'
import { foldTimes } from './fold-times.ts'
import { foldTouch } from './fold-touch.ts'
import type { Signal, SignalState } from './signal.ts'

/** The names of the events that a signal listens to, each once, or `every`. */
export function eventsOf(signal: Signal): readonly string[] | 'every' {
  switch (signal.kind) {
    case 'interest':
      return Object.keys(signal.points)
    case 'score':
      return unique(signal.points.map(({ event }) => event))
    case 'chain': {
      const steps = signal.steps.map(({ event }) => event)
      return unique(signal.unless === undefined ? steps : [...steps, signal.unless])
    }
    case 'touch':
      return 'every'
    default:
      return [signal.event]
  }
}

/** The filter that every event of a signal must pass; what has steps or points of its own filters each by itself. */
export function filterOf(signal: Signal): Where | undefined {
  return 'where' in signal ? signal.where : undefined
}

/**
 * Makes the fold of a signal, for events that it listens to and that pass its filter.
 * A state is opened only by the fold of its own kind, found by the signal's key.
 */
export function compileFold(signal: Signal): Fold<SignalState, unknown> {
  switch (signal.kind) {
    case 'times':
      return foldTimes(signal)
    case 'total':
      return foldTotal(signal)
    case 'ring':
      return foldRing(signal)
    case 'distinct':
      return foldDistinct(signal)
    case 'interest':
      return foldInterest(signal)
    case 'score':
      return foldScore(signal)
    case 'periods':
      return foldPeriods(signal)
    case 'chain':
      return foldChain(signal)
    case 'touch':
      return foldTouch(signal)
  }
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)]
}
