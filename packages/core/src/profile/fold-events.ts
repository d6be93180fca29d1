import type { AttuneEvent } from '../event/event.ts'
import { compareEvents } from '../event/event-order.ts'
import type { SignalPlan } from '../signal/plan-signals.ts'
import { adoptPlan } from './adopt-plan.ts'
import { applyEvents, isAfter } from './apply-events.ts'
import { type Folded, type History, type ReadRecent, SETTLE_AT, settleAndFold } from './history.ts'

/**
 * Folds fresh events (deduplicated) into a history, adopting the plan first when the history was folded for another.
 * `readRecent` is called only when an event is out of order, the recent ones are too many, or the plan is new.
 */
export function foldEvents(
  history: History,
  fresh: readonly AttuneEvent[],
  plan: SignalPlan,
  readRecent: ReadRecent,
): Folded {
  if (history.profile.plan !== plan.id) return foldForNewPlan(history, fresh, plan, readRecent)
  const events = [...fresh].sort(compareEvents)
  const inOrder = events.length === 0 || isAfter(events[0]!, history.profile.last)
  const recentCount = history.recentCount + events.length
  if (inOrder && recentCount < SETTLE_AT) {
    const profile = applyEvents(history.profile, events, plan)
    return { history: { ...history, profile, recentCount }, settled: [] }
  }
  return refoldAll(history, events, plan, readRecent)
}

function foldForNewPlan(
  history: History,
  fresh: readonly AttuneEvent[],
  plan: SignalPlan,
  readRecent: ReadRecent,
): Folded {
  const recent = readRecent()
  const adopted = adoptPlan(history, plan, () => recent)
  const gone = new Set(adopted.settled)
  const folded = foldEvents(adopted.history, fresh, plan, () => recent.filter((event) => !gone.has(event)))
  return { history: folded.history, settled: [...adopted.settled, ...folded.settled] }
}

function refoldAll(
  history: History,
  fresh: readonly AttuneEvent[],
  plan: SignalPlan,
  readRecent: ReadRecent,
): Folded {
  // An event older than all that the base took in adds to it late; it may be counted, never put in a chain.
  const { base } = history
  const late = base === null ? [] : fresh.filter((event) => !isAfter(event, base.last))
  const recent = [...readRecent(), ...fresh.filter((event) => !late.includes(event))]
  const layers = { base: base === null ? null : applyEvents(base, late, plan), recent }
  const { history: folded, settled } = settleAndFold(layers, history.profile, plan)
  return { history: folded, settled: [...late, ...settled] }
}
