import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser, newVisitor, openPage } from '../support/browser.ts'
import { BROWSER } from '../support/fault-senders.ts'
import { type LiveCollector, startLiveCollector, TOKENS } from '../support/live-collector.ts'
import { startLiveLoad } from '../support/live-load.ts'
import { lookOver } from '../support/look-over.ts'

let collector: LiveCollector
let browser: Browser

beforeAll(async () => {
  collector = await startLiveCollector(0, '--alarms')
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await collector?.end()
})

async function open(options: BrowserContextOptions = {}) {
  const context = await newVisitor(browser, options)
  const opened = await openPage(context)
  await opened.page.goto(`${collector.base}/attune/live`)
  return { ...opened, context }
}

async function enter(page: Page, token: string = TOKENS.viewer): Promise<void> {
  await page.getByLabel('Access token').fill(token)
  await page.keyboard.press('Enter')
}

/** Opens the page and waits until it shows numbers. */
async function openLive(options: BrowserContextOptions = {}) {
  const opened = await open(options)
  await enter(opened.page)
  await opened.page.getByRole('heading', { name: 'Live', level: 1 }).waitFor()
  await opened.page.getByText('ruleset well').waitFor()
  return opened
}

let sent = 0
async function send(name: string): Promise<void> {
  const event = { id: `sent-${sent++}-0123456789`, name, time: Date.now(), properties: { item_id: 'boots' } }
  const headers = {
    'content-type': 'application/json',
    'user-agent': BROWSER,
    cookie: 'attune_consent=preferences.statistics',
  }
  const body = JSON.stringify({ sent: Date.now(), utcOffset: 0, page: '/', events: [event] })
  const { status } = await fetch(`${collector.base}/attune/collect`, { method: 'POST', headers, body })
  expect(status).toBe(200)
}

/** How many of an event, or rejected for a reason, the page says there were. */
async function countOf(page: Page, name: string): Promise<number> {
  const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) })
  if ((await row.count()) === 0) return 0
  return Number((await row.getByRole('cell').nth(1).textContent())?.replace(',', ''))
}

const state = (page: Page) => page.locator('#state').textContent()
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent)

describe('the door', () => {
  test('lets nobody in without a token, and asks for nothing before', async () => {
    const { page, requests, complaints, context } = await open()
    await page.getByRole('button', { name: 'Show' }).click()
    expect(
      await page.getByLabel('Access token').evaluate((input: HTMLInputElement) => input.validity.valid),
    ).toBe(false)
    expect(requests).toEqual([`GET ${collector.base}/attune/live`])
    expect(await page.getByRole('main').isVisible()).toBe(false)
    expect(complaints).toEqual([])
    await context.close()
  })

  test.each([
    ['a wrong token', 'guessed-by-somebody', 'This token opens nothing here.'],
    ['a role that may not', TOKENS.officer, 'The role of this token may not see these numbers.'],
  ])('says of %s that it opens nothing, and shows no number', async (_, token, message) => {
    const { page, context } = await open()
    await enter(page, token)
    await page.getByRole('alert').filter({ hasText: message }).waitFor()
    expect(await page.getByLabel('Access token').getAttribute('aria-invalid')).toBe('true')
    expect(await page.getByRole('main').isVisible()).toBe(false)
    expect(await page.locator('#rate').textContent()).toBe('–')
    // The next one is right.
    await enter(page)
    await page.getByRole('heading', { name: 'Live', level: 1 }).waitFor()
    await context.close()
  })

  test('opens with the token of a viewer, which is kept nowhere and goes to the collector alone', async () => {
    const { page, requests, complaints, context } = await openLive()
    expect(await page.locator('#token').inputValue()).toBe('')
    const kept = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
    )
    expect(kept).toBe('[{},{},""]')
    expect(requests).toEqual([
      `GET ${collector.base}/attune/live`,
      `GET ${collector.base}/attune/live/numbers`,
    ])
    await page.getByRole('button', { name: 'Lock' }).click()
    expect(await page.getByRole('main').isVisible()).toBe(false)
    await page.reload()
    expect(await page.getByLabel('Access token').isVisible()).toBe(true)
    expect(complaints).toEqual([])
    await context.close()
  })
})

describe('the page', () => {
  test('shows what came within two seconds, and why something was rejected', async () => {
    const { page, complaints, context } = await openLive()
    const waits: number[] = []
    for (let turn = 0; turn < 3; turn++) {
      const before = await countOf(page, 'view_item')
      await send('view_item')
      const begun = performance.now()
      await expect.poll(() => countOf(page, 'view_item'), { timeout: 20_000, interval: 20 }).toBe(before + 1)
      waits.push(performance.now() - begun)
    }
    // A busy machine may hold one of them up.
    expect(waits.sort((a, b) => a - b)[1]).toBeLessThan(2_000)
    await send('view_itm')
    await expect.poll(() => countOf(page, 'unknown-event'), { timeout: 20_000 }).toBeGreaterThan(0)
    await expect
      .poll(() => page.getByRole('img').getAttribute('aria-label'), { timeout: 20_000 })
      .toMatch(/\d+ in all, [1-9]\d* of them rejected/)
    expect(await page.locator('#rate-chart path').count()).toBe(2)
    expect(complaints).toEqual([])
    await context.close()
  })

  test.each([
    ['every second', 'no-preference', 1],
    ['every five seconds for whoever prefers less motion', 'reduce', 5],
  ] as const)('draws its chart anew %s, and its numbers always', async (_, reducedMotion, seconds) => {
    const { page, complaints, context } = await open({ reducedMotion })
    const begun = Date.now()
    await page.clock.setFixedTime(begun)
    await enter(page)
    await page.getByText('ruleset well').waitFor()
    const chart = page.locator('#rate-chart svg')
    await chart.evaluate((drawing) => drawing.setAttribute('data-seen', ''))
    const isRedrawn = async () => (await chart.getAttribute('data-seen')) === null
    // Two answers of the server: whoever draws with each of them has drawn by then.
    for (let turn = 0; turn < 2; turn++) {
      const before = await countOf(page, 'scroll')
      await send('scroll')
      await expect.poll(() => countOf(page, 'scroll'), { timeout: 20_000 }).toBe(before + 1)
    }
    expect(await isRedrawn()).toBe(reducedMotion === 'no-preference')
    await page.clock.setFixedTime(begun + seconds * 1_000)
    await expect.poll(isRedrawn, { timeout: 20_000 }).toBe(true)
    expect(complaints).toEqual([])
    await context.close()
  })

  test('can be used by keyboard alone: paused, resumed, read as a table, locked', async () => {
    const { page, complaints, context } = await open()
    // The field has the focus when the page opens.
    await page.keyboard.type(TOKENS.viewer)
    await page.keyboard.press('Enter')
    await page.getByText('ruleset well').waitFor()
    expect(await focused(page)).toBe('Live')
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('Pause')
    await page.keyboard.press('Enter')
    expect(await state(page)).toMatch(/^Paused at \d\d:\d\d:\d\d$/)
    const [seen, updated] = [await countOf(page, 'scroll'), await page.locator('#updated').textContent()]
    await send('scroll')
    const another = await openLive()
    await expect.poll(() => countOf(another.page, 'scroll'), { timeout: 20_000 }).toBe(seen + 1)
    await another.context.close()
    expect([await countOf(page, 'scroll'), await page.locator('#updated').textContent()]).toEqual([
      seen,
      updated,
    ])
    await page.keyboard.press('Space')
    expect(await state(page)).toBe('Live')
    await expect.poll(() => countOf(page, 'scroll'), { timeout: 20_000 }).toBe(seen + 1)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('As a table')
    await page.keyboard.press('Enter')
    expect(await page.getByRole('table', { name: 'Events by minute' }).getByRole('row').count()).toBe(6)
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Enter')
    expect(await page.getByRole('main').isVisible()).toBe(false)
    expect(await page.getByLabel('Access token').evaluate((input) => input === document.activeElement)).toBe(
      true,
    )
    expect(complaints).toEqual([])
    await context.close()
  })

  test.each([
    ['light', 1_280],
    ['dark', 1_280],
    ['light', 360],
    ['dark', 360],
  ] as const)(
    'is found to be without fault, %s and %i pixels wide, empty and under load',
    async (colorScheme, width) => {
      const viewport = { width, height: 800 }
      const door = await open({ colorScheme, viewport })
      expect(await lookOver(door.page)).toEqual([])
      await door.context.close()
      const { page, complaints, context } = await openLive({ colorScheme, viewport })
      const load = startLiveLoad(collector.base, 60)
      await page.getByText('As a table').click()
      await expect.poll(() => countOf(page, 'page_view'), { timeout: 20_000 }).toBeGreaterThan(10)
      expect(await lookOver(page)).toEqual([])
      await load.stop()
      expect(complaints).toEqual([])
      await context.close()
    },
  )
})

test('says when the connection is lost, keeps what it showed, and goes on by itself when the collector is back', async () => {
  const { page, context } = await openLive()
  await send('view_item')
  await expect.poll(() => countOf(page, 'view_item'), { timeout: 20_000 }).toBeGreaterThan(0)
  const { port } = collector
  expect(await collector.end()).toBe(0)
  await expect.poll(() => state(page), { timeout: 20_000 }).toBe('Connection lost')
  expect(await page.getByText('The collector does not answer.').isVisible()).toBe(true)
  expect(await countOf(page, 'view_item')).toBeGreaterThan(0)
  expect(await lookOver(page)).toEqual([])
  await page.getByRole('button', { name: 'Try now' }).press('Enter')
  collector = await startLiveCollector(port)
  await expect.poll(() => state(page), { timeout: 40_000 }).toBe('Live')
  // Another process has counted nothing yet, and looks for no alarms.
  await page.getByText('No event in the last 5 minutes').waitFor()
  await page.getByText('Alarms are off').waitFor()
  expect(await lookOver(page)).toEqual([])
  await context.close()
})
