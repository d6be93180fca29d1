import type { Purpose } from '@attune/core'
import { createFeed, type Feed } from './create-feed.ts'
import { createPulse, type Pulse } from './create-pulse.ts'
import { outcomesOf, type SettledBatch } from './outcome.ts'

/** How collection is shown while it goes on. */
export interface OnlookersOptions {
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly clock?: (() => number) | undefined
  /** Default `crypto.getRandomValues`. */
  readonly randomBytes?: ((count: number) => Uint8Array) | undefined
}

/** Those who look at what is collected while it is: they see counts of the last minutes, and events as they arrive. Nothing of it is kept. */
export interface Onlookers {
  /** Hears of a batch that was judged and kept. A collector that is given the object calls it itself, as `refuse`. */
  hear(batch: SettledBatch): void
  /** Hears of a batch none of whose events was looked at or kept, and what its sender was told. */
  refuse(error: string): void
  /** Hears what was granted in an answer to the banner. */
  answer(granted: readonly Purpose[]): void
  pulse(): Pulse
  readonly follow: Feed['follow']
}

/** Creates what lets people look at one process: collectors that share it are counted together. */
export function createOnlookers({ clock = Date.now, randomBytes }: OnlookersOptions = {}): Onlookers {
  const pulse = createPulse(clock(), randomBytes)
  const feed = createFeed(randomBytes)
  return {
    hear: (batch) => {
      const now = clock()
      const outcomes = outcomesOf(batch)
      pulse.hear(batch, outcomes, now)
      feed.hear(batch, outcomes, now)
    },
    refuse: (error) => pulse.refuse(error, clock()),
    answer: (granted) => pulse.answer(granted, clock()),
    pulse: () => pulse.read(clock()),
    follow: feed.follow,
  }
}
