import { type ConsentChoice, readPermission } from './consent/consent-cookie.ts'
import type { Purpose } from './consent/purpose.ts'
import { browserEnvironment, type Environment } from './environment.ts'
import { observeClicks } from './observe/observe-clicks.ts'
import { observeEngagement } from './observe/observe-engagement.ts'
import { observeExposures } from './observe/observe-exposures.ts'
import { observeScroll } from './observe/observe-scroll.ts'
import { cleanProperties, type EventProperties } from './queue/clean-properties.ts'
import { createEvent, type QueuedEvent } from './queue/create-event.ts'
import { leastValuable } from './queue/least-valuable.ts'
import { safely } from './safely.ts'
import { startWatching } from './start-watching.ts'

/** How to set the tracker up; everything has a default. */
export interface TrackerOptions {
  /** Address of the collector, of the page's own origin; default `/attune/collect`. */
  readonly endpoint?: string | undefined
  /** The page, clock, chance and timers; default those of the browser. For tests. */
  readonly environment?: Environment
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

/** Starts the whole tracker: page views, scrolling, engagement, marked clicks, exposures and `track`. */
export function startTracker({ endpoint, environment = browserEnvironment() }: TrackerOptions): Tracker {
  const { window, later } = environment
  const { document, location } = window
  const waiting = new Map<QueuedEvent, () => void>()
  let calls: Call[] = []

  const watch = startWatching(
    environment,
    endpoint,
    (scope, record, flush) => {
      for (const observe of [observeScroll, observeEngagement, observeClicks, observeExposures]) {
        safely(() => observe({ environment, scope, record, flush }))
      }
    },
    (events = [...waiting.keys()]) => {
      for (const event of events) {
        waiting.get(event)?.()
        waiting.delete(event)
      }
    },
    leastValuable,
  )
  // Calls of a page the visitor has left, or made under a refusal, are not for keeping.
  const drain = () => {
    const here = calls.filter(({ page }) => page === location.pathname)
    const open = watch.open()
    calls = open || readPermission(environment) === false ? [] : here.slice(-MAX_HELD)
    if (!open) return false
    for (const { name, properties, done } of here) {
      const event = createEvent(environment, name, properties, location.pathname)
      waiting.set(event, done)
      watch.add(event, URGENT.test(name))
    }
    return true
  }
  for (const type of ['attune:consent', 'prerenderingchange']) {
    document.addEventListener(type, () => safely(drain))
  }

  return {
    track: (name, properties) =>
      new Promise((done) => {
        later(done, ACKNOWLEDGE)
        safely(() => {
          if (typeof name !== 'string' || !name) return done()
          calls.push({ page: location.pathname, name, properties: cleanProperties(properties), done })
          // Nothing to wait for yet: the visitor may take a while to answer.
          if (!drain()) done()
        })
      }),
    consent: watch.consent,
  }
}
