import type { Observer, PageView } from '../observe/observer.ts'
import type { EventProperties } from '../queue/clean-properties.ts'
import { listen } from '../scope.ts'
import { isOver, loadSession, type Session, saveSession } from './session.ts'
import { campaignOf, locationOf, readTouch, type Touch } from './touch.ts'
import { loadTouches, saveTouches } from './touches.ts'

// As often as signs of life are written down, milliseconds.
const BETWEEN = 60_000

// Documents that were arrived at: what sent somebody to one sent them to its first page only.
const ARRIVED = new WeakSet<Document>()

/**
 * Keeps the session of this visitor and records `session_start` when another begins: at the first page, after 30 minutes of silence,
 * with a new campaign, and by `data-attune-session="midnight"` with a new day. `data-attune-session="off"` keeps none.
 */
export const keepSession: Observer = (view) => {
  const { window, now } = view.environment
  const { document } = window
  const wanted = document.querySelector('[data-attune-session]')?.getAttribute('data-attune-session')
  if (wanted === 'off') return
  const seconds = () => Math.floor(now() / 1_000)
  const goesOn = (session: Session | undefined): session is Session =>
    session !== undefined && !isOver(session, seconds(), wanted === 'midnight')
  let noted = now()

  const arrive = () => {
    const touch = readTouch(window, ARRIVED.has(document) ? '' : document.referrer)
    ARRIVED.add(document)
    const campaign = campaignOf(touch)
    const isNew = campaign !== '' && campaign !== loadTouches(window)?.campaign
    const session = loadSession(window)
    if (isNew || !goesOn(session)) return begin(view, session, touch)
    saveSession(window, { ...session, pageViews: session.pageViews + 1, last: seconds() })
  }
  const live = () => {
    if (Math.abs(now() - noted) < BETWEEN || document.hidden || !view.isOpen()) return
    noted = now()
    const session = loadSession(window)
    if (goesOn(session)) saveSession(window, { ...session, last: seconds() })
    else begin(view, session, { landing: window.location.pathname })
  }
  const rest = () => {
    const session = view.isOpen() ? loadSession(window) : undefined
    if (goesOn(session)) saveSession(window, { ...session, last: seconds() })
  }

  arrive()
  for (const type of ['pointermove', 'pointerdown', 'keydown', 'scroll']) {
    listen(view.scope, window, type, live)
  }
  listen(view.scope, document, 'visibilitychange', () => (document.hidden ? rest() : live()))
  listen(view.scope, window, 'pagehide', rest)
}

function begin(
  { environment: { window, now }, record }: PageView,
  before: Session | undefined,
  touch: Touch,
) {
  const seconds = Math.floor(now() / 1_000)
  const number = (before?.number ?? 0) + 1
  saveSession(window, { number, pageViews: 1, began: seconds, last: seconds })
  // Where cookies are off, each page would begin a session.
  if (loadSession(window)?.number !== number) return
  const kept = loadTouches(window)
  const campaign = campaignOf(touch)
  const first = kept?.first ?? touch
  const last = campaign || touch.referrer ? touch : (kept?.last ?? touch)
  saveTouches(window, { campaign, first, last })
  const { landing, referrer: page_referrer, ...utm } = touch
  record('session_start', {
    session_number: number,
    page_path: landing,
    page_location: locationOf(touch, window.location.origin),
    page_referrer,
    ...utm,
    ...prefixed('first', first),
    ...prefixed('last', last),
  })
}

function prefixed(prefix: string, touch: Touch): EventProperties {
  return Object.fromEntries(Object.entries(touch).map(([name, value]) => [`${prefix}_${name}`, value]))
}
