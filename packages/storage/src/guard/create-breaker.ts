/** `closed`: all is asked. `open`: nothing is. `half-open`: one question is on its way to see whether the other side is back. */
export type BreakerState = 'closed' | 'open' | 'half-open'

/** Keeps a host from asking what does not answer. */
export interface Breaker {
  /** Whether to ask now; who is told yes says afterwards how it went. */
  mayAsk(): boolean
  succeeded(): void
  failed(): void
  state(): BreakerState
}

export interface BreakerOptions {
  /** Milliseconds that never go back. Default `performance.now`. */
  readonly clock?: (() => number) | undefined
  /** From 0 up to 1. Default `Math.random`. */
  readonly random?: (() => number) | undefined
}

const FAILURES_IN_A_ROW = 5
const WINDOW = 20
const FAILURES_IN_WINDOW = 10
// A quarter either way, so that many instances do not probe in step.
const PROBE_MS = 1_000
const JITTER = 0.25

/**
 * Creates a breaker that opens after five failures in a row, or when ten of the last twenty questions failed. Open, it
 * lets one question through about every second; the first that succeeds closes it.
 */
export function createBreaker({ clock = now, random = Math.random }: BreakerOptions = {}): Breaker {
  let state: BreakerState = 'closed'
  let inARow = 0
  let probeAt = 0
  /** The newest last; `true` for a failure. */
  let window: readonly boolean[] = []

  const open = (): void => {
    state = 'open'
    probeAt = clock() + PROBE_MS * (1 - JITTER + 2 * JITTER * random())
  }
  const record = (failure: boolean): void => {
    window = [...window, failure].slice(-WINDOW)
    inARow = failure ? inARow + 1 : 0
  }

  return {
    mayAsk: () => {
      if (state === 'closed') return true
      if (clock() < probeAt) return false
      // A probe that never says how it went must not be the last one.
      open()
      state = 'half-open'
      return true
    },
    succeeded: () => {
      if (state === 'open') return
      if (state === 'half-open') window = []
      state = 'closed'
      record(false)
    },
    failed: () => {
      // Those asked before it opened tell nothing new.
      if (state === 'open') return
      record(true)
      const failures = window.filter((failure) => failure).length
      if (state === 'half-open' || inARow >= FAILURES_IN_A_ROW || failures >= FAILURES_IN_WINDOW) open()
    },
    state: () => state,
  }
}

function now(): number {
  return performance.now()
}
