import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Tracker } from '../src/index.ts'
import { makePage, type Page } from './support/make-page.ts'

interface PageWithTracker {
  attune?: Tracker & { readonly q?: unknown[] }
}

let page: Page
let host: PageWithTracker

beforeEach(() => {
  vi.useFakeTimers()
  vi.resetModules()
  page = makePage()
  // The script finds its page in the globals, as in a browser.
  host = page.window as PageWithTracker
  vi.stubGlobal('window', page.window)
  vi.stubGlobal('document', page.window.document)
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

function makeScriptTag(endpoint?: string): void {
  const script = page.window.document.createElement('script')
  if (endpoint !== undefined) script.dataset.endpoint = endpoint
  Object.defineProperty(page.window.document, 'currentScript', { value: script })
}

test('the script starts by itself, sends to the endpoint of its tag and is window.attune', async () => {
  makeScriptTag('/my/collect')
  page.consent('preferences')
  await import('../src/attune.ts')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(page.sent.map(({ url }) => url)).toEqual(['/my/collect'])
  expect(host.attune?.consent()).toEqual(['preferences'])
})

test('calls of a stub made before the script are sent after the page view, and the stub becomes the tracker', async () => {
  makeScriptTag()
  page.consent('preferences')
  const stub = {
    q: [] as unknown[],
    track(...call: unknown[]) {
      this.q.push(call)
    },
  }
  stub.track('view_item', { item_id: 'a' })
  stub.track('add_to_cart', { item_id: 'a' })
  host.attune = stub as unknown as Tracker
  await import('../src/attune.ts')
  await page.settle()
  expect(page.names()).toEqual(['page_view', 'view_item', 'add_to_cart'])
  expect(page.sent[0]?.url).toBe('/attune/collect')
  expect(host.attune).toBe(stub)
  stub.track('purchase', { value: 1 })
  await page.settle()
  expect(page.names()).toContain('purchase')
})

test('what a stub’s identify noted is told once the part for it has come, by the stub or by the tracker', async () => {
  makeScriptTag()
  page.consent('preferences')
  vi.stubGlobal('HTMLFormElement', page.window.HTMLFormElement)
  const stub = {
    q: [] as unknown[],
    i: [] as object[],
    track(...call: unknown[]) {
      this.q.push(call)
    },
    identify(traits: object) {
      this.i.push(traits)
    },
  }
  host.attune = stub as unknown as Tracker
  stub.identify({ sports: ['hiking'], note: null })
  await import('../src/attune.ts')
  // The tracker keeps what is not its own.
  stub.identify({ newsletter: true })
  await import('../src/attune-traits.ts')
  await vi.advanceTimersByTimeAsync(1_000)
  const told = page.sent.flatMap(({ body }) => body.events).filter(({ name }) => name === 'identify')
  expect(told.map(({ properties }) => properties)).toEqual([
    { sports: '["hiking"]', note: '' },
    { newsletter: true },
  ])
  stub.identify({ newsletter: false })
  expect(stub.i).toEqual([])
})

test('a tag that is on the page twice starts one tracker', async () => {
  makeScriptTag()
  page.consent('preferences')
  await import('../src/attune.ts')
  vi.resetModules()
  await import('../src/attune.ts')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(page.names()).toEqual(['page_view'])
})

test('the page-views script sends page views only; track does nothing and consent works', async () => {
  makeScriptTag()
  await import('../src/attune-page.ts')
  expect(host.attune?.consent({ preferences: true })).toEqual(['preferences'])
  await host.attune?.track('purchase', { value: 1 })
  page.emit(page.window.document, 'click')
  await vi.advanceTimersByTimeAsync(1_000)
  page.window.history.pushState(null, '', '/next')
  page.hide()
  expect(page.names()).toEqual(['page_view', 'page_view'])
})

test('the scripts may be imported where there is no page', async () => {
  vi.unstubAllGlobals()
  await import('../src/attune.ts')
  await import('../src/attune-page.ts')
})
