/** The entries of one partition that a consumer took and has not finished. */
export interface TakenEntries {
  /** From where to read: an id to begin after, or `-` for the beginning. */
  readonly cursor: string
  readonly size: number
  has(id: string): boolean
  add(id: string): void
  finish(id: string): void
  /** Begins again: what was removed from the queue is not found there, and what was not comes once more. */
  restart(): void
}

/**
 * What is done is removed from the queue, so all that is in it is still to be done. While nothing is taken, reading begins
 * at the beginning: so an entry is found even when its id is not above the last one, as after a restart of Redis.
 */
export function createTakenEntries(): TakenEntries {
  const taken = new Set<string>()
  let last = '-'
  return {
    get cursor() {
      return taken.size === 0 ? '-' : last
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
    restart: () => {
      last = '-'
    },
  }
}
