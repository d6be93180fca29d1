import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { findPrograms } from '../faults/cache-grid/caches.ts'
import { newVisitor, openPage, variantOf, watchLayoutShifts } from '../support/browser.ts'
import { CHROMIUM_FLAGS, chromiumPath } from '../support/chromium.ts'
import { type LiveCollector, startShopSockets } from '../support/live-collector.ts'
import {
  type CuttableFront,
  type LiveFront,
  type LivePorts,
  startNginxFront,
  startNodeFront,
  startVarnishFront,
} from '../support/live-front.ts'
import { allowAll, type ShopServer, startShop } from '../support/shop-server.ts'

const PATIENCE = { timeout: 20_000, interval: 20 }
const KEYS_AT_REST = 'keys at rest of the live shop under test of 32 characters or more'
const LOOK = { item_id: 'day-pack', item_category: 'hiking' }
const programs = await findPrograms()
const missing = typeof programs === 'string' ? programs : undefined

/** The built shop whose product page has a live offer, and `attune serve --sockets` on the same store behind something in front. */
describe('the shop with sockets', () => {
  let browser: Browser
  let shop: ShopServer
  let collector: LiveCollector
  let ports: LivePorts
  let plain: CuttableFront

  beforeAll(async () => {
    // As people have it: pages that were left rest in the back/forward cache.
    browser = await chromium.launch({
      executablePath: chromiumPath(),
      args: [...CHROMIUM_FLAGS],
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
    })
    const keys = { ATTUNE_KEYS_AT_REST: KEYS_AT_REST }
    shop = await startShop({ SHOP_SOCKETS: '1', ...keys })
    collector = await startShopSockets({ ATTUNE_SECRET: shop.secret, ATTUNE_DATA: shop.data, ...keys })
    ports = { site: Number(new URL(shop.origin).port), sockets: collector.port }
    plain = await startNodeFront(ports)
  })
  beforeEach(() => plain.heal())
  afterAll(async () => {
    await browser?.close()
    await plain?.stop()
    await collector?.end()
    await shop?.stop()
  })

  interface Visit {
    readonly context: BrowserContext
    readonly page: Page
    readonly complaints: readonly string[]
    /** What came down over sockets. */
    readonly down: readonly string[]
    /** Batches that were acknowledged, either way. */
    readonly taken: readonly string[]
    readonly shifts: () => Promise<number>
  }

  /** A visitor who looks at a second product. */
  async function lookTwice(origin: string): Promise<Visit> {
    const context = await newVisitor(browser)
    const { page, complaints } = await openPage(context)
    const shifts = await watchLayoutShifts(page)
    const down: string[] = []
    const taken: string[] = []
    page.on('websocket', (socket) => {
      const up: string[] = []
      socket.on('framesent', ({ payload }) => up.push(String(payload)))
      socket.on('framereceived', ({ payload }) => {
        down.push(String(payload))
        // One at a time: it is the answer to the last.
        taken.push(up.at(-1) ?? '')
      })
    })
    page.on('response', (answer) => {
      if (answer.ok() && answer.url().endsWith('/attune/collect'))
        taken.push(answer.request().postData() ?? '')
    })
    await page.goto(`${origin}/privacy`)
    await allowAll(page)
    for (const product of ['trail-boots', 'rain-jacket']) {
      await page.goto(`${origin}/product/${product}`)
      await expect.poll(() => taken.join(), PATIENCE).toContain(`"item_id":"${product}"`)
    }
    expect(await variantOf(page, 'offer')).toBe('none')
    return { context, page, complaints, down, taken, shifts }
  }

  /** Opens one, and waits for its page's socket. */
  async function lookTwiceLive(origin: string): Promise<Visit> {
    const visit = await lookTwice(origin)
    await expect.poll(() => visit.down.at(-1) ?? '', PATIENCE).toContain('"n":')
    return visit
  }

  const offerShown = (page: Page) => page.getByRole('complementary', { name: 'An offer for you' }).isVisible()

  describe.each([
    ['a proxy', async () => plain, undefined],
    ['nginx', async () => startNginxFront(needed().nginx, ports), missing],
    ['Varnish', async () => startVarnishFront(needed().varnish, ports), missing],
  ] as const)('behind %s', (_, start, reason) => {
    let front: LiveFront
    beforeAll(async () => {
      if (reason === undefined) front = await start()
    })
    afterAll(async () => {
      if (front !== plain) await front?.stop()
    })

    test.skipIf(reason !== undefined)(
      'the offer comes at the third look, while the visitor looks: no reload, nothing moves, the focus stays',
      async () => {
        const { context, page, complaints, shifts } = await lookTwiceLive(front.origin)
        await page.evaluate(() => Object.assign(window, { stays: true }))
        await page.getByLabel('Quantity').focus()
        const top = () => page.locator('.facts').evaluate((element) => element.getBoundingClientRect().top)
        const before = [await top(), await shifts()]
        await look(page)
        await expect.poll(() => variantOf(page, 'offer'), PATIENCE).toBe('ten-percent')
        expect(await offerShown(page)).toBe(true)
        expect([await top(), await shifts()]).toEqual(before)
        expect(await page.evaluate(() => ['stays' in window, document.activeElement?.tagName])).toEqual([
          true,
          'SELECT',
        ])
        // The next page is another process's, which reads the same store.
        const home = await page.goto(front.origin)
        expect(await home!.text()).toMatch(
          /data-attune-placement="offer"[^>]*data-attune-variant="ten-percent"/,
        )
        expect(complaints).toEqual([])
        await context.close()
      },
    )
  })

  test('the offer comes at the third product also when its page was reached without a document', async () => {
    const { context, page, complaints } = await lookTwiceLive(plain.origin)
    await page.evaluate(() => Object.assign(window, { stays: true }))
    await page.locator('a[href^="/product/"]:not([href$="/rain-jacket"])').first().click()
    await page.waitForURL((url) => !url.pathname.endsWith('/rain-jacket'))
    // Where the pointer rests nothing changes.
    await page.mouse.move(0, 0)
    await expect.poll(() => variantOf(page, 'offer'), PATIENCE).toBe('ten-percent')
    expect(await page.evaluate(() => 'stays' in window)).toBe(true)
    expect(complaints).toEqual([])
    await context.close()
  })

  test('a page out of the back-forward cache has a socket again, and changes', async () => {
    const { context, page, complaints, down } = await lookTwiceLive(plain.origin)
    await page.evaluate(() => {
      addEventListener('pageshow', ({ persisted }) => Object.assign(window, { persisted }))
    })
    await page.goto(`${plain.origin}/privacy`)
    const heard = down.length
    await page.goBack({ waitUntil: 'commit' })
    await expect
      .poll(() => page.evaluate(() => 'persisted' in window && window.persisted), PATIENCE)
      .toBe(true)
    await expect.poll(() => down.slice(heard).join(), PATIENCE).toContain('"n":0')
    await look(page)
    await expect.poll(() => variantOf(page, 'offer'), PATIENCE).toBe('ten-percent')
    expect(complaints).toEqual([])
    await context.close()
  })

  test('with its socket cut the page is any page: events go by HTTP, and the next page knows', async () => {
    const { context, page, complaints, taken } = await lookTwiceLive(plain.origin)
    plain.cut()
    await look(page)
    await expect.poll(() => taken.join(), PATIENCE).toContain(LOOK.item_id)
    expect(await variantOf(page, 'offer')).toBe('none')
    await page.getByRole('button', { name: /add to cart/i }).click()
    await page.goto(`${plain.origin}/product/day-pack`)
    expect(await variantOf(page, 'offer')).toBe('ten-percent')
    expect(await offerShown(page)).toBe(true)
    expect(complaints.filter((text) => text.startsWith('error'))).toEqual([])
    await context.close()
  })

  test('without anything that answers sockets as well', async () => {
    const { context, page, complaints, taken } = await lookTwice(shop.origin)
    await look(page)
    await expect.poll(() => taken.join(), PATIENCE).toContain(LOOK.item_id)
    expect(await variantOf(page, 'offer')).toBe('none')
    await page.goto(`${shop.origin}/product/day-pack`)
    expect(await variantOf(page, 'offer')).toBe('ten-percent')
    expect(complaints.filter((text) => text.startsWith('error'))).toEqual([])
    await context.close()
  })
})

function needed(): Exclude<typeof programs, string> {
  if (typeof programs === 'string') throw new Error(programs)
  return programs
}

/** Looks at a third product without leaving the page, as in a quick view. */
function look(page: Page): Promise<void> {
  return page.evaluate((properties) => {
    const { attune } = window as unknown as { attune: { track: (...of: unknown[]) => unknown } }
    attune.track('view_item', properties)
  }, LOOK)
}
