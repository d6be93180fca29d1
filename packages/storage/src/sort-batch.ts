import { isSameEvent, type KeptEvent } from './kept-event.ts'

/** A batch sorted by what is known of its ids. */
export interface SortedBatch {
  readonly fresh: readonly KeptEvent[]
  readonly duplicates: readonly string[]
  readonly conflicts: readonly string[]
}

/** Sorts a batch into fresh events, repetitions and conflicts; an id repeated within the batch counts as well. */
export function sortBatch(
  events: readonly KeptEvent[],
  find: (id: string) => Pick<KeptEvent, 'name' | 'properties'> | undefined,
): SortedBatch {
  const fresh = new Map<string, KeptEvent>()
  const duplicates: string[] = []
  const conflicts: string[] = []
  for (const event of events) {
    const known = fresh.get(event.id) ?? find(event.id)
    if (known === undefined) fresh.set(event.id, event)
    else if (isSameEvent(known, event)) duplicates.push(event.id)
    else conflicts.push(event.id)
  }
  return { fresh: [...fresh.values()], duplicates, conflicts }
}
