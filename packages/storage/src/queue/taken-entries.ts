/** The entries of one partition that a consumer took and has not finished. */
export interface TakenEntries {
  /** From where to read: an id to begin after, or `-` for the beginning. */
  readonly cursor: string
  readonly size: number
  has(id: string): boolean
  add(id: string): void
  finish(id: string): void
  /** It stays in the queue and is read again, once the end was reached. */
  giveBack(id: string): void
  /** Nothing is behind the cursor: what was given back is read next. */
  reachEnd(): void
  /** Begins again: what was removed from the queue is not found there, and what was not comes once more. */
  restart(): void
}

/**
 * What is done is removed from the queue, so all that is in it is still to be done. While nothing is taken or was given back, reading begins
 * at the beginning: so an entry is found even when its id is not above the last one, as after a restart of Redis.
 */
export function createTakenEntries(): TakenEntries {
  const taken = new Set<string>()
  let last = '-'
  let hasLeft = false
  return {
    get cursor() {
      return taken.size === 0 && !hasLeft ? '-' : last
    },
    get size() {
      return taken.size
    },
    has: (id) => taken.has(id),
    add: (id) => {
      taken.add(id)
      last = `(${id}`
    },
    finish: (id) => void taken.delete(id),
    giveBack: (id) => {
      if (taken.delete(id)) hasLeft = true
    },
    reachEnd: () => {
      if (hasLeft) last = '-'
      hasLeft = false
    },
    restart: () => {
      last = '-'
      hasLeft = false
    },
  }
}
