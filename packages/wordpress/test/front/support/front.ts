import type { PublishedRuleset } from '@attune/core'
import { parseRuleset } from '@attune/core/check'
import { publishRuleset } from '@attune/core/publish'
import { Window as HappyWindow } from 'happy-dom'
import { afterEach, beforeEach, vi } from 'vitest'
import { startPage } from '../../../src/front/start-page.ts'

export const HASH = '3fa1c2aaaaaaaaaa'
const KEYS = ['keen', 'never']
export const COLLECTOR = '/attune/collect'

/** What a page holds and what it is answered. */
export interface PageParts {
  readonly events?: readonly object[]
  readonly html?: string
  readonly fragments?: object
  /** Members of the ruleset beside those that every page has. */
  readonly ruleset?: object
  /** The traits that a page may tell. */
  readonly traits?: object
  /** Members of its configuration. */
  readonly config?: object
  /** The id that the collector tells. */
  readonly visitor?: string
}

/** A browser of the test file: a window for each test, with its own clock, whose requests are noted. */
export interface Front {
  window: Window & typeof globalThis
  asked: string[]
  /** Puts a page into the window. */
  makePage(parts?: PageParts): void
  /** Puts it there, starts its script and lets it rest. */
  look(parts?: PageParts): Promise<void>
  settle(): Promise<unknown>
  consent(value: string): void
  /** The same, told to the page. */
  say(value: string): void
}

export const SEEN = { name: 'view_item', properties: { item_id: 'a' } }

/** Opens a browser before each test of the file and closes it after. */
export function openFront(): Front {
  const front: Front = {
    window: globalThis.window,
    asked: [],
    makePage({ events = [], html = '', fragments = {}, ruleset = {}, traits, config = {}, visitor } = {}) {
      const whole = {
        hash: HASH,
        keys: KEYS,
        ruleset: '/wp-json/attune/v1/ruleset?for=browser&v=3fa1c2',
        fragments: '/wp-json/attune/v1/fragments',
        collector: '',
        explicitConsent: true,
        consentApi: false,
        scope: '',
        path: '/',
        events,
        ...config,
      }
      front.window.document.body.innerHTML = `<script type="application/json" id="attune-config">${JSON.stringify(whole)}</script>${html}`
      front.window.fetch = async (address) => {
        front.asked.push(String(address))
        if (String(address) === COLLECTOR) return Response.json({ accepted: 1, visitor })
        return String(address).includes('fragments')
          ? Response.json(fragments)
          : Response.json({ hash: HASH, keys: KEYS, ruleset: publish(ruleset, traits) })
      }
    },
    async look(parts) {
      front.makePage(parts)
      await startPage(front.window)
      await front.settle()
    },
    // The tracker waits a second for company, and for the title.
    settle: () => vi.advanceTimersByTimeAsync(2_000),
    consent(value) {
      front.window.document.cookie = `attune_consent=${value}; Path=/`
    },
    say(value) {
      front.consent(value)
      front.window.document.dispatchEvent(new front.window.CustomEvent('attune:consent'))
    },
  }
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.UTC(2026, 10, 22, 12) })
    front.asked = []
    // happy-dom describes the same objects with types of its own.
    front.window = new HappyWindow({ url: 'https://site.test/' }) as unknown as Window & typeof globalThis
    vi.stubGlobal('window', front.window)
    vi.stubGlobal('document', front.window.document)
  })
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.useRealTimers()
  })
  return front
}

function publish(more: object, traits: object | undefined): PublishedRuleset {
  const parsed = parseRuleset({
    version: 1,
    revision: 'page.1',
    events: { view_item: { properties: { item_id: 'string' } }, add_to_cart: {} },
    segments: {
      keen: { when: { count: 'view_item', within: '1d', atLeast: 1 } },
      never: { when: { count: 'add_to_cart', atLeast: 9 } },
    },
    ...more,
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  const published = publishRuleset(parsed.value, { document: false })
  // As much of the document as PHP gives browsers.
  return traits === undefined ? published : ({ ...published, document: { traits } } as PublishedRuleset)
}
