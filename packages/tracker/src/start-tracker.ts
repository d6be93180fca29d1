import { startChunk } from './chunk/start-chunk.ts'
import { type ConsentChoice, readPermission } from './consent/consent-cookie.ts'
import type { Purpose } from './consent/purpose.ts'
import { browserEnvironment, type Environment } from './environment.ts'
import { observeClicks } from './observe/observe-clicks.ts'
import { observeExposures } from './observe/observe-exposures.ts'
import type { LoadChunk } from './observe/observer.ts'
import { cleanProperties, type EventProperties } from './queue/clean-properties.ts'
import { createEvent, type QueuedEvent } from './queue/create-event.ts'
import { leastValuable } from './queue/least-valuable.ts'
import { safely } from './safely.ts'
import { forgetSession } from './session/forget-session.ts'
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

interface Call {
  readonly page: string
  readonly name: string
  readonly properties: EventProperties
  readonly done: () => void
}

// The next decision hangs on these, so they do not wait for company.
const URGENT = /^(purchase|begin_checkout|add_to_cart)$/
// Enough for what a page says while it loads, too little to be a history.
const MAX_HELD = 20
// A shop that waits for an answer before it navigates is held up this long at most.
const ACKNOWLEDGE = 1_000

/** Starts the whole tracker: page views, marked clicks, exposures, `track`, and the parts that are loaded. */
export function startTracker({ endpoint, load, environment = browserEnvironment() }: StartOptions): Tracker {
  const { window, later } = environment
  const { location } = window
  const waiting = new Map<QueuedEvent, () => void>()
  let calls: Call[] = []

  const drain = () => {
    for (const { name, properties, done } of calls.splice(0)) {
      const event = createEvent(environment, name, properties, location.pathname)
      waiting.set(event, done)
      watch.add(event, URGENT.test(name))
    }
  }
  // Calls of a page that the visitor has left are not for keeping.
  const here = () => calls.filter(({ page }) => page === location.pathname).slice(-MAX_HELD)

  const watch = startWatching(
    environment,
    endpoint,
    (scope, record, flush, isOpen) => {
      const view = { environment, began: environment.now(), scope, record, flush, isOpen, load }
      for (const observe of [observeClicks, observeExposures]) {
        safely(() => observe(view))
      }
      startChunk(view, 'more')
      calls = here()
      drain()
    },
    (events) => {
      const permitted = readPermission(environment)
      // Nor are those made under a refusal; and what an earlier page kept goes with the consent to it.
      if (permitted === false) calls = []
      if (!permitted) safely(() => forgetSession(window))
      for (const event of events ?? [...waiting.keys()]) {
        waiting.get(event)?.()
        waiting.delete(event)
      }
    },
    leastValuable,
  )

  return {
    track: (name, properties) =>
      new Promise((done) => {
        later(done, ACKNOWLEDGE)
        safely(() => {
          if (typeof name !== 'string' || !name) return done()
          calls.push({ page: location.pathname, name, properties: cleanProperties(properties), done })
          calls = here()
          if (watch.open()) drain()
          // Nothing to wait for yet: the visitor may take a while to answer.
          else done()
        })
      }),
    consent: watch.consent,
  }
}
