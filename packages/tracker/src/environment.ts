import type { Purpose } from './consent/purpose.ts'

/** All that the tracker takes from outside, so that a test can hand in its own page, clock and chance. */
export interface Environment {
  /** The page: document, history, storage, fetch and beacon are read from it. */
  readonly window: Window & typeof globalThis
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** A number in [0, 1). */
  readonly random: () => number
  /** Runs `task` once after `delay` milliseconds, unless the returned function is called first. */
  readonly later: (task: () => void, delay: number) => () => void
  /** What holds for a visitor who was not asked; default nothing. */
  readonly consent?: readonly Purpose[] | undefined
}

/** The page this script runs in. Only call it where there is a `window`. */
export function browserEnvironment(): Environment {
  return {
    window,
    now: Date.now,
    random: Math.random,
    later(task, delay) {
      const timer = setTimeout(task, delay)
      return () => clearTimeout(timer)
    },
  }
}
