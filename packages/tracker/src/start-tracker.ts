import { type ConsentChoice, readConsent } from './consent/consent-cookie.ts'
import type { Purpose } from './consent/purpose.ts'
import { browserEnvironment, type Environment } from './environment.ts'
import { findMore } from './observe/find-more.ts'
import { observeClicks } from './observe/observe-clicks.ts'
import { observeEngagement } from './observe/observe-engagement.ts'
import { observeScroll } from './observe/observe-scroll.ts'
import { observeShares } from './observe/observe-shares.ts'
import type { LoadChunk } from './observe/observer.ts'
import { cleanProperties, type EventProperties } from './queue/clean-properties.ts'
import { createEvent } from './queue/create-event.ts'
import { leastValuable } from './queue/least-valuable.ts'
import { safely } from './safely.ts'
import { forgetSession } from './session/forget-session.ts'
import { keepSession } from './session/keep-session.ts'
import { startWatching } from './start-watching.ts'

/** How to set the tracker up; everything has a default. */
export interface TrackerOptions {
  /** Address of the collector, of the page's own origin; default `/attune/collect`. */
  readonly endpoint?: string | undefined
  /** The page, clock, chance and timers; default those of the browser. For tests. */
  readonly environment?: Environment
}

/** How a tracker is set up from inside the package. */
export interface StartOptions extends TrackerOptions {
  /** Where the parts come from that a page loads only when it has what they watch. */
  readonly load: LoadChunk
}

/** What a page may ask of the tracker. Nothing here throws, whatever it is called with. */
export interface Tracker {
  /**
   * Records an event, with a GA4 name where one exists. Properties are strings, finite numbers and booleans; others are
   * left out. Resolves when the collector answered, when this try failed, or after 1 s; never rejects.
   */
  track(name: string, properties?: object): Promise<void>
  /** Reads the visitor's consent (`undefined`: not asked yet), after writing `choice` if one is given. */
  consent(choice?: ConsentChoice): readonly Purpose[] | undefined
}

type Call = readonly [page: string, name: string, properties: EventProperties, done: () => void]

// The next decision hangs on these, so they do not wait for company. `add_`: to the cart, to the wishlist, shipping and payment info.
const URGENT = /^(purchase|begin_checkout|add_)/
// Enough for what a page says while it loads, too little to be a history.
const MAX_HELD = 20
// A shop that waits for an answer before it navigates is held up this long at most.
const ACKNOWLEDGE = 1_000

// What every page has after consent; the last finds out what else.
const OBSERVERS = [observeClicks, keepSession, observeEngagement, observeScroll, observeShares, findMore]

/** Starts the whole tracker: what every page has, `track`, and the parts that a page loads when it needs them. */
export function startTracker({ endpoint, load, environment = browserEnvironment() }: StartOptions): Tracker {
  const { window, later } = environment
  const { location } = window
  let calls: Call[] = []

  const drain = () => {
    for (const [page, name, properties, done] of calls.splice(0)) {
      // Calls of a page that the visitor has left are not for keeping.
      if (page !== location.pathname) continue
      watch.add({ ...createEvent(environment, name, properties, page), done }, URGENT.test(name))
    }
  }

  const watch = startWatching(
    environment,
    endpoint,
    (scope, record, flush, isOpen, referrer) => {
      const view = {
        ...environment,
        document: window.document,
        began: environment.now(),
        scope,
        record,
        flush,
        isOpen,
        referrer,
        load,
      }
      for (const observe of OBSERVERS) safely(() => observe(view))
      drain()
    },
    () => {
      // Nor are those made under a refusal; and what an earlier page kept goes with the consent to it.
      if (readConsent(window)) calls = []
      safely(() => forgetSession(window))
    },
    leastValuable,
  )

  return {
    track: (name, properties) =>
      new Promise((done) => {
        later(done, ACKNOWLEDGE)
        safely(() => {
          if (typeof name !== 'string' || !name) return done()
          calls.push([location.pathname, name, cleanProperties(properties), done])
          calls = calls.slice(-MAX_HELD)
          if (watch.open()) drain()
          // Nothing to wait for yet: the visitor may take a while to answer.
          else done()
        })
      }),
    consent: watch.consent,
  }
}
