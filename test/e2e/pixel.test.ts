import { createServer, type Server } from 'node:http'
import { createCollector, createPixel } from '@attune/collector'
import { createNodeHandler } from '@attune/collector/node'
import { createPixelLink } from '@attune/collector/server'
import type { Ruleset } from '@attune/core'
import { createMemoryStore } from '@attune/storage/memory'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser, newVisitor, openPage } from '../support/browser.ts'

const MAIL_SECRET = 'a secret of the servers that is long enough'
const VISITOR = 'AAAAAAAAAAAAAAAAAAAAAA'
const RULESET: Ruleset = {
  version: 1,
  revision: 'pixel',
  events: {
    page_view: { properties: { page_path: 'string' } },
    email_open: { properties: { campaign: 'string' } },
  },
  segments: {},
}
const NOSCRIPT = '<noscript><img src="/attune/pixel.gif?e=page_view" alt="" width="1" height="1"></noscript>'

const store = createMemoryStore()
const kept: string[] = []
let server: Server
let browser: Browser
let origin: string
let mail = ''

beforeAll(async () => {
  const options = {
    ruleset: RULESET,
    secret: 'a secret of more than thirty-two characters',
    store: {
      ...store,
      append: async (batch: Parameters<typeof store.append>[0]) => {
        const result = await store.append(batch)
        for (const { id, name, properties } of batch.events)
          if (result.accepted.includes(id)) kept.push(`${name} ${JSON.stringify(properties)}`)
        return result
      },
    },
  }
  const collector = createCollector(options)
  const pixel = createNodeHandler(createPixel({ ...options, collector, mailSecret: MAIL_SECRET }).handle)
  server = createServer((incoming, outgoing) => {
    if (incoming.url?.startsWith('/attune/pixel.gif')) return void pixel(incoming, outgoing)
    outgoing.setHeader('content-type', 'text/html; charset=utf-8')
    outgoing.end(`<!doctype html><title>A page</title>${incoming.url === '/mail' ? mail : NOSCRIPT}`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  server?.close()
})

const isDrawn = (page: Page) =>
  page.locator('img').evaluate((image: HTMLImageElement) => [image.complete, image.naturalWidth])

test('a visitor without scripts is known by one number from page to page, after consent and not before', async () => {
  const context = await newVisitor(browser, { javaScriptEnabled: false })
  const { page, complaints } = await openPage(context)
  await page.goto(`${origin}/boots`)
  expect([kept, await context.cookies()]).toEqual([[], []])
  await context.addCookies([{ name: 'attune_consent', value: 'preferences', url: origin }])
  await page.goto(`${origin}/boots?mail=a@b.example`)
  const [known] = (await context.cookies()).filter(({ name }) => name === 'attune_visitor')
  await page.goto(`${origin}/tents`)
  expect(kept).toEqual(['page_view {"page_path":"/boots"}', 'page_view {"page_path":"/tents"}'])
  const [later] = (await context.cookies()).filter(({ name }) => name === 'attune_visitor')
  expect([known?.httpOnly, later?.value === known?.value]).toEqual([true, true])
  expect(complaints).toEqual([])
  await context.close()
})

test('a mail shows its picture each time, counts once, and leaves nothing in the browser', async () => {
  const link = {
    endpoint: `${origin}/attune/pixel.gif`,
    secret: MAIL_SECRET,
    visitor: VISITOR,
    campaign: 'autumn',
  }
  mail = `<img src="${await createPixelLink({ ...link, consent: { preferences: true } })}" alt="">`
  kept.length = 0
  const context = await newVisitor(browser)
  const { page } = await openPage(context)
  for (let time = 0; time < 3; time++) {
    await page.goto(`${origin}/mail`)
    expect(await isDrawn(page)).toEqual([true, 1])
  }
  expect(kept).toEqual(['email_open {"campaign":"autumn"}'])
  expect(await context.cookies()).toEqual([])
  mail = '<img src="/attune/pixel.gif?m=somebody-made-this-up" alt="">'
  await page.goto(`${origin}/mail`)
  expect([await isDrawn(page), await store.rejectedCounts()]).toMatchObject([[true, 1], { link: 1 }])
  await context.close()
})
