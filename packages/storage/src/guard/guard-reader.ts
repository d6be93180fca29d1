import type { Profile, SignalPlan } from '@attune/core'
import type { ProfileReader } from '../profile-store.ts'
import { StoreBusyError, withoutStack } from '../store-error.ts'
import { type BreakerState, createBreaker } from './create-breaker.ts'
import { createRecentProfiles } from './recent-profiles.ts'
import { callAfter, within } from './within.ts'

/** From where an answer came: the store; a moment ago; nowhere, because it failed or took too long, or because it was not asked. */
export type ReadOutcome = 'store' | 'stale' | 'failed' | 'not-asked'

/** One read, told to whoever counts. It names nobody. */
export interface GuardedRead {
  readonly outcome: ReadOutcome
  /** How long the page waited, milliseconds. */
  readonly waited: number
  /** Of a `stale` one: how long ago its profile was read, milliseconds. */
  readonly age?: number | undefined
  readonly breaker: BreakerState
}

/** How long a page may wait, and what it gets then. */
export interface GuardOptions {
  /** Milliseconds that a page waits for the store. Default 20: before the 25 that the edge grants. */
  readonly deadline?: number | undefined
  /** Milliseconds after which a read is given up altogether. Default 100. */
  readonly limit?: number | undefined
  /** Milliseconds that a profile may stand in for one that does not come. Default 60,000; 0 keeps none. */
  readonly staleFor?: number | undefined
  /** Of so many visitors. Default 1,000. */
  readonly most?: number | undefined
  /** Milliseconds that never go back. Default `performance.now`. */
  readonly clock?: (() => number) | undefined
  /** From 0 up to 1. Default `Math.random`. */
  readonly random?: (() => number) | undefined
  /** Hears of every read. */
  readonly onRead?: ((read: GuardedRead) => void) | undefined
}

/** A reader that keeps to its time. */
export interface GuardedReader extends ProfileReader {
  state(): BreakerState
}

type Answer = Profile | null

/**
 * Guards the store that pages read from: a page waits so long and no longer, is then given what was read a moment ago, and
 * a store that does not answer is left alone until it does. Questions about one visitor at the same time are one.
 * Rejects when there is nothing to give; the edge then shows what the visitor saw last, or the baseline.
 */
export function guardReader(store: ProfileReader, options: GuardOptions = {}): GuardedReader {
  const { deadline = 20, limit = 100, staleFor = 60_000, most = 1_000, onRead } = options
  const { clock = () => performance.now(), random } = options
  const breaker = createBreaker({ clock, random })
  const recent = createRecentProfiles(most, staleFor, clock)
  const underWay = new Map<string, { readonly reading: Promise<Answer>; readonly since: number }>()

  // Hosts that end a request end what it began, its timers too: what should have been given up by now never will be.
  const forget = (): void => {
    for (const [key, { since }] of underWay) {
      if (clock() - since <= limit) return
      underWay.delete(key)
    }
  }

  const ask = (visitor: string, plan: SignalPlan): Promise<Answer> => {
    const key = `${plan.id} ${visitor}`
    forget()
    const same = underWay.get(key)
    if (same !== undefined) return same.reading
    if (!breaker.mayAsk()) return Promise.reject(withoutStack(new NotAsked()))
    const reading = read(store, visitor, plan, { deadline, limit }, breaker)
      .then((profile) => {
        if (staleFor > 0) recent.keep(visitor, plan, profile)
        return profile
      })
      .finally(() => {
        if (underWay.get(key)?.reading === reading) underWay.delete(key)
      })
    underWay.set(key, { reading, since: clock() })
    return reading
  }

  return {
    state: breaker.state,
    load: async (visitor, plan) => {
      const begun = clock()
      const tell = (outcome: ReadOutcome, age?: number): void =>
        onRead?.({ outcome, waited: clock() - begun, breaker: breaker.state(), age })
      try {
        const profile = await inTime(ask(visitor, plan), deadline)
        tell('store')
        return profile
      } catch (error) {
        const before = recent.find(visitor, plan)
        if (before === undefined) {
          tell(error instanceof NotAsked ? 'not-asked' : 'failed')
          throw error
        }
        tell('stale', before.age)
        return before.profile
      }
    },
  }
}

class NotAsked extends StoreBusyError {
  constructor() {
    super('[storage] guardReader: the store did not answer lately and is not asked for a moment.')
  }
}

// Later than a page waits is as bad as never; what still comes is kept for the next page.
async function read(
  store: ProfileReader,
  visitor: string,
  plan: SignalPlan,
  { deadline, limit }: { readonly deadline: number; readonly limit: number },
  breaker: ReturnType<typeof createBreaker>,
): Promise<Answer> {
  let late = false
  const callOff = callAfter(deadline, () => {
    late = true
    breaker.failed()
  })
  try {
    // A store that throws at once is the same to us as one that rejects.
    const profile = await inTime(
      Promise.resolve().then(() => store.load(visitor, plan)),
      limit,
    )
    if (!late) breaker.succeeded()
    return profile
  } catch (error) {
    if (!late) breaker.failed()
    throw error
  } finally {
    callOff()
  }
}

function inTime<T>(promise: Promise<T>, ms: number): Promise<T> {
  return within(promise, ms, () =>
    withoutStack(new StoreBusyError(`[storage] guardReader: no answer within ${ms} ms.`)),
  )
}
