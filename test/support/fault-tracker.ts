import { leastValuable } from '../../packages/tracker/src/queue/least-valuable.ts'
import { createSender, type Sender } from '../../packages/tracker/src/send/create-sender.ts'
import type { VirtualClock } from './fault-clock.ts'

/** What a tracker has for a page. */
export interface TrackerPage {
  readonly clock: Pick<VirtualClock, 'now' | 'later'>
  readonly random: () => number
  readonly fetch: (url: string, request: { readonly body: string }) => Promise<Response>
  /** Default: a page that is never left has none. */
  readonly sendBeacon?: (url: string, body: string) => boolean
  /** Where a page of the same tab finds what this one could not send. Default: nothing is kept. */
  readonly sessionStorage?: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>
}

const NO_STORAGE = { getItem: () => null, setItem: () => {}, removeItem: () => {} }

/** The tracker's own sender on a page that has a clock, a network, perhaps a tab around it, and nothing else. */
export function createVirtualTracker({
  clock,
  random,
  fetch,
  sendBeacon,
  sessionStorage = NO_STORAGE,
}: TrackerPage): Sender {
  const window = { fetch, navigator: { sendBeacon }, sessionStorage }
  const environment = {
    // What a sender asks of a page, and no more of it.
    window: window as unknown as Window & typeof globalThis,
    now: clock.now,
    random,
    later: clock.later,
  }
  return createSender(environment, '/attune/collect', () => true, leastValuable)
}
