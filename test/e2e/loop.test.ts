import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser, newVisitor, openPage, variantOf, watchLayoutShifts } from '../support/browser.ts'
import { collected, lookAtProduct } from '../support/collected.ts'
import { sealPreview } from '../support/preview.ts'
import { allowAll, type ShopServer, startShop } from '../support/shop-server.ts'

const HIKING = ['trail-boots', 'rain-jacket', 'day-pack']
const DAY = 86_400_000

describe('the loop in a real browser', () => {
  let shop: ShopServer
  let browser: Browser

  beforeAll(async () => {
    shop = await startShop()
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await shop?.stop()
  })

  test('a new visitor without consent sees baselines and leaves no trace', async () => {
    const context = await newVisitor(browser)
    const { page, requests, complaints } = await openPage(context)
    for (const path of ['/', '/category/hiking', '/product/trail-boots', '/cart', '/privacy', '/']) {
      await page.goto(shop.origin + path)
      await page.mouse.wheel(0, 4_000)
      await page.waitForTimeout(1_500)
    }
    expect(await variantOf(page, 'home-hero')).toBe('default')
    expect(await context.cookies()).toEqual([])
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0])
    expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0)
    expect(requests.filter((request) => request.includes('/attune/'))).toEqual([])
    expect(requests.filter((request) => !request.includes(shop.origin))).toEqual([])
    expect(complaints).toEqual([])
    await context.close()
  })

  test('three hiking products after consent: the next request shows the hiking hero and the offer', async () => {
    const context = await newVisitor(browser)
    const { page, complaints } = await openPage(context)
    const layoutShifts = await watchLayoutShifts(page)
    await page.goto(shop.origin)
    expect(await variantOf(page, 'home-hero')).toBe('default')
    await allowAll(page)
    for (const product of HIKING) await lookAtProduct(page, shop.origin, product)
    const answer = await page.goto(shop.origin)
    // In the HTML that the server sent, not put there by a script.
    expect(await answer!.text()).toMatch(/data-attune-placement="home-hero"[^>]*data-attune-variant="hiking"/)
    expect(await variantOf(page, 'home-hero')).toBe('hiking')
    expect(await variantOf(page, 'offer')).toBe('ten-percent')
    await page.waitForTimeout(500)
    expect(await layoutShifts()).toBeLessThan(0.001)
    expect(complaints).toEqual([])
    await context.close()
  })

  test('a cart left for a day brings the reminder, and buying removes it', async () => {
    const context = await newVisitor(browser)
    const { page, complaints } = await openPage(context)
    await page.goto(`${shop.origin}/product/enamel-mug`)
    await allowAll(page)
    const added = collected(page, '"name":"add_to_cart"')
    await page.getByRole('button', { name: /add to cart/i }).click()
    await added
    await page.goto(shop.origin)
    expect(await variantOf(page, 'cart-reminder')).toBe('none')

    const tomorrow = {
      name: 'attune_preview',
      value: sealPreview(shop.secret, { now: Date.now() + 25 * 3_600_000 }),
      url: shop.origin,
    }
    await context.addCookies([tomorrow])
    const later = await page.goto(shop.origin)
    expect(later!.headers()['cache-control']).toContain('no-store')
    expect(await variantOf(page, 'cart-reminder')).toBe('reminder')

    await page.goto(`${shop.origin}/checkout`)
    await fillCheckout(page)
    const bought = collected(page, '"name":"purchase"')
    await page
      .getByRole('button', { name: /place order|pay|buy|order/i })
      .last()
      .click()
    await bought
    await page.waitForURL('**/checkout/thanks**')
    await page.goto(shop.origin)
    expect(await variantOf(page, 'cart-reminder')).toBe('none')
    expect(complaints).toEqual([])
    await context.close()
  })

  test('with JavaScript off the page is complete and personalised', async () => {
    const context = await newVisitor(browser, { javaScriptEnabled: false })
    await context.addCookies([
      { name: 'attune_consent', value: 'preferences', url: shop.origin },
      {
        name: 'attune_preview',
        value: sealPreview(shop.secret, { assume: { hiker: true } }),
        url: shop.origin,
      },
    ])
    const { page } = await openPage(context)
    await page.goto(shop.origin)
    expect(await variantOf(page, 'home-hero')).toBe('hiking')
    expect(await page.locator('h1').first().isVisible()).toBe(true)
    expect(await page.locator('footer').isVisible()).toBe(true)
    await context.close()
  })

  test('a session never flips between variants on client-side navigation', async () => {
    const context = await newVisitor(browser)
    const { page, complaints } = await openPage(context)
    await page.goto(shop.origin)
    await allowAll(page)
    await page.goto(shop.origin)
    const cta = await variantOf(page, 'hero-cta')
    const seen = new Set([cta])
    for (let round = 0; round < 3; round++) {
      await page.locator('a[href="/category/climbing"]').first().click()
      await page.waitForURL('**/category/climbing')
      await page.locator('a[href="/"]').first().click()
      await page.waitForURL(`${shop.origin}/`)
      await page.locator('[data-attune-placement="hero-cta"]').first().waitFor()
      seen.add(await variantOf(page, 'hero-cta'))
    }
    expect([...seen]).toEqual([cta])
    expect(complaints).toEqual([])
    await context.close()
  })

  test('a decision that really changed is shown at the next client-side navigation', async () => {
    const context = await newVisitor(browser)
    const { page, complaints } = await openPage(context)
    await page.goto(shop.origin)
    await allowAll(page)
    await page.goto(shop.origin)
    for (const product of HIKING) {
      await page.locator('a[href="/category/hiking"]').first().click()
      await page.waitForURL('**/category/hiking')
      const looked = collected(page, `"item_id":"${product}"`)
      await page.locator(`a[href="/product/${product}"]`).first().click()
      await page.waitForURL(`**/product/${product}`)
      await looked
    }
    await page.waitForTimeout(1_500)
    await page.locator('a[href="/"]').first().click()
    await page
      .locator('[data-attune-placement="home-hero"][data-attune-variant="hiking"]')
      .waitFor({ timeout: 5_000 })
    expect(complaints).toEqual([])
    await context.close()
  })

  test('withdrawn consent is heeded on the next request: baselines, and our cookies are gone', async () => {
    const context = await newVisitor(browser)
    const { page } = await openPage(context)
    await page.goto(shop.origin)
    await allowAll(page)
    for (const product of HIKING) await lookAtProduct(page, shop.origin, product)
    await page.goto(shop.origin)
    expect(await variantOf(page, 'home-hero')).toBe('hiking')
    await page.getByRole('button', { name: /privacy choices/i }).click()
    await page.getByRole('button', { name: 'Refuse all' }).click()
    await page.goto(shop.origin)
    expect(await variantOf(page, 'home-hero')).toBe('default')
    const names = (await context.cookies()).map((cookie) => cookie.name)
    expect(names).toEqual(['attune_consent'])
    await context.close()
  })

  test('at night by the visitor’s own clock the announcement changes', async () => {
    const context = await newVisitor(browser, { timezoneId: 'Asia/Tokyo' })
    const { page } = await openPage(context)
    await page.goto(shop.origin)
    await allowAll(page)
    await lookAtProduct(page, shop.origin, 'enamel-mug')
    // 15:30Z is half past midnight in Tokyo; 03:30Z is half past noon.
    const tomorrow = Math.floor(Date.now() / DAY + 1) * DAY
    for (const [hour, variant] of [
      [15.5, 'night'],
      [27.5, 'day'],
    ] as const) {
      const value = sealPreview(shop.secret, { now: tomorrow + hour * 3_600_000 })
      await context.addCookies([{ name: 'attune_preview', value, url: shop.origin }])
      await page.goto(shop.origin)
      expect(await variantOf(page, 'announcement')).toBe(variant)
    }
    await context.close()
  })
})

async function fillCheckout(page: import('playwright-core').Page): Promise<void> {
  for (const input of await page.locator('main form input:visible, main form select:visible').all()) {
    const [type, name, required] = await Promise.all([
      input.getAttribute('type'),
      input.getAttribute('name'),
      input.evaluate((element) => (element as HTMLInputElement).required),
    ])
    if (!required || type === 'radio' || type === 'checkbox' || type === 'submit') continue
    await input.fill(sample(name ?? '', type ?? 'text'))
  }
}

function sample(name: string, type: string): string {
  if (type === 'email') return 'ann@example.com'
  if (/post/i.test(name)) return 'LA22 9BU'
  if (/expir/i.test(name)) return '12/30'
  if (/cvc|security/i.test(name)) return '123'
  if (/card|number/i.test(name)) return '4242 4242 4242 4242'
  return 'Example'
}
