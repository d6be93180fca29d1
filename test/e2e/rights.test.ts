import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { launchBrowser, newVisitor, openPage } from '../support/browser.ts'
import { collected } from '../support/collected.ts'
import { createVisitor } from '../support/http-visitor.ts'
import { allowAll, type ShopServer, startShop } from '../support/shop-server.ts'

const PAGE = '/attune/my-data'

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

/** Somebody who allowed everything and looked at a product, at the page of their data. */
async function openAsKnown(javaScriptEnabled = true) {
  const context = await newVisitor(browser)
  const first = await context.newPage()
  await first.goto(`${shop.origin}/`)
  await allowAll(first)
  const taken = collected(first, '"page":"/category/hiking"')
  await first.goto(`${shop.origin}/category/hiking`)
  await taken
  const cookies = await context.cookies()
  await context.close()
  const known = await newVisitor(browser, { javaScriptEnabled })
  await known.addCookies(cookies)
  const opened = await openPage(known)
  await opened.page.goto(shop.origin + PAGE)
  return { ...opened, context: known }
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

test('a visitor without scripts finds the page, sees what is kept, takes it, and deletes it for good', async () => {
  const { page, context, complaints } = await openAsKnown(false)
  await page.goto(`${shop.origin}/privacy`)
  await page.getByRole('contentinfo').getByRole('link', { name: 'Your data' }).click()
  expect(new URL(page.url()).pathname).toBe(PAGE)
  await page.getByRole('row').filter({ hasText: 'page opened' }).first().waitFor()

  const download = page.waitForEvent('download')
  await press(page, 'Download')
  const document = JSON.parse(await readFile(await (await download).path(), 'utf8'))
  expect(document.events.length).toBeGreaterThan(0)
  expect(document.consent).toMatchObject([{ by: 'accept' }])
  // The page stays, and so does what its button does.
  const second = page.waitForEvent('download')
  await press(page, 'Download')
  const again = JSON.parse(await readFile(await (await second).path(), 'utf8'))
  expect(again.events).toEqual(document.events)

  // The browser itself asks for the tick.
  await press(page, 'Delete everything')
  expect(new URL(page.url()).pathname).toBe(PAGE)
  await page.getByRole('checkbox').check()
  await press(page, 'Delete everything')
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Deleted')
  const left = (await context.cookies()).map(({ name }) => name)
  expect(left.sort()).toEqual(['attune_consent', 'attune_gone'])
  await page.goto(shop.origin + PAGE)
  expect(await page.getByRole('status').textContent()).toContain('no number of ours')
  expect(complaints).toEqual([])
  await context.close()
})

test('whoever comes back with the old cookies is nobody, and starts anew', async () => {
  const { page, context } = await openAsKnown()
  const old = await context.cookies()
  await page.getByRole('checkbox').check()
  await press(page, 'Delete everything')
  await page.getByText('Everything that was kept').waitFor()
  const again = await newVisitor(browser)
  await again.addCookies(old)
  const later = await again.newPage()
  await later.goto(shop.origin + PAGE)
  expect(await later.getByText('Nothing is kept about this browser.').isVisible()).toBe(true)
  const visitorOf = async () =>
    (await again.cookies()).find(({ name }) => name.endsWith('attune_visitor'))?.value
  const before = await visitorOf()
  await later.goto(`${shop.origin}/category/climbing`)
  await expect.poll(visitorOf, { timeout: 15_000 }).not.toBe(before)
  await context.close()
  await again.close()
})

test('the page works by keyboard alone, in light and dark, on a phone, and complains of nothing', async () => {
  const { page, context, complaints } = await openAsKnown()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width: 360, height: 740 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0)
  }
  const order: string[] = []
  for (let step = 0; step < 4; step++) {
    await page.keyboard.press('Tab')
    order.push(
      await page.evaluate(
        () => document.activeElement?.textContent || document.activeElement?.nodeName || '',
      ),
    )
  }
  expect(order).toEqual(['Back to Fell & Fjord', 'Download', 'INPUT', 'Delete everything'])
  expect(complaints).toEqual([])
  await context.close()
})

test('a page of another site can neither frame it nor press its buttons', async () => {
  const { page, context } = await openAsKnown()
  const token = await page.locator('form[action$="/erase"] input[name=token]').getAttribute('value')
  const html = `<form method="post" action="${shop.origin}${PAGE}/erase"><input name="token" value="${token}"><input name="sure" value="yes"><button>Win</button></form><iframe src="${shop.origin}${PAGE}"></iframe>`
  const other = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end(html))
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void other.close())
  const address = other.address()
  const port = typeof address === 'object' ? address?.port : undefined
  // 127.0.0.1 and localhost are two sites to a browser.
  const host = new URL(shop.origin).hostname === '127.0.0.1' ? 'localhost' : '127.0.0.1'
  const elsewhere = await context.newPage()
  await elsewhere.goto(`http://${host}:${port}/`)
  expect(await elsewhere.frames()[1]?.getByRole('button').count()).toBe(0)
  await press(elsewhere, 'Win')
  await elsewhere.getByRole('heading', { name: 'That did not work' }).waitFor()
  await page.reload()
  expect(await page.getByRole('button', { name: 'Delete everything' }).isVisible()).toBe(true)
  await context.close()
})

test('with one visitor’s cookies nothing is heard of another, wherever the other is named', async () => {
  const [own, other] = [createVisitor(shop.origin), createVisitor(shop.origin)]
  for (const [visitor, id] of [
    [own, 'mine'],
    [other, 'canary-of-another'],
  ] as const) {
    visitor.grant('preferences')
    await visitor.send([{ name: 'view_item', properties: { item_id: id, item_category: 'hiking' } }])
  }
  const theirs = other.cookies.get('attune_visitor') ?? ''
  const id = theirs.split('~')[2] ?? ''
  expect(id).toHaveLength(22)
  const shown = (text: string) => text.replaceAll(/nonce(=|-)"?[\w-]+"?|value="v1~[^"]+"/g, '')
  const plain = await own.get(PAGE)
  expect([plain.status, plain.text.includes('product looked at')]).toEqual([200, true])
  for (const asked of [`${PAGE}?visitor=${id}`, `${PAGE}?attune_visitor=${encodeURIComponent(theirs)}`]) {
    expect(shown((await own.get(asked)).text)).toBe(shown(plain.text))
  }
  for (const header of ['x-visitor', 'authorization', 'x-attune-visitor']) {
    expect(shown((await own.get(PAGE, { [header]: `Bearer ${theirs}` })).text)).toBe(shown(plain.text))
  }
  for (const path of [`${PAGE}/${id}`, `${PAGE}/download/${id}`, `${PAGE}/${encodeURIComponent(theirs)}`]) {
    const { status, text } = await own.get(path)
    expect([path, status, text]).toEqual([path, 404, 'Not found'])
  }
})
