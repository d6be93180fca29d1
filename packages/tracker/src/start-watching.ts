import { announce } from './announce.ts'
import { type ConsentChoice, readConsent, readPermission, writeConsent } from './consent/consent-cookie.ts'
import type { Purpose } from './consent/purpose.ts'
import type { Environment } from './environment.ts'
import type { PageView } from './observe/observer.ts'
import { watchNavigation } from './observe/watch-navigation.ts'
import type { EventProperties } from './queue/clean-properties.ts'
import { createEvent, type QueuedEvent } from './queue/create-event.ts'
import { safely } from './safely.ts'
import { endScope, type Scope } from './scope.ts'
import { createSender } from './send/create-sender.ts'

/** A page being watched. */
export interface Watch {
  /** Reads the consent cookie, starts or stops accordingly, and tells whether events are taken. */
  open(): boolean
  /** Queues an event; only when `open()`. */
  add(event: QueuedEvent, urgent?: boolean): void
  /** Reads the visitor's consent (`undefined`: not asked yet), after writing `choice` if one is given. Never throws. */
  consent(choice?: ConsentChoice): readonly Purpose[] | undefined
}

/**
 * Watches page views, and with `observe` what happens in them. Does nothing at all before consent; `forget` hears when there is none.
 */
export function startWatching(
  environment: Environment,
  endpoint: string = '/attune/collect',
  observe?: (
    scope: Scope,
    record: PageView['record'],
    flush: PageView['flush'],
    isOpen: PageView['isOpen'],
    referrer: PageView['referrer'],
  ) => void,
  forget?: () => void,
  leastValuable?: (events: readonly QueuedEvent[]) => number,
): Watch {
  const { window, later } = environment
  const { document, location } = window
  let view: Scope | undefined
  let patched = false

  // The cookie is read each time: another tab, or the server, may have changed it.
  const open = (): boolean => {
    if (!readPermission(environment)) stop()
    else if (!view && !(document as { prerendering?: boolean }).prerendering) {
      sender.restore()
      arrive(document.referrer)
      if (!patched) watchNavigation(window, navigate)
      patched = true
    }
    return !!view
  }
  const sender = createSender(environment, endpoint, open, leastValuable)

  const navigate = () => {
    const watched = view
    if (open() && watched) arrive()
  }
  const stop = () => {
    const ended = view
    view = undefined
    // Also where nothing began: an earlier page of this tab may have left a queue.
    sender.drop()
    if (ended) endScope(ended)
    forget?.()
  }
  const arrive = (referrer?: string) => {
    if (view) endScope(view)
    const scope: Scope = []
    const page = location.pathname
    const host = referrer?.split('/')[2]
    const page_referrer = host === location.host ? undefined : host
    const properties: EventProperties = { page_path: page, page_referrer }
    const record = (name: string, properties: EventProperties) => {
      if (open()) sender.add(createEvent(environment, name, properties, page))
    }
    view = scope
    // A client navigation changes the address before the title; the event still waits by then.
    scope.push(
      later(() => {
        properties.page_title = document.title
      }, 50),
    )
    record('page_view', properties)
    observe?.(scope, record, sender.flush, open, page_referrer)
  }

  for (const type of ['attune:consent', 'prerenderingchange']) document.addEventListener(type, open)
  // Not capturing, so that what observers record when the page is hidden leaves as well.
  for (const type of ['pagehide', 'visibilitychange']) window.addEventListener(type, sender.beacon)
  window.addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return
    // While this page rested in the back/forward cache, others of this tab worked on the queue.
    sender.restore()
    navigate()
  })
  open()

  return {
    open,
    add: sender.add,
    consent: (choice) =>
      safely(() => {
        if (choice) {
          writeConsent(window, choice)
          announce(window, 'attune:consent')
        }
        return readConsent(window)
      }),
  }
}
