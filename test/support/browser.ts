import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'
import { CHROMIUM_FLAGS, chromiumPath } from './chromium.ts'

/** Starts a real Chromium, without the calls home that it makes by itself. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), args: [...CHROMIUM_FLAGS] })
}

/** What a person's Chromium says of itself; without a screen it would call itself a program, whose events are refused. */
export const PERSON: string =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36'

/** Opens a browser profile of its own for one visitor. */
export function newVisitor(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  return browser.newContext({ userAgent: PERSON, ...options })
}

/** What a page complained of and asked for while a test used it. */
export interface Watched {
  readonly page: Page
  /** Console errors, uncaught errors, failed requests. */
  readonly complaints: string[]
  /** Every request's method and URL. */
  readonly requests: string[]
}

/** Opens a page that remembers every complaint and request. */
export async function openPage(context: BrowserContext): Promise<Watched> {
  const page = await context.newPage()
  const complaints: string[] = []
  const requests: string[] = []
  page.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return
    // Of a resource the text says the status alone.
    const place = message.text().startsWith('Failed to load')
      ? ` ${new URL(message.location().url).pathname}`
      : ''
    complaints.push(`console: ${message.text()}${place}`)
  })
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
  page.on('request', (request) => requests.push(`${request.method()} ${request.url()}`))
  return { page, complaints, requests }
}

/** Sums the layout shifts of a page (CLS without windows: an upper bound of it). Call before the page is opened. */
export async function watchLayoutShifts(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const shifts = { total: 0 }
    Object.assign(window, { attuneTestShifts: shifts })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number
        hadRecentInput: boolean
      })[]) {
        if (!entry.hadRecentInput) shifts.total += entry.value
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
  return () =>
    page.evaluate(() => (window as unknown as { attuneTestShifts: { total: number } }).attuneTestShifts.total)
}

/** The variant that a placement shows on a page. */
export function variantOf(page: Page, placement: string): Promise<string | null> {
  return page.locator(`[data-attune-placement="${placement}"]`).first().getAttribute('data-attune-variant')
}
