import { MAX_REJECTED_TEXT, type ProfileStore, type RejectedEvent } from '../profile-store.ts'

/** Refused events on their way to a store that may not be there. */
export interface RefusalLine {
  add(rejected: readonly RejectedEvent[]): void
  /** Tells whether there are some that are not on their way to the store. */
  isWaiting(): boolean
  /** Resolves when those on their way to the store are there, or wait again. */
  settled(): Promise<void>
  /** Forgets whose a visitor's were and what was in them; that they were refused is still counted. */
  forget(visitor: string): void
  /** Hands over all that waits, and waits for what is on its way. Rejects as the store does; what it did not take goes on waiting. */
  handOver(): Promise<void>
}

// With their content: 8 MB at the most. Of those before them it is still known how many there were.
const MOST_WHOLE = 1_000
// A store writes a group in one step.
const MOST_AT_ONCE = 1_000

/** Creates a line that waits in memory. `clock` dates refused events whose content was not kept. */
export function createRefusalLine(write: ProfileStore['reject'], clock: () => number): RefusalLine {
  let whole: readonly RejectedEvent[] = []
  const bare = new Map<string, number>()
  // On its way to the store, which may not take it.
  let sent: readonly RejectedEvent[] = []
  let underWay: Promise<void> | undefined

  const count = (reason: string, more: number): void => {
    const left = (bare.get(reason) ?? 0) + more
    if (left > 0) bare.set(reason, left)
    else bare.delete(reason)
  }
  const keep = (rejected: readonly RejectedEvent[]): void => {
    for (const { reason } of rejected.slice(0, -MOST_WHOLE)) count(reason, 1)
    whole = rejected.slice(-MOST_WHOLE)
  }
  // The oldest first: a store keeps the content of the newest.
  const writeAll = async (): Promise<void> => {
    for (const [reason] of bare) {
      for (let left = bare.get(reason); left !== undefined; left = bare.get(reason)) {
        const size = Math.min(left, MOST_AT_ONCE)
        await write(Array.from({ length: size }, () => ({ reason, time: clock(), event: '' })))
        count(reason, -size)
      }
    }
    while (whole.length > 0) {
      sent = whole
      whole = []
      try {
        await write(sent)
      } catch (error) {
        keep([...sent, ...whole])
        throw error
      } finally {
        sent = []
      }
    }
  }

  const isWaiting = (): boolean => whole.length > 0 || bare.size > 0

  return {
    add: (rejected) =>
      keep([...whole, ...rejected.map((one) => ({ ...one, event: one.event.slice(0, MAX_REJECTED_TEXT) }))]),
    isWaiting,
    settled: async () => {
      await underWay?.catch(() => {})
    },
    forget: (visitor) => {
      const bared = (one: RejectedEvent): RejectedEvent =>
        one.visitor === visitor ? { reason: one.reason, time: one.time, event: '' } : one
      whole = whole.map(bared)
      sent = sent.map(bared)
    },
    handOver: async () => {
      while (underWay !== undefined || isWaiting()) {
        underWay ??= writeAll().finally(() => {
          underWay = undefined
        })
        await underWay
      }
    },
  }
}
