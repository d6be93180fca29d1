import type { Draft, EventDrafter } from './draft-event.ts'

/** The events whose rows may still come. */
export interface OpenGroups {
  /** Adds a row's draft to its group; answers the group that had to be closed for it, if any. */
  take(draft: Draft, drafter: EventDrafter): Draft | undefined
  /** Closes all that is left, the longest untouched first. */
  rest(): Iterable<Draft>
}

// Tills ring at once, so rows of a few groups may alternate; one untouched for so many groups is complete.
const MOST_OPEN = 1000

/** Keeps at most 1,000 groups open, so memory stays constant; the one untouched for longest closes first. */
export function createOpenGroups(most: number = MOST_OPEN): OpenGroups {
  const open = new Map<string, Draft>()
  return {
    take(draft, drafter) {
      const known = open.get(draft.key)
      // Last touched, last to go: a Map keeps the order of insertion.
      open.delete(draft.key)
      open.set(draft.key, known ?? draft)
      if (known !== undefined) drafter.join(known, draft)
      if (open.size <= most) return undefined
      const [oldest] = open.values()
      open.delete(oldest!.key)
      return oldest
    },
    rest: () => open.values(),
  }
}
