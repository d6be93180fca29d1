import type { AttuneEvent } from '@attune/core'
import type { ProfileStore } from '@attune/storage'
import { createCounter } from './counter.ts'
import { createSessions, type Sessions } from './sessions.ts'

/** What is known of the events that a store took in. */
export interface AcceptedTally {
  /** Events by name. */
  readonly names: ReadonlyMap<string, number>
  /** Sums of their `value`, by event name. */
  readonly values: ReadonlyMap<string, number>
  readonly sessions: Sessions
  /** Milliseconds since 1970; `undefined` while there is no event. */
  oldest(): number | undefined
  newest(): number | undefined
}

// What the collector names visitors who did not grant `preferences` by: each event stands alone.
const UNLINKED = '~'

/** Looks on while a store is appended to: which events were new, only the store knows. */
export function watchStore(store: ProfileStore): {
  readonly store: ProfileStore
  readonly accepted: AcceptedTally
} {
  const [names, values] = [createCounter(), createCounter()]
  const sessions = createSessions()
  let [oldest, newest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]

  function take(visitor: string, { name, time, properties }: AttuneEvent): void {
    names.add(name)
    if (typeof properties.value === 'number') values.add(name, properties.value)
    if (!visitor.startsWith(UNLINKED)) sessions.add(visitor, time)
    oldest = Math.min(oldest, time)
    newest = Math.max(newest, time)
  }

  const watched: ProfileStore = {
    ...store,
    async append(batch) {
      const result = await store.append(batch)
      const fresh = new Set(result.accepted)
      for (const event of batch.events) {
        // Of an id that stands twice in a batch the first is the one that was kept.
        if (fresh.delete(event.id)) take(batch.visitor, event)
      }
      return result
    },
  }
  const known = (time: number): number | undefined => (Number.isFinite(time) ? time : undefined)
  return {
    store: watched,
    accepted: {
      names: names.counts,
      values: values.counts,
      sessions,
      oldest: () => known(oldest),
      newest: () => known(newest),
    },
  }
}
