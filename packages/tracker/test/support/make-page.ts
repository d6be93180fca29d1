import { Window as HappyWindow } from 'happy-dom'
import type { Environment } from '../../src/environment.ts'

/** One request as the collector would get it. */
export interface Sent {
  readonly by: 'fetch' | 'beacon'
  readonly url: string
  readonly body: SentBody
  readonly init: RequestInit
}

export interface SentBody {
  readonly sent: number
  readonly utcOffset: number
  readonly page: string
  readonly events: readonly {
    readonly id: string
    readonly name: string
    readonly time: number
    readonly properties: Readonly<Record<string, unknown>>
  }[]
}

/** A page with its own clock, chance, network and viewport. */
export interface Page {
  readonly window: Window & typeof globalThis
  readonly environment: Environment
  readonly sent: Sent[]
  /** How the collector answers; throws for a network that is down. */
  answer: (sent: Sent) => Response | Promise<Response>
  /** Whether the browser takes a beacon. */
  takesBeacon: (body: string) => boolean
  /** The next chances, then 0.5 for ever. */
  chances: number[]
  focused: boolean
  now(): number
  /** Moves the clock, running every timer that falls due, and lets promises settle. */
  advance(milliseconds: number): Promise<void>
  /** Waits until observers of mutations have been called. */
  mutated(): Promise<void>
  /** Lets promises settle without moving the clock. */
  settle(): Promise<void>
  emit(target: EventTarget, type: string, values?: object): void
  show(): void
  hide(): void
  /** Tells every observer of this element how much of it is in view. */
  scrollIntoView(element: Element, ratio: number): void
  names(): string[]
  consent(value: string): void
}

const START = Date.UTC(2026, 4, 4, 12)

interface Timer {
  readonly at: number
  readonly task: () => void
}

/** Builds a page at `url`, without consent. `storage` is what an earlier page of the tab left. */
export function makePage(url = 'https://shop.test/', storage: Readonly<Record<string, string>> = {}): Page {
  const happy = new HappyWindow({ url, settings: { disableJavaScriptFileLoading: true } })
  // happy-dom describes the same objects with types of its own.
  const window = happy as unknown as Window & typeof globalThis
  const { document } = window
  const timers = new Set<Timer>()
  const observers = new Set<FakeIntersectionObserver>()
  let now = START
  let hidden = false

  class FakeIntersectionObserver {
    readonly elements = new Set<Element>()
    readonly callback: (entries: object[]) => void
    constructor(callback: (entries: object[]) => void) {
      this.callback = callback
      observers.add(this)
    }
    observe(element: Element): void {
      this.elements.add(element)
    }
    unobserve(element: Element): void {
      this.elements.delete(element)
    }
    disconnect(): void {
      this.elements.clear()
    }
  }

  const page: Page = {
    window,
    environment: {
      window,
      now: () => now,
      random: () => page.chances.shift() ?? 0.5,
      later(task, delay) {
        const timer = { at: now + delay, task }
        timers.add(timer)
        return () => timers.delete(timer)
      },
    },
    sent: [],
    answer: () => Response.json({ accepted: 1, duplicates: 0, rejected: [] }),
    takesBeacon: () => true,
    chances: [],
    focused: true,
    now: () => now,
    async advance(milliseconds) {
      await page.settle()
      const end = now + milliseconds
      for (;;) {
        const due = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
        if (!due) break
        timers.delete(due)
        now = Math.max(now, due.at)
        due.task()
        await page.settle()
      }
      now = end
      await page.settle()
    },
    mutated: () => happy.happyDOM.waitUntilComplete(),
    async settle() {
      for (let turn = 0; turn < 20; turn++) await Promise.resolve()
    },
    emit(target, type, values = {}) {
      target.dispatchEvent(Object.assign(new window.Event(type, { bubbles: true }), values))
    },
    show() {
      hidden = false
      page.emit(document, 'visibilitychange')
    },
    hide() {
      hidden = true
      page.emit(document, 'visibilitychange')
    },
    scrollIntoView(element, ratio) {
      for (const { elements, callback } of observers) {
        if (elements.has(element)) {
          callback([{ target: element, isIntersecting: ratio > 0, intersectionRatio: ratio }])
        }
      }
    },
    names: () => page.sent.flatMap(({ body }) => body.events.map(({ name }) => name)),
    consent(value) {
      document.cookie = `attune_consent=${value}; Path=/`
      page.emit(document, 'attune:consent')
    },
  }

  for (const [key, value] of Object.entries(storage)) window.sessionStorage.setItem(key, value)
  const record = (by: Sent['by'], target: unknown, body: unknown, init: RequestInit = {}) => {
    const sent: Sent = { by, url: String(target), body: JSON.parse(String(body)), init }
    page.sent.push(sent)
    return sent
  }
  Object.defineProperty(window, 'IntersectionObserver', { value: FakeIntersectionObserver })
  Object.defineProperty(document, 'hidden', { get: () => hidden })
  Object.defineProperty(document, 'hasFocus', { value: () => page.focused })
  Object.defineProperty(window, 'fetch', {
    configurable: true,
    value: async (target: unknown, init: RequestInit) =>
      page.answer(record('fetch', target, init.body, init)),
  })
  Object.defineProperty(window.navigator, 'sendBeacon', {
    configurable: true,
    value: (target: unknown, body: string) => {
      if (!page.takesBeacon(body)) return false
      record('beacon', target, body)
      return true
    },
  })
  return page
}

/** Answers a status without a body. */
export function status(code: number, headers: Record<string, string> = {}): Response {
  return new Response('', { status: code, headers })
}
