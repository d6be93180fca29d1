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

interface Sized {
  readonly event: AttuneEvent
  /** Characters of its text. */
  readonly length: number
}

interface Pushed {
  readonly events: Map<string, Sized>
  /** When the last of them was added. */
  time: number
}

// Who pushes more before anything is folded is no person; each answer is worked out from all of them.
const MOST_EACH = 256
// Of all together: what a flood of visitors, or of long texts, may take of the memory.
const MOST_EVENTS = 50_000
const MOST_TEXT = 32 * 2 ** 20

/**
 * Remembers for `age` milliseconds, of the `most` visitors who came last, the last 256 events each; of all together 50,000
 * events or 32 M characters, and of the visitors who came last again.
 */
export function rememberPushed(most: number, age: number, clock: () => number): PushedEvents {
  // In the order of adding: the first is the oldest.
  const visitors = new Map<string, Pushed>()
  let count = 0
  let text = 0

  const drop = (pushed: Pushed, id: string): void => {
    const length = pushed.events.get(id)?.length
    if (length === undefined) return
    pushed.events.delete(id)
    count--
    text -= length
  }
  const dropAll = (visitor: string): void => {
    const pushed = visitors.get(visitor)
    for (const id of pushed?.events.keys() ?? []) drop(pushed!, id)
    visitors.delete(visitor)
  }
  const isRoomy = (): boolean => visitors.size <= most && count <= MOST_EVENTS && text <= MOST_TEXT

  const dropOld = (): void => {
    for (const [visitor, { time }] of visitors) {
      if (isRoomy() && clock() - time <= age) return
      dropAll(visitor)
    }
  }

  return {
    find: (visitor) => {
      dropOld()
      return [...(visitors.get(visitor)?.events.values() ?? [])].map(({ event }) => event)
    },
    add: (visitor, events) => {
      const pushed = visitors.get(visitor) ?? { events: new Map(), time: 0 }
      // The first of two with one id is the one that counts.
      for (const event of events) {
        if (pushed.events.has(event.id)) continue
        const { length } = JSON.stringify(event)
        pushed.events.set(event.id, { event, length })
        count++
        text += length
      }
      for (const [id] of pushed.events) {
        if (pushed.events.size <= MOST_EACH) break
        drop(pushed, id)
      }
      pushed.time = clock()
      visitors.delete(visitor)
      visitors.set(visitor, pushed)
      dropOld()
    },
    forgetAll: dropAll,
    forget: (visitor, ids) => {
      const pushed = visitors.get(visitor)
      if (pushed === undefined) return
      for (const id of ids) drop(pushed, id)
      if (pushed.events.size === 0) visitors.delete(visitor)
    },
  }
}
