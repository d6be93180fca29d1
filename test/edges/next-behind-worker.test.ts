import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser, newVisitor, openPage, variantOf } from '../support/browser.ts'
import { createVisitor } from '../support/http-visitor.ts'
import { newSecret } from './hosts.ts'
import { describePromises, type RunningHost } from './promises.ts'
import { startNext } from './start-next.ts'
import { startWorker } from './start-worker.ts'

const start = async (): Promise<RunningHost> => {
  const secret = newSecret()
  const next = await startNext({ next: '16', decides: 'none', secret })
  const worker = await startWorker('site', { ATTUNE_SECRET: secret, ORIGIN: next.origin })
  const stop = async (): Promise<void> => {
    await worker.stop()
    await next.stop()
  }
  return { origin: worker.origin, secret, stop }
}

describePromises('a Worker before a Next.js without a proxy of its own', start, {}, (host) => {
  let browser: Browser

  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser?.close())

  test('links work in the browser: no page is loaded anew, and each shows what was decided', async () => {
    const { origin } = host()
    const walker = createVisitor(origin)
    walker.grant('preferences')
    await walker.send(
      [1, 2].map((at) => ({ name: 'view_item', properties: { item_id: `${at}`, item_category: 'hiking' } })),
    )
    const context = await newVisitor(browser)
    await context.addCookies([...walker.cookies].map(([name, value]) => ({ name, value, url: origin })))
    const { page, complaints, requests } = await openPage(context)
    await page.goto(origin)
    expect(await variantOf(page, 'home-hero')).toBe('hiking')
    for (let turn = 0; turn < 2; turn++) {
      await page.getByRole('link', { name: 'A tent' }).click()
      await page.waitForURL(`${origin}/product/tent`)
      await page.getByRole('heading', { name: 'tent' }).waitFor()
      expect(await variantOf(page, 'product-rail')).toBe('boots')
      await page.getByRole('link', { name: 'Home' }).click()
      await page.waitForURL(`${origin}/`)
      expect(await variantOf(page, 'home-hero')).toBe('hiking')
    }
    const documents = requests.filter(
      (line) => line === `GET ${origin}/` || line === `GET ${origin}/product/tent`,
    )
    expect(documents).toEqual([`GET ${origin}/`])
    expect(complaints).toEqual([])
    await context.close()
  })
})
