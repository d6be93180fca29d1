import type { Regular, Sequence } from '../condition/condition.ts'
import type { FunnelDefinition } from '../condition/definitions.ts'
import { type Duration, durationSeconds } from '../condition/duration.ts'
import type { Json } from '../result/json.ts'
import { periodOf } from '../signal/period.ts'
import type { ChainState, PeriodsState } from '../signal/signal.ts'

/** How many steps of a sequence were taken, and when the last of them was. */
export function seeSteps({ sequence, within }: Sequence, state: ChainState, now: number): Json {
  // Steps on the way may be older than the window; only the last has to lie in it.
  const last = state.chains.length - 1
  const oldest = within === undefined ? Number.NEGATIVE_INFINITY : now - durationSeconds(within)
  const step = state.chains.findLastIndex(
    (chain, place) => chain !== null && (place < last || chain[1] > oldest),
  )
  return { step: step + 1, of: sequence.length, at: endOf(state, step) }
}

/** The furthest stage of a funnel, `null` when none was reached in its window. */
export function seeFunnel({ steps, within }: FunnelDefinition, state: ChainState, now: number): Json {
  const step = furthest(state, within, now)
  return { stage: steps[step]?.stage ?? null, step: step + 1, of: steps.length, at: endOf(state, step) }
}

/** In how many of the last periods the visitor was active, the current one included, and whether in the current one. */
export function seePeriods({ period, ofLast }: Regular, { periods }: PeriodsState, now: number): Json {
  const current = periodOf(period, now)
  return {
    active: periods.filter((index) => index > current - ofLast && index <= current).length,
    current: periods.includes(current),
  }
}

function furthest({ chains }: ChainState, within: Duration, now: number): number {
  const oldest = now - durationSeconds(within)
  return chains.findLastIndex((chain) => chain !== null && chain[1] > oldest)
}

function endOf({ chains }: ChainState, step: number): number | null {
  const chain = chains[step]
  return chain === undefined || chain === null ? null : chain[1] * 1000
}
