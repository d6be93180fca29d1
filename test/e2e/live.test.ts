import { readFileSync } from 'node:fs'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { launchBrowser, newVisitor, openPage, variantOf, watchLayoutShifts } from '../support/browser.ts'
import { freePort } from '../support/free-port.ts'
import { type LiveSite, startLiveSite } from '../support/live-placement-site.ts'
import { findNginx, startNginx } from '../support/nginx.ts'

const nginx = findNginx()
const guide = readFileSync(new URL('../../docs/guide/reverse-proxy.md', import.meta.url), 'utf8')
const PATIENCE = { timeout: 20_000, interval: 20 }

interface Visit {
  readonly context: BrowserContext
  readonly page: Page
  readonly complaints: readonly string[]
  /** Messages that went up, and came down. */
  readonly up: string[]
  readonly down: string[]
  readonly shifts: () => Promise<number>
}

let browser: Browser
let site: LiveSite

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())
beforeEach(async () => {
  site = await startLiveSite()
  return () => site.stop()
})

async function visit(consent = 'preferences.statistics', origin = site.origin): Promise<Visit> {
  const context = await newVisitor(browser)
  await context.addCookies([{ name: 'attune_consent', value: consent, url: origin }])
  const { page, complaints } = await openPage(context)
  const shifts = await watchLayoutShifts(page)
  const up: string[] = []
  const down: string[] = []
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => up.push(String(payload)))
    socket.on('framereceived', ({ payload }) => down.push(String(payload)))
  })
  await page.goto(origin)
  return { context, page, complaints, up, down, shifts }
}

/** Comes a second time: a new visitor's browser hears with its first batch who it is. */
async function visitAgain(origin?: string): Promise<Visit> {
  const visited = await visit('preferences.statistics', origin)
  const { context, page } = visited
  const isKnown = async () => (await context.cookies()).some(({ name }) => name === 'attune_visitor')
  await expect.poll(isKnown, PATIENCE).toBe(true)
  await page.reload()
  await expect.poll(() => site.sockets().state().open, PATIENCE).toBe(1)
  return visited
}

function look(page: Page, n: number, name = 'look'): Promise<void> {
  return page.evaluate(
    ([name, n]) => {
      const { attune } = window as unknown as { attune: { track: (name: string, of: object) => unknown } }
      attune.track(String(name), { n })
    },
    [name, n],
  )
}

describe('a page with a live placement', () => {
  test('changes while it is looked at, without a reload, and nothing moves', async () => {
    const visited = await visitAgain()
    const { context, page, complaints, up, down, shifts } = visited
    await page.evaluate(() => Object.assign(window, { stays: true }))
    const top = () => page.locator('h1').evaluate((element) => element.getBoundingClientRect().top)
    const before = [await top(), await shifts()]
    expect(await page.locator('main').ariaSnapshot()).not.toContain('off')
    const posted = site.posted.length
    for (const n of [1, 2, 3]) await look(page, n)
    await expect.poll(() => variantOf(page, 'offer'), PATIENCE).toBe('ten')
    expect(await page.getByText('Ten off').isVisible()).toBe(true)
    expect(await page.getByText('Free returns').isVisible()).toBe(false)
    await look(page, 4, 'buy')
    await expect.poll(() => variantOf(page, 'offer'), PATIENCE).toBe('twenty')
    expect([await top(), await shifts()]).toEqual(before)
    expect(await page.evaluate(() => 'stays' in window)).toBe(true)
    // All of it went up over the socket, and the browser's cookies say it as well.
    expect(site.posted).toHaveLength(posted)
    expect(up.join()).toContain('"look"')
    expect(down.at(-1)).toContain('"decisions":{"offer":"twenty"}')
    await expect.poll(async () => site.next(await context.cookies()), PATIENCE).toBe('twenty')
    expect(await page.locator('main').ariaSnapshot()).not.toMatch(/Ten|Free/)
    expect(complaints).toEqual([])
    await context.close()
  })

  test('tells once of each variant that was seen, with its experience', async () => {
    const visited = await visitAgain()
    const { context, page } = visited
    const exposed = () =>
      site.kept
        .filter(({ name }) => name === 'exposure')
        .map(({ properties }) => [properties.variant, properties.experience])
    await expect.poll(exposed, PATIENCE).toEqual([['none', undefined]])
    for (const n of [1, 2, 3]) await look(page, n)
    await expect.poll(exposed, PATIENCE).toEqual([
      ['none', undefined],
      ['ten', 'nudge'],
    ])
    await context.close()
  })

  test('does not change under the pointer or around the focus', async () => {
    const visited = await visitAgain()
    const { context, page } = visited
    const box = (await page.locator('[data-attune-placement]').boundingBox())!
    await page.mouse.move(box.x + 10, box.y + 10)
    for (const n of [1, 2, 3]) await look(page, n)
    const decided = () => visited.down.some((text) => text.includes('"offer":"ten"'))
    await expect.poll(decided, PATIENCE).toBe(true)
    expect(await variantOf(page, 'offer')).toBe('none')
    await page.mouse.move(box.x + 10, box.y + box.height + 200)
    await expect.poll(() => variantOf(page, 'offer'), PATIENCE).toBe('ten')
    await page.locator('#code').focus()
    await look(page, 4, 'buy')
    await expect.poll(() => visited.down.some((text) => text.includes('"twenty"')), PATIENCE).toBe(true)
    expect(await variantOf(page, 'offer')).toBe('ten')
    await page.locator('#code').blur()
    await expect.poll(() => variantOf(page, 'offer'), PATIENCE).toBe('twenty')
    await context.close()
  })

  test('loses nothing and counts nothing twice when its socket is cut again and again', async () => {
    const visited = await visitAgain()
    const { context, page } = visited
    const all = Array.from({ length: 120 }, (_, n) => n)
    for (const n of all) {
      await look(page, n)
      if (n % 20 === 10) await site.restart()
    }
    const seen = () =>
      site.kept.filter(({ name }) => name === 'look').map(({ properties }) => Number(properties.n))
    await expect.poll(() => seen().length, PATIENCE).toBe(all.length)
    expect(seen().sort((a, b) => a - b)).toEqual(all)
    await context.close()
  })

  test('closes its socket at once when consent is withdrawn, and sends nothing more', async () => {
    const visited = await visitAgain()
    const { context, page, up } = visited
    // What is queued in the same turn has no time to leave.
    await page.evaluate(() => {
      const { attune } = window as unknown as {
        attune: { track: (name: string, of: object) => unknown; consent: (choice: string) => unknown }
      }
      attune.track('look', { n: 1 })
      attune.consent('none')
    })
    const [sent, before] = [up.length, site.posted.length]
    await expect.poll(() => site.sockets().state().open, PATIENCE).toBe(0)
    await look(page, 2)
    await page.waitForTimeout(1_500)
    expect([up.length, site.posted.length]).toEqual([sent, before])
    expect(site.kept.filter(({ name }) => name === 'look')).toEqual([])
    await context.close()
  })

  test('gets its socket on the first page as well, once the browser has heard who it is', async () => {
    const { context, page } = await visit()
    await expect.poll(() => site.posted.length, PATIENCE).toBeGreaterThan(0)
    await expect
      .poll(
        async () => {
          await look(page, 1, 'page_view')
          return site.sockets().state().open
        },
        { ...PATIENCE, interval: 1_500 },
      )
      .toBe(1)
    await context.close()
  })

  test.skipIf(nginx === undefined)('changes behind nginx as well, as the guide sets it up', async () => {
    const port = await freePort()
    const blocks = [...guide.matchAll(/```nginx\n(.*?)```/gs)].map(([, block = '']) => block)
    const map = blocks.find((block) => block.startsWith('map'))
    const location = blocks.find((block) => block.trimStart().startsWith('location'))
    const proxy = await startNginx(
      nginx!,
      port,
      () => `${map}
        server {
          listen 127.0.0.1:${port};
          ${location!.replace('8787', String(site.port))}
          location / { proxy_pass http://127.0.0.1:${site.port}; proxy_set_header Host $http_host; }
        }`,
    )
    try {
      const { context, page, complaints } = await visitAgain(`http://127.0.0.1:${port}`)
      for (const n of [1, 2, 3]) await look(page, n)
      await expect.poll(() => variantOf(page, 'offer'), PATIENCE).toBe('ten')
      expect(complaints).toEqual([])
      await context.close()
    } finally {
      await proxy.stop()
    }
  })

  test('has no socket without consent', async () => {
    const { context, page, up } = await visit('none')
    await look(page, 1)
    await page.waitForTimeout(1_500)
    expect([up, site.posted, site.sockets().state().messages]).toEqual([[], [], 0])
    await context.close()
  })
})
