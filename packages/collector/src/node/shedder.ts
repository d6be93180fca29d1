/** What a shedder is told. */
export interface ShedderOptions {
  /** Milliseconds that whoever is let in may have to wait for the work before. Default 250. */
  readonly patience?: number | undefined
  /** So many are worked on side by side however slow it is: else nothing would ever show that it is quicker again. Default 256. */
  readonly least?: number | undefined
  /** Milliseconds that never go back. Default `performance.now`. */
  readonly clock?: (() => number) | undefined
}

/** How much is worked on, and what was refused. */
export interface ShedderState {
  /** Requests that are worked on. */
  readonly underWay: number
  /** With so many one more is refused. */
  readonly limit: number
  /** How many were refused so far. */
  readonly shed: number
  /** Milliseconds since the last of them; `undefined` when there was none. */
  readonly age: number | undefined
}

/** Refuses what could not be answered in time, so that what is let in is. */
export interface Shedder {
  /** Whether one more may come in. What may not is counted as shed, and is to be told to come again. */
  admits(): boolean
  /** One that was let in is here as a whole, and is worked on from now on. */
  begin(): void
  /** The work on one of them ended. */
  end(): void
  state(): ShedderState
}

// A process that just began knows nothing of itself; it learns within a few windows.
const FIRST_LIMIT = 512

/**
 * Creates a shedder. By Little's law whoever comes in waits for as long as finishing what is under way takes, so it lets in no more than was finished
 * within the last `patience` of busy time. In a window in which requests took longer than that on average the limit goes half of the way down to
 * what was finished; in others it goes up to it.
 */
export function createShedder(options: ShedderOptions = {}): Shedder {
  const { patience = 250, least = 256, clock = () => performance.now() } = options
  let limit = Math.max(least, FIRST_LIMIT)
  let underWay = 0
  let shed = 0
  let last: number | undefined
  // Of the present window.
  let ended = 0
  let busy = 0
  // How long all requests together were under way in it.
  let together = 0
  let seen = clock()

  const look = (): void => {
    const now = clock()
    const passed = now - seen
    seen = now
    if (underWay === 0) return
    busy += passed
    together += passed * underWay
    if (busy < patience) return
    const done = (ended * patience) / busy
    const isLate = together > ended * patience
    // Half of the way: one pause of a disk or of the garbage collector is not how fast it is.
    limit = Math.round(isLate ? Math.max(least, (limit + done) / 2) : Math.max(limit, done))
    ended = 0
    busy = 0
    together = 0
  }

  return {
    admits: () => {
      look()
      if (underWay < limit) return true
      shed++
      last = seen
      return false
    },
    begin: () => {
      look()
      underWay++
    },
    end: () => {
      look()
      underWay--
      ended++
    },
    state: () => ({ underWay, limit, shed, age: last === undefined ? undefined : clock() - last }),
  }
}
