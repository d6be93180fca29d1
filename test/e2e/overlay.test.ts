import { createPreviewLink } from '@attune/next/preview'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser, newVisitor, openPage, variantOf } from '../support/browser.ts'
import { type ShopServer, startShop } from '../support/shop-server.ts'

describe('the developer overlay', () => {
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

  test('is not there in production without a signed preview', async () => {
    const context = await newVisitor(browser)
    const { page, requests } = await openPage(context)
    await context.addCookies([
      { name: 'attune_preview', value: 'v1~AAAA~e30~AAAAAAAAAAAAAAAAAAAAAA', url: shop.origin },
    ])
    await page.goto(shop.origin, { waitUntil: 'load' })
    await page.waitForTimeout(1_000)
    expect(await page.getByRole('button', { name: /attune/i }).count()).toBe(0)
    expect(requests.filter((request) => request.includes('/attune/explain'))).toEqual([])
    expect((await fetch(`${shop.origin}/attune/explain?path=/`)).status).toBe(404)
    await context.close()
  })

  test('shows variant, reason and conditions, and lets one look as another segment, uncached', async () => {
    const context = await newVisitor(browser)
    const { page, complaints } = await openPage(context)
    const link = createPreviewLink({ origin: shop.origin, secret: shop.secret })
    await context.addCookies([{ name: 'attune_consent', value: 'preferences', url: shop.origin }])
    await page.goto(link, { waitUntil: 'load' })
    await page.getByRole('button', { name: /attune/i }).click()
    const hero = page.locator('summary', { hasText: 'home-hero' })
    await hero.waitFor()
    expect(await hero.textContent()).toContain('default')
    await hero.click()
    expect(await page.locator('details[open]').first().textContent()).toMatch(/hiking/)

    await page.getByLabel('Most drawn to hiking').selectOption({ index: 1 })
    const [answer] = await Promise.all([
      page.waitForResponse(
        (response) => response.url() === `${shop.origin}/` && response.request().isNavigationRequest(),
      ),
      page
        .getByRole('button', { name: /look|show|apply/i })
        .last()
        .click(),
    ])
    expect(answer.headers()['cache-control']).toContain('no-store')
    await page.waitForLoadState('load')
    expect(await variantOf(page, 'home-hero')).toBe('hiking')
    // What a preview shows is not held still for the visit.
    const names = (await context.cookies()).map(({ name }) => name)
    expect(names).not.toContain('attune_pin')

    await page.keyboard.press('Escape')
    expect(complaints).toEqual([])
    await context.close()
  })
})
