import type { Signal, SignalState, TimesSignal, TimesState } from './signal.ts'

/**
 * Takes what was kept for a signal of an old plan over to the same signal of a new one; only last times differ, in how
 * much of them is kept. Where the new plan asks for more than the old one kept (more times, or the first) and older ones
 * may have been let go, all that is known begins at the oldest time still there, and `since` says so: the first is then
 * that time at the latest, a count that reaches further back is at least what is counted. `absent` stays what it was,
 * since no time is left out after that one.
 */
export function carryState(from: Signal, to: Signal, state: SignalState): SignalState {
  // A state is that of its signal's kind, found by the signal's key.
  return from.kind === 'times' && to.kind === 'times' ? carryTimes(from, to, state as TimesState) : state
}

function carryTimes(from: TimesSignal, to: TimesSignal, state: TimesState): TimesState {
  const { times, first, id } = state
  const oldest = times.at(-1)
  const asksMore = to.keep > from.keep || (to.first === true && first === undefined)
  const mayLackSome = times.length >= from.keep
  const since =
    oldest !== undefined && asksMore && mayLackSome ? Math.max(oldest, state.since ?? oldest) : state.since
  const firstKnown = to.first ? (first ?? oldest) : undefined
  return {
    times: times.slice(0, to.keep),
    ...(firstKnown === undefined ? {} : { first: firstKnown }),
    ...(to.id && id !== undefined ? { id } : {}),
    ...(since === undefined ? {} : { since }),
  }
}
