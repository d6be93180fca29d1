import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishDemo } from '../../scripts/lib/wordpress/prepare-demo.mjs'
import { launchBrowser, newVisitor, openPage, PERSON, type Watched } from '../support/browser.ts'
import { startWordPress, type WordPressSite } from '../support/wordpress.ts'

const demo = fileURLToPath(new URL('../../examples/wordpress-site/', import.meta.url))
const muPlugins = Object.fromEntries(
  readdirSync(`${demo}mu-plugins`).map((name) => [name, readFileSync(`${demo}mu-plugins/${name}`, 'utf8')]),
)

let site: WordPressSite
let browser: Browser

beforeAll(async () => {
  await publishDemo()
  site = await startWordPress({ version: '6.5', muPlugins, seed: `${demo}seed.php` })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})

const open = async (): Promise<Watched> => openPage(await newVisitor(browser))

async function read(page: Page, ...paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await page.goto(`${site.origin}${path}`)
    await page.waitForFunction(() => 'attune' in window)
  }
}

const headline = (page: Page) => async (): Promise<string> => {
  await read(page, '/')
  return (await page.locator('h1:visible').allTextContents()).join(' | ')
}

async function answer(page: Page, choice: 'Yes' | 'No'): Promise<void> {
  await page.getByRole('button', { name: choice, exact: true }).click()
  await page.locator('.halden-consent').waitFor({ state: 'hidden' })
}

test('somebody new sees what everybody sees, and is asked', async () => {
  const { page, complaints } = await open()
  expect(await headline(page)()).toBe('Coffee, roasted in Halden')
  expect(await page.locator('.halden-consent').isVisible()).toBe(true)
  expect(await page.evaluate(() => [document.cookie, localStorage.length])).toEqual(['', 0])
  expect(complaints).toEqual([])
})

test('who reads two guides is offered the tasting set, who likes espresso Nightshift; who takes the yes back is forgotten', async () => {
  const { page, complaints } = await open()
  await read(page, '/')
  await answer(page, 'Yes')
  await read(page, '/guides/pour-over/', '/guides/cold-brew/')
  await expect.poll(headline(page), { timeout: 20_000 }).toBe('You read the guides. Now the beans.')
  await read(page, '/guides/espresso/', '/guides/espresso/', '/guides/espresso/')
  await expect.poll(headline(page), { timeout: 20_000 }).toBe('For people who dial in')
  await page.getByRole('button', { name: 'Privacy choice' }).click()
  await answer(page, 'No')
  expect(await page.evaluate(() => [document.cookie, localStorage.length])).toEqual([
    'attune_consent=none',
    0,
  ])
  expect(await headline(page)()).toBe('Coffee, roasted in Halden')
  expect(complaints).toEqual([])
})

test('who came by the newsletter is thanked on the front page', async () => {
  const { page } = await open()
  await read(page, '/')
  await answer(page, 'Yes')
  await read(page, '/guides/?utm_campaign=newsletter')
  const thanks = async (): Promise<boolean> => {
    await read(page, '/')
    return page.getByText('Thank you for reading the newsletter').isVisible()
  }
  await expect.poll(thanks, { timeout: 20_000 }).toBe(true)
})

test('a country that the host tells is answered by the server', async () => {
  const beans = async (country: string): Promise<string> => {
    const headers = { 'user-agent': PERSON, 'x-country': country }
    return (await site.fetch('/beans/', { headers })).text()
  }
  expect(await beans('IE')).toContain('takes two days and costs nothing')
  expect(await beans('DE')).toContain('everywhere in Europe')
})

test('every page answers with its placements resolved, and no marker shows', async () => {
  for (const path of ['/', '/guides/', '/guides/espresso/', '/beans/', '/who-sees-what/']) {
    const page = await site.fetch(path)
    expect([path, page.status]).toEqual([path, 200])
    expect(await page.text()).not.toMatch(/\[\/?attune|wp:attune/)
  }
})

test('filling the site again changes nothing', async () => {
  const count = `echo json_encode( (array) wp_count_posts( 'page' ) ), json_encode( (array) wp_count_posts( 'wp_navigation' ) );`
  const before = await site.php(count)
  await site.php(`require ${JSON.stringify(`${demo}seed.php`)};`)
  expect(await site.php(count)).toBe(before)
})

test('its log of errors is empty', () => {
  expect(site.debugLog()).toBe('')
})
