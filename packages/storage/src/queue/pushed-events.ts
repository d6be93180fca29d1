import type { AttuneEvent } from '@attune/core'

/** What this process pushed a moment ago, by visitor: a store may not have heard of it yet. */
export interface PushedEvents {
  /** A visitor's, in the order of pushing. */
  find(visitor: string): readonly AttuneEvent[]
  add(visitor: string, events: readonly AttuneEvent[]): void
  /** All of a visitor's. */
  forgetAll(visitor: string): void
  /** Those that the store knows now, or that were not pushed after all. */
  forget(visitor: string, ids: readonly string[]): void
}

interface Pushed {
  readonly events: Map<string, AttuneEvent>
  /** When the last of them was added. */
  time: number
}

// Who pushes more before anything is folded is no person; each answer is worked out from all of them.
const MOST_EACH = 256

/** Remembers for `age` milliseconds, of the `most` visitors who came last, the last 256 events each. */
export function rememberPushed(most: number, age: number, clock: () => number): PushedEvents {
  // In the order of adding: the first is the oldest.
  const visitors = new Map<string, Pushed>()

  const dropOld = (): void => {
    for (const [visitor, { time }] of visitors) {
      if (visitors.size <= most && clock() - time <= age) return
      visitors.delete(visitor)
    }
  }

  return {
    find: (visitor) => {
      dropOld()
      return [...(visitors.get(visitor)?.events.values() ?? [])]
    },
    add: (visitor, events) => {
      const pushed = visitors.get(visitor) ?? { events: new Map(), time: 0 }
      // The first of two with one id is the one that counts.
      for (const event of events) if (!pushed.events.has(event.id)) pushed.events.set(event.id, event)
      for (const [id] of pushed.events) {
        if (pushed.events.size <= MOST_EACH) break
        pushed.events.delete(id)
      }
      pushed.time = clock()
      visitors.delete(visitor)
      visitors.set(visitor, pushed)
      dropOld()
    },
    forgetAll: (visitor) => void visitors.delete(visitor),
    forget: (visitor, ids) => {
      const pushed = visitors.get(visitor)
      if (pushed === undefined) return
      for (const id of ids) pushed.events.delete(id)
      if (pushed.events.size === 0) visitors.delete(visitor)
    },
  }
}
