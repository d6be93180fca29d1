import { type Browser, type BrowserContext, chromium } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type BehaviourSite, startBehaviourSite } from '../support/behaviour-site.ts'
import { newVisitor, openPage } from '../support/browser.ts'
import { CHROMIUM_FLAGS, chromiumPath } from '../support/chromium.ts'

const SNIPPET = `<script>
  window.dataLayer = window.dataLayer || []
  function gtag() { dataLayer.push(arguments) }
  gtag('js', new Date())
  gtag('event', 'view_item', { currency: 'EUR', value: 129.9, items: [{ item_id: 'boots' }] })
  dataLayer.push({ ecommerce: null })
  dataLayer.push({ event: 'add_to_cart', ecommerce: { currency: 'EUR', value: 9.9, items: [{ item_id: 'socks' }] } })
</script>
<script defer src="/attune-datalayer.js"></script>`

const ANALYTICS = `<script>
  var analytics = window.analytics = window.analytics || []
  for (const method of ['track', 'page', 'identify']) analytics[method] = (...args) => analytics.push([method, ...args])
  analytics.page()
  analytics.track('Product Viewed', { product_id: 'boots', price: '129.90' })
</script>
<script defer src="/attune-analytics.js"></script>`

describe('what a site tells other tools, in a real browser', () => {
  let site: BehaviourSite
  let browser: Browser
  let context: BrowserContext

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath(), args: [...CHROMIUM_FLAGS] })
  })
  afterAll(() => browser?.close())
  beforeEach(async () => {
    site = await startBehaviourSite()
    context = await newVisitor(browser)
  })
  afterEach(async () => {
    await context.close()
    await site.stop()
  })

  const consent = () =>
    context.addCookies([{ name: 'attune_consent', value: 'statistics', url: site.origin }])
  const hear = (names: readonly string[]) =>
    vi.waitFor(() => expect(site.heard.map(({ name }) => name)).toEqual(expect.arrayContaining([...names])), {
      timeout: 10_000,
      interval: 50,
    })
  const propertiesOf = (name: string) =>
    site.heard.filter((event) => event.name === name).map(({ properties }) => properties)

  test('pushes made before the script loads are heard once each, and the data layer keeps what it had', async () => {
    await consent()
    site.pages.set('/', SNIPPET)
    const { page, complaints } = await openPage(context)
    await page.goto(site.origin)
    await hear(['view_item', 'add_to_cart'])
    await page.evaluate(() => {
      const { gtag } = window as unknown as { gtag(...call: unknown[]): void }
      gtag('event', 'purchase', { transaction_id: '7', value: 139.8, items: [{ item_id: 'boots' }, {}] })
    })
    await hear(['purchase'])
    expect(propertiesOf('view_item')).toEqual([
      { currency: 'EUR', value: 129.9, item_count: 1, item_id: 'boots' },
    ])
    expect(propertiesOf('add_to_cart')).toEqual([
      { currency: 'EUR', value: 9.9, item_count: 1, item_id: 'socks' },
    ])
    expect(propertiesOf('purchase')).toEqual([
      { transaction_id: '7', value: 139.8, item_count: 2, item_id: 'boots' },
    ])
    const length = await page.evaluate(() => (window as unknown as { dataLayer: unknown[] }).dataLayer.length)
    expect(length).toBe(5)
    expect(complaints).toEqual([])
  })

  test('calls of the analytics snippet, before and after the script, are heard', async () => {
    await consent()
    site.pages.set('/', ANALYTICS)
    const { page, complaints } = await openPage(context)
    await page.goto(site.origin)
    await hear(['view_item'])
    await page.evaluate(() =>
      (window as unknown as { analytics: { track(...call: unknown[]): void } }).analytics.track(
        'Product Added',
        {
          product_id: 'boots',
        },
      ),
    )
    await hear(['add_to_cart'])
    expect([propertiesOf('view_item'), propertiesOf('add_to_cart')]).toEqual([
      [{ price: 129.9, item_id: 'boots' }],
      [{ item_id: 'boots' }],
    ])
    expect(site.heard.filter(({ name }) => name === 'page_view')).toHaveLength(1)
    expect(complaints).toEqual([])
  })

  test('before consent none of it is sent or kept', async () => {
    site.pages.set('/', SNIPPET + ANALYTICS)
    const { page } = await openPage(context)
    await page.goto(site.origin)
    await page.waitForTimeout(500)
    expect(site.heard).toEqual([])
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0])
    expect(await context.cookies()).toEqual([])
  })
})
