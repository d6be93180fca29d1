import type { AttuneEvent, Consent } from '@attune/core'
import type { RefusedEvent, TakenEvent } from '../judge-events.ts'
import type { Rejection } from '../rejection.ts'

/** A batch whose events were judged and kept, all of it cleaned. */
export interface SettledBatch {
  readonly consent: Consent
  /** Missing where nothing may join the events to each other. */
  readonly visitor: string | undefined
  /** Who tells, where it is not a browser. */
  readonly source?: string | undefined
  readonly taken: readonly TakenEvent[]
  /** The ids of those that are new; the others were known, or are `conflicts`. */
  readonly accepted: readonly string[]
  readonly conflicts: readonly Rejection[]
  readonly refused: readonly RefusedEvent[]
  /** Takes out of a text what names a person. */
  readonly clean: (text: string) => string
}

/** What became of one event. */
export type Outcome =
  | { readonly is: 'accepted' | 'duplicate'; readonly event: AttuneEvent }
  | { readonly is: 'rejected'; readonly event: AttuneEvent; readonly rejection: Rejection }
  | { readonly is: 'rejected'; readonly refused: RefusedEvent; readonly rejection: Rejection }

/** Says of each event of a batch what became of it: taken ones first, then those that were refused. */
export function outcomesOf({ taken, accepted, conflicts, refused }: SettledBatch): readonly Outcome[] {
  const outcomes: Outcome[] = []
  const isAllNew = accepted.length === taken.length
  const left = isAllNew ? [] : [...accepted]
  for (const { index, event } of taken) {
    const at = left.indexOf(event.id)
    const rejection = conflicts.find((conflict) => conflict.index === index)
    // Of several events with one id it is the first that is new.
    if (at >= 0) left.splice(at, 1)
    if (isAllNew || at >= 0) outcomes.push({ is: 'accepted', event })
    else if (rejection === undefined) outcomes.push({ is: 'duplicate', event })
    else outcomes.push({ is: 'rejected', event, rejection })
  }
  for (const one of refused) outcomes.push({ is: 'rejected', refused: one, rejection: one.rejection })
  return outcomes
}
