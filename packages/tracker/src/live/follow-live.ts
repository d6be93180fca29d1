import { announce } from '../announce.ts'
import { readCookie } from '../cookie.ts'
import type { Observer } from '../observe/observer.ts'
import { listen } from '../scope.ts'
import { type Line, openLine } from './open-line.ts'

// What happens waits for company for a second, and for as long as more of it comes; who wants to see what follows does not.
const TICK = 300
// After each failure but the first up to twice as long, by chance: all pages of a site fail together. The first may be of a new visitor,
// who is known by the next batch.
const FIRST_WAIT = 1_000
const LONGEST_WAIT = 300_000

/**
 * Sends what happens over a socket while the page has live placements and is in view, and announces `attune:decided` with what they show now.
 * What cannot go this way goes by fetch, and what was not answered goes again: the server knows each event by its id.
 */
export const followLive: Observer = (view) => {
  const { window, document, now, random, scope, flush } = view
  const named = () => [...document.querySelectorAll('[data-attune-live]')]
  const address = new URL(
    named()[0]?.getAttribute('data-attune-live') || '/attune/socket',
    document.location.href,
  ).href
  let line: Line | undefined
  let close: (() => void) | undefined
  let attempt = 0
  let notBefore = 0
  let session: string | undefined
  let isOver = false
  // Something went by fetch, whose answer tells no decisions.
  let isBehind = false

  // Its number and when it began.
  const sessionNow = () => readCookie(document, 'attune_session')?.replace(/\.\d+(\.\d+)\.\d+$/, '$1')
  const head = () => ({
    page: document.location.href.split('#')[0],
    placements: named().map((element) => element.getAttribute('data-attune-placement')),
  })
  // A socket can set no cookies: what the next page is chosen by comes this way.
  const renew = (wish: object) =>
    window.fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...wish, utcOffset: -new Date(now()).getTimezoneOffset() }),
      keepalive: true,
    })
  // What the placements show by now, whatever happened before the socket was there, or elsewhere.
  const hear = async (): Promise<string | undefined> => {
    isBehind = false
    const { ticket, decisions } = await (await renew(head())).json()
    if (decisions && !isOver) announce(window, 'attune:decided', { decisions })
    return ticket
  }
  const catchUp = () => hear().catch(() => {})
  const gone = () => {
    line = close = undefined
  }
  const tick = () => {
    if (!line) return
    flush()
    view.later(tick, TICK)
  }
  const connect = async () => {
    if (close || isOver || document.hidden || now() < notBefore || !view.isOpen()) return
    close = gone
    notBefore = now() + random() * Math.min(LONGEST_WAIT, FIRST_WAIT * (2 ** attempt++ - 1))
    try {
      const ticket = await hear()
      if (!ticket || isOver || document.hidden || !view.isOpen()) return gone()
      const greeted = (opened: Line) => {
        line = opened
        session = sessionNow()
        attempt = notBefore = 0
        void (isBehind ? catchUp().then(tick) : tick())
      }
      close = openLine(view, address, ticket, greeted, gone)
    } catch {
      gone()
    }
  }
  const say = async (init: RequestInit): Promise<Response | undefined> => {
    // Another session may be of somebody else: of who came after a sign-out.
    if (sessionNow() !== session) line?.close()
    const cookies = {
      consent: readCookie(document, 'attune_consent'),
      session: readCookie(document, 'attune_session'),
    }
    const said = await line?.say({ ...cookies, ...head() }, init.body as string, init.signal)
    if (!said) return undefined
    const { status, after, answer } = said
    const { changed, upTo } = answer
    if (answer.decisions) {
      announce(window, 'attune:decided', { decisions: answer.decisions })
      // Who waits for the answer may go on to a page that has to know: if it does not come so, the batch goes again by fetch.
      if (!(await renew({ changed, upTo })).ok) return undefined
    }
    return new window.Response(JSON.stringify(answer), {
      status,
      headers: after ? { 'retry-after': `${after}` } : {},
    })
  }

  flush.via = async (endpoint, init = {}) => {
    // What is too large for a page that ends is too large for a message.
    const answer = init.keepalive ? await say(init).catch(() => undefined) : undefined
    if (answer) return answer
    const fetched = await window.fetch(endpoint, init)
    isBehind = true
    // By now there is a visitor, and a server.
    void (line ? catchUp() : connect())
    return fetched
  }
  scope.push(() => {
    isOver = true
    flush.via = undefined
    close?.()
  })
  listen(scope, document, 'visibilitychange', () => (document.hidden ? close?.() : connect()))
  void connect()
}
