import { join } from 'node:path'
import { createSealKeys, decodeVisitor } from '@attune/core'
import { withPseudonyms } from '@attune/storage/pseudonyms'
import { createSqliteStore } from '@attune/storage/sqlite'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser, newVisitor, openPage, variantOf } from '../support/browser.ts'
import { lookAtProduct } from '../support/collected.ts'
import { lowContrast } from '../support/low-contrast.ts'
import { allowAll, type ShopServer, startShop } from '../support/shop-server.ts'

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

async function arrive(): Promise<{ readonly context: BrowserContext; readonly page: Page }> {
  const context = await newVisitor(browser)
  const { page } = await openPage(context)
  await page.goto(shop.origin)
  await allowAll(page)
  return { context, page }
}

async function signIn(page: Page, name: string): Promise<void> {
  await page.goto(`${shop.origin}/account`)
  await page.getByLabel('Any name will do').fill(name)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText(`You are signed in as ${name}`).waitFor()
}

const centre = (page: Page) => page.locator('attune-preferences')
const ours = async (context: BrowserContext) =>
  (await context.cookies()).map(({ name }) => name).filter((name) => name.startsWith('attune_'))

/** The id in a browser's cookie. */
async function visitorIn(context: BrowserContext): Promise<string> {
  const cookie = (await context.cookies()).find(({ name }) => name === 'attune_visitor')?.value ?? ''
  return decodeVisitor(createSealKeys(shop.secret), 'site', cookie) ?? ''
}

const isView = (name: string): boolean => name.startsWith('view_item ')

/** Names of the events that the shop's own database keeps of somebody; a view of a product also says of which. */
async function keptOf(visitor: string): Promise<readonly string[]> {
  const store = withPseudonyms(createSqliteStore({ path: join(shop.data, 'attune.db') }), shop.keysAtRest)
  try {
    const { events = [] } = (await store.exportVisitor(visitor)) ?? {}
    return events.map(({ name, properties }) =>
      name === 'view_item' ? `${name} ${properties.item_id}` : name,
    )
  } finally {
    await store.close()
  }
}

describe('one person on two devices, and two on one', () => {
  let account: string

  test('what was looked at before a sign-in, and what is told after it, is the account’s', async () => {
    const { context, page } = await arrive()
    await lookAtProduct(page, shop.origin, 'trail-boots')
    await lookAtProduct(page, shop.origin, 'rain-jacket')
    const before = await visitorIn(context)
    await signIn(page, 'ann')
    account = await visitorIn(context)
    expect(account).not.toBe(before)
    await centre(page).getByRole('checkbox', { name: 'Climbing' }).check()
    await centre(page).getByRole('checkbox', { name: 'Letters' }).check()
    await centre(page).getByRole('button', { name: 'Save' }).click()
    await centre(page).getByText('Your answers are saved.').waitFor()
    expect(await keptOf(before)).toEqual([])
    expect((await keptOf(account)).filter(isView)).toEqual(['view_item trail-boots', 'view_item rain-jacket'])
    await page.goto(shop.origin)
    expect([await variantOf(page, 'home-hero'), await variantOf(page, 'offer')]).toEqual(['climbing', 'none'])

    await page.goto(`${shop.origin}/account`)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('button', { name: 'Sign in' }).waitFor()
    // Whoever comes next finds a page that knows nobody.
    await centre(page).getByRole('checkbox', { name: 'Climbing', checked: false }).waitFor()
    await page.goto(shop.origin)
    expect(await variantOf(page, 'home-hero')).toBe('default')
    // What is decided now is another page: Next.js asks for it, and nobody has looked twice.
    const anew = page.waitForResponse((answer) => answer.url().includes('/product/enamel-mug?_rsc='))
    await lookAtProduct(page, shop.origin, 'enamel-mug')
    await anew
    // Longer than a tracker waits for company before it sends.
    await page.waitForTimeout(1_500)
    const next = await visitorIn(context)
    expect([next === account, next === before, next === '']).toEqual([false, false, false])
    const kept = await keptOf(next)
    expect(kept.filter(isView)).toEqual(['view_item enamel-mug'])
    expect(await page.evaluate(() => localStorage.getItem('attune_touches') ?? '')).not.toContain(
      'trail-boots',
    )
    expect(await ours(context)).toEqual(expect.arrayContaining(['attune_left', 'attune_gone']))

    await signIn(page, 'bob')
    expect([await visitorIn(context)]).not.toEqual([account])
    await page.goto(shop.origin)
    expect([await variantOf(page, 'home-hero'), await variantOf(page, 'offer')]).toEqual(['camping', 'none'])
    expect(await ours(context)).not.toContain('attune_left')
    await context.close()
  })

  test('on a second device the next page knows both histories', async () => {
    const { context, page } = await arrive()
    await lookAtProduct(page, shop.origin, 'day-pack')
    await signIn(page, 'ann')
    expect(await visitorIn(context)).toBe(account)
    // Three products in a week: one here, two there.
    const answer = await page.goto(shop.origin)
    const html = (await answer?.text()) ?? ''
    expect(html).toMatch(/data-attune-placement="home-hero"[^>]*data-attune-variant="climbing"/)
    expect(await variantOf(page, 'offer')).toBe('ten-percent')
    await page.goto(`${shop.origin}/account`)
    await centre(page).getByRole('checkbox', { name: 'Climbing', checked: true }).waitFor()
    await context.close()
  })
})

describe('the preference centre', () => {
  test('asks nothing before consent, says why, and is used by keyboard alone after it', async () => {
    const context = await newVisitor(browser)
    const { page, complaints, requests } = await openPage(context)
    await page.goto(`${shop.origin}/account`)
    const form = page.getByRole('form', { name: 'What fits you' })
    await form.getByText('can only be kept if you allow').waitFor()
    expect(await form.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
    expect(requests.filter((request) => request.includes('/attune/traits'))).toEqual([])
    await form.getByRole('button', { name: 'Privacy choices' }).click()
    await page
      .getByRole('dialog', { name: 'Your choices' })
      .getByRole('button', { name: 'Allow all' })
      .click()
    await form.getByRole('checkbox', { name: 'Hiking', disabled: false }).focus()
    await page.keyboard.press('Space')
    for (let step = 0; step < 3; step++) await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await form.getByRole('status').filter({ hasText: 'Your answers are saved.' }).waitFor()
    expect(await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent)).toBe(
      'Save',
    )
    await page.reload()
    for (const name of ['Hiking', 'Cycling', /Letters/])
      await form.getByRole('checkbox', { name, checked: true }).waitFor()
    expect(await form.getByRole('checkbox', { checked: true }).count()).toBe(3)
    await form.getByRole('checkbox', { name: /Letters/ }).uncheck()
    await form.getByRole('button', { name: 'Save' }).click()
    await form.getByRole('status').filter({ hasText: 'Your answers are saved.' }).waitFor()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      expect({ colorScheme, low: await form.evaluate(lowContrast) }).toEqual({ colorScheme, low: [] })
    }
    expect(complaints).toEqual([])
    await context.close()
  })

  test('that asks for what the site does not show says so, and says saved once the collector took the answer', async () => {
    const { context, page } = await arrive()
    const warned: string[] = []
    page.on('console', (message) => void (message.type() === 'warning' && warned.push(message.text())))
    await page.route('**/attune/traits', async (route) => {
      const response = await route.fetch()
      const { newsletter: _, ...traits } = (await response.json()).traits
      await route.fulfill({ response, json: { traits, shown: ['sports'] } })
    })
    await page.goto(`${shop.origin}/account`)
    const note = centre(page).getByText('What you answered here before is not shown again.')
    await note.filter({ visible: true }).waitFor()
    expect(await note.filter({ visible: true }).count()).toBe(1)
    expect(
      warned.filter((text) => text.includes('asks for "newsletter", which /attune/traits')),
    ).toHaveLength(1)
    const letters = centre(page).getByRole('checkbox', { name: /Letters/ })
    const save = async (outcome: string) => {
      await centre(page).getByRole('button', { name: 'Save' }).click()
      await centre(page).getByText(outcome).waitFor()
      return (await (await context.request.get(`${shop.origin}/attune/traits`)).json()).traits
    }
    await letters.check()
    expect(await save('Your answers are saved.')).toEqual({ newsletter: true })
    // What is not read back can be taken back all the same.
    await letters.uncheck()
    expect(await save('Your answers are saved.')).toEqual({ newsletter: false })
    await page.route('**/attune/collect', (route) => route.abort())
    await letters.check()
    expect(await save('Your answers are on their way.')).toEqual({ newsletter: false })
    await context.close()
  })
})
