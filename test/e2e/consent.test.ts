import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser, newVisitor, openPage, variantOf } from '../support/browser.ts'
import { lookAtProduct } from '../support/collected.ts'
import { allowAll, type ShopServer, startShop } from '../support/shop-server.ts'

// Ours, whatever it is called; everything else is the shop's own.
const OUR_SCRIPT = /\/attune[\w-]*\.js$/

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

/** Every page of the shop that a link leads to. */
async function findPages(): Promise<readonly string[]> {
  const found = new Set(['/'])
  for (const path of found) {
    const html = await (await fetch(shop.origin + path)).text()
    for (const [, link] of html.matchAll(/<a [^>]*?href="(\/[^"#?]*)"/g)) found.add(link!)
  }
  return [...found]
}

/** What a browser holds of the shop, kind by kind. */
function kept(page: Page): Promise<object> {
  return page.evaluate(async () => ({
    cookie: document.cookie,
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }))
}

const NOTHING = { cookie: '', local: [], session: [], databases: [], caches: [], workers: 0 }

/** Looks at every page as a person would, and tells what was asked for and what is held after each. */
async function walk(paths: readonly string[], withUs: boolean) {
  const context = await newVisitor(browser)
  if (!withUs) await context.route(OUR_SCRIPT, (route) => route.abort())
  const { page, requests } = await openPage(context)
  const seen: { readonly path: string; readonly asked: readonly string[]; readonly kept: object }[] = []
  for (const path of paths) {
    requests.length = 0
    await page.goto(shop.origin + path)
    await page.mouse.move(200, 300)
    await page.mouse.wheel(0, 4_000)
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    await page.waitForTimeout(150)
    const asked = requests.filter((request) => !OUR_SCRIPT.test(request) && !isAhead(request))
    seen.push({ path, asked: [...new Set(asked)].sort(), kept: await kept(page) })
  }
  // Longer than a tracker waits for company before it sends.
  await page.waitForTimeout(1_500)
  const [cookies, last] = [await context.cookies(), requests.filter((request) => request.startsWith('POST'))]
  await context.close()
  return { seen, cookies, last }
}

// Next.js fetches ahead what comes into view, by its own timing.
function isAhead(request: string): boolean {
  return request.includes('_rsc=') || request.includes('/_next/')
}

test('before consent every page of the shop stores and sends nothing, and one of each kind asks for the same as without us', async () => {
  const paths = await findPages()
  expect(paths.length).toBeGreaterThan(20)
  const kinds = [...new Map(paths.map((path) => [path.split('/')[1], path])).values()]
  const [withUs, without] = await Promise.all([walk(paths, true), walk(kinds, false)])
  expect([withUs.cookies, withUs.last]).toEqual([[], []])
  expect(withUs.seen.filter((each) => JSON.stringify(each.kept) !== JSON.stringify(NOTHING))).toEqual([])
  expect(
    withUs.seen.flatMap(({ path, asked }) => asked.filter((request) => !isOfShop(request, path))),
  ).toEqual([])
  expect(withUs.seen.filter(({ path }) => kinds.includes(path))).toEqual(
    paths.flatMap((path) => without.seen.filter((each) => each.path === path)),
  )
  expect(eventsKept()).toBe(0)
})

// The page itself may be one of ours: “Your data”.
function isOfShop(request: string, path: string): boolean {
  if (request === `GET ${shop.origin}${path}`) return true
  return request.startsWith(`GET ${shop.origin}/`) && !request.includes('/attune/')
}

describe('a withdrawal', () => {
  test('drops what is queued, and from then on the server stores nothing', async () => {
    const { context, page } = await openKnown()
    // A page that is left sends what it has.
    await page.goto('about:blank')
    const before = await eventsKeptInTheEnd()
    expect(before).toBeGreaterThan(0)
    // The way to the collector is cut, so that what happens now has to wait.
    await context.route('**/attune/collect', (route) => route.abort())
    await page.goto(`${shop.origin}/product/enamel-mug`)
    await page.getByRole('button', { name: /add to cart/i }).click()
    await page.waitForFunction(() => sessionStorage.getItem('attune_queue')?.includes('add_to_cart'))
    await withdraw(page)
    const mark = Date.now()
    expect(await page.evaluate(() => sessionStorage.getItem('attune_queue'))).toBeNull()
    await context.unroute('**/attune/collect')
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    for (const path of ['/', '/product/trail-boots', '/cart', '/']) {
      await page.goto(shop.origin + path)
      await page.mouse.wheel(0, 4_000)
      await page.waitForTimeout(1_200)
    }
    expect(asked.filter((url) => url.endsWith('/attune/collect'))).toEqual([])
    expect(eventsKept()).toBe(before)
    expect(eventsKept(mark)).toBe(0)
    expect(await variantOf(page, 'home-hero')).toBe('default')
    expect((await context.cookies()).map(({ name }) => name)).toEqual(['attune_consent'])
    await context.close()
  })

  test('holds on the server also against a script that sends on', async () => {
    const { context, page } = await openKnown()
    await withdraw(page)
    const before = eventsKept()
    const answer = await page.evaluate(async () => {
      const id = `${Date.now().toString(36)}0000000000`
      const event = {
        id,
        name: 'view_item',
        time: Date.now(),
        properties: { item_id: 'x', item_category: 'hiking' },
      }
      const body = JSON.stringify({ sent: Date.now(), utcOffset: 0, page: '/', events: [event] })
      const headers = { 'content-type': 'application/json' }
      return (await fetch('/attune/collect', { method: 'POST', headers, body })).json()
    })
    expect(answer).toMatchObject({ accepted: 0, rejected: [{ reason: 'consent' }] })
    expect(eventsKept()).toBe(before)
    await context.close()
  })
})

test('Global Privacy Control beats an older yes on the very next request, until the visitor says yes in spite of it', async () => {
  const { context, page } = await openKnown()
  await page.goto(shop.origin)
  expect(await variantOf(page, 'home-hero')).toBe('hiking')
  await context.setExtraHTTPHeaders({ 'sec-gpc': '1' })
  await page.addInitScript(() =>
    Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true }),
  )
  await page.goto(shop.origin)
  expect(await variantOf(page, 'home-hero')).toBe('default')
  const names = (await context.cookies()).map(({ name }) => name)
  expect(names.filter((name) => /visitor|token|pin/.test(name))).toEqual([])
  const granted = () =>
    page.evaluate(() => (window as { attune?: { consent(): string[] } }).attune?.consent())
  await page.waitForFunction(() => 'consent' in ((window as { attune?: object }).attune ?? {}))
  expect(await granted()).toEqual(['statistics', 'statistics-anonymous'])
  await context.addCookies([
    { name: 'attune_consent', value: 'preferences.statistics.gpc', url: shop.origin },
  ])
  await page.goto(shop.origin)
  await page.waitForFunction(() => 'consent' in ((window as { attune?: object }).attune ?? {}))
  expect(await granted()).toEqual(['preferences', 'statistics'])
  await context.close()
})

test('each answer is proven once, under the visitor whose events are kept, and the site says that it keeps to the signal', async () => {
  const { context, page } = await openKnown()
  const proven = page.waitForResponse('**/attune/consent')
  await withdraw(page)
  expect((await proven).status()).toBe(204)
  const db = new DatabaseSync(join(shop.data, 'consent.db'), { readOnly: true })
  const rows = db.prepare('SELECT pseudonym, content FROM consent ORDER BY id DESC LIMIT 2').all()
  db.close()
  const [no, yes] = rows.map(({ content }) => JSON.parse(String(content)))
  expect([yes[0], yes[2], no[0], no[2]]).toEqual([
    ['preferences', 'statistics', 'statistics-anonymous'],
    'accept',
    [],
    'refuse',
  ])
  expect(rows[0]?.pseudonym).toBe(rows[1]?.pseudonym)
  expect(rows[0]?.pseudonym).toMatch(/^[\w-]{22}$/)
  const said = await fetch(`${shop.origin}/.well-known/gpc.json`)
  expect(await said.json()).toEqual({ gpc: true, lastUpdate: '2026-11-22' })
  await context.close()
})

/** A visitor who said yes and looked at three hiking products. */
async function openKnown(): Promise<{ context: BrowserContext; page: Page }> {
  const context = await newVisitor(browser)
  const { page } = await openPage(context)
  await page.goto(shop.origin)
  await allowAll(page)
  for (const product of ['trail-boots', 'rain-jacket', 'day-pack'])
    await lookAtProduct(page, shop.origin, product)
  return { context, page }
}

async function withdraw(page: Page): Promise<void> {
  await page.getByRole('button', { name: /privacy choices/i }).click()
  await page.getByRole('button', { name: 'Refuse all' }).click()
}

/** How many events the shop's store keeps once no more arrive: for half a second the number stayed. */
async function eventsKeptInTheEnd(): Promise<number> {
  for (let before = eventsKept(); ; ) {
    await new Promise((resolve) => setTimeout(resolve, 500))
    const now = eventsKept()
    if (now === before) return now
    before = now
  }
}

/** How many events the shop's store keeps, with or without a visitor: of those that happened from a time on. */
function eventsKept(from = 0): number {
  const db = new DatabaseSync(join(shop.data, 'attune.db'), { readOnly: true })
  try {
    return Number(db.prepare('SELECT count(*) AS n FROM events WHERE time >= ?').get(from)?.n)
  } finally {
    db.close()
  }
}
