import { createServer, type Server } from 'node:http'
import { type Collector, createCollector } from '@attune/collector'
import { createNodeHandler } from '@attune/collector/node'
import { bucketOf, createSealKeys, encodeVisitor } from '@attune/core'
import { createMemoryStore } from '@attune/storage/memory'
import type { Browser, Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser, newVisitor, openPage } from '../support/browser.ts'
import { freePort } from '../support/free-port.ts'
import type { WordPressSite } from '../support/wordpress.ts'
import { publishOn } from '../support/wordpress-ruleset.ts'
import {
  adaptive,
  addPost,
  BROWSER,
  marksOf,
  paragraph,
  SECRET,
  STAGE_DOCUMENT,
  startStage,
  variant,
} from '../support/wordpress-stage.ts'

const VISITOR = 'CCCCCCCCCCCCCCCCCCCCCC'
const STRANGER = 'DDDDDDDDDDDDDDDDDDDDDD'

let site: WordPressSite
let server: Server
let collector: Collector

beforeAll(async () => {
  site = await startStage('6.5')
  const name = new URL(site.origin).host
  const store = createMemoryStore()
  collector = createCollector({ ruleset: STAGE_DOCUMENT, secret: SECRET, site: name, store })
  const events = [1, 2, 3].map((id) => ({
    id: `e${id}`,
    name: 'view_item',
    time: Date.now() - 60_000,
    properties: {},
  }))
  await collector.ingest({ visitor: VISITOR, consent: { preferences: true }, events })
  const port = await freePort()
  server = createServer(createNodeHandler(collector.profile)).listen(port, '127.0.0.1')
  await site.php(
    `Attune\\save_settings( array( 'page_cache' => 'none', 'collector' => 'http://127.0.0.1:${port}/attune/collect' ) );`,
  )
  await addPost(site, {
    name: 'asked',
    content: adaptive(
      { placementId: 'asked' },
      variant({ key: 'keen', segments: ['keen'] }, paragraph('MARK-KEEN')),
      variant({ key: 'default', isDefault: true }, paragraph('MARK-DEFAULT')),
    ),
  })
})
afterAll(async () => {
  server?.closeAllConnections()
  server?.close()
  await site?.stop()
})

async function marksFor(visitor: string, consent = 'preferences'): Promise<readonly string[]> {
  const signed = encodeVisitor(createSealKeys(SECRET), new URL(site.origin).host, visitor)
  const answer = await site.fetch('/asked/', {
    cookies: `attune_consent=${consent}; attune_visitor=${signed}`,
    headers: { 'user-agent': BROWSER },
  })
  return (await answer.text()).match(/MARK-[A-Z]+/g) ?? []
}

test('PHP shows what the collector’s profile says of a visitor without a token', async () => {
  // A busy machine may not answer within the 25 ms that PHP waits; then the default is right.
  await expect.poll(() => marksFor(VISITOR), { timeout: 30_000 }).toEqual(['MARK-KEEN'])
})

test('a visitor the collector never heard of, or who did not agree, sees the default', async () => {
  expect(await marksFor(STRANGER)).toEqual(['MARK-DEFAULT'])
  expect(await marksFor(VISITOR, 'none')).toEqual(['MARK-DEFAULT'])
})

describe('a visitor whose pages are decided in the browser where a cache keeps them, and in PHP where none does', () => {
  const HOLDOUT = { share: 0.5, salt: '2026q4' }
  const ids = Array.from({ length: 40 }, (_, at) => `visitor-of-22-chars-${String(at).padStart(2, '0')}`)
  const isOut = (id: string): boolean => bucketOf(id, `holdout:${HOLDOUT.salt}`) < 5_000
  const isInShare = (id: string): boolean => bucketOf(id, 'split') < 5_000
  const only = (wanted: (id: string) => boolean): string => ids.find(wanted)!
  let browser: Browser

  beforeAll(async () => {
    await publishOn(site, { ...STAGE_DOCUMENT, holdout: HOLDOUT })
    await addPost(site, {
      name: 'split',
      content: adaptive(
        { placementId: 'split', strategy: 'experiment' },
        variant({ key: 'offer', share: 0.5 }, paragraph('MARK-OFFER')),
        variant({ key: 'default', isDefault: true, share: 0.5 }, paragraph('MARK-DEFAULT')),
      ),
    })
    browser = await launchBrowser()
  })
  afterAll(() => browser?.close())

  const settle = (pageCache: string): Promise<string> =>
    site.php(
      `Attune\\save_settings( array( 'page_cache' => '${pageCache}', 'collector' => '${site.origin}/attune/collect' ) );`,
    )
  const signed = (id: string): string => encodeVisitor(createSealKeys(SECRET), new URL(site.origin).host, id)
  const cookiesOf = (id: string): string => `attune_consent=preferences; attune_visitor=${signed(id)}`

  // The collector stands on the site's own origin, as a web server in front would have it.
  const collect = (id: string) => async (route: Route) => {
    const request = route.request()
    const { cookie: _, host: __, ...headers } = await request.allHeaders()
    const asked = new Request(request.url(), {
      method: 'POST',
      headers: { ...headers, cookie: cookiesOf(id) },
      body: request.postData(),
    })
    const answer = await collector.handle(asked)
    await route.fulfill({ status: answer.status, contentType: 'application/json', body: await answer.text() })
  }

  async function inBrowser(id: string): Promise<readonly string[]> {
    await settle('auto')
    const context = await newVisitor(browser)
    await context.addCookies([
      { name: 'attune_consent', value: 'preferences', url: site.origin },
      { name: 'attune_visitor', value: signed(id), url: site.origin, httpOnly: true },
    ])
    await context.route('**/attune/collect', collect(id))
    const { page } = await openPage(context)
    await page.goto(`${site.origin}/split/`)
    await page.waitForFunction(`window.attune !== undefined`)
    await page.evaluate(`void window.attune.track( 'view_item', { item_id: 'beans' } )`)
    await page.waitForFunction(`/"o":true|"u":"visitor-of/.test( localStorage.attune_known )`)
    await page.goto(`${site.origin}/split/`)
    // What is at rest is no text of the page.
    const shown = await page.locator('main').textContent()
    await context.close()
    return shown?.match(/MARK-[A-Z]+/g) ?? []
  }

  async function inPhp(id: string): Promise<readonly string[]> {
    await settle('none')
    const answer = await site.fetch('/split/', { cookies: cookiesOf(id), headers: { 'user-agent': BROWSER } })
    return marksOf(await answer.text())
  }

  test.each([
    ['in the share sees its variant', only((id) => !isOut(id) && isInShare(id)), 'MARK-OFFER'],
    ['past the share sees the default', only((id) => !isOut(id) && !isInShare(id)), 'MARK-DEFAULT'],
    ['held out sees the default', only((id) => isOut(id) && isInShare(id)), 'MARK-DEFAULT'],
  ])('who is %s in both', async (_claim, id, mark) => {
    expect({ browser: await inBrowser(id), php: await inPhp(id) }).toEqual({ browser: [mark], php: [mark] })
  })
})
