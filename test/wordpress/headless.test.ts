import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Ruleset } from '@attune/core'
import { publishRuleset } from '@attune/core/publish'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { choosePhp } from '../../scripts/lib/wordpress/choose-php.mjs'
import { launchBrowser, newVisitor, openPage } from '../support/browser.ts'
import { freePort } from '../support/free-port.ts'
import { type NextServer, startNext } from '../support/next-server.ts'
import { startWordPress, type WordPressSite } from '../support/wordpress.ts'
import { phpText, publishOn } from '../support/wordpress-ruleset.ts'
import { adaptive, addPost, allMarksOf, paragraph, variant } from '../support/wordpress-stage.ts'

const SECRET = 'a-secret-of-more-than-thirty-two-characters'
const DOCUMENT: Ruleset = {
  version: 1,
  revision: 'headless.1',
  timezone: 'UTC',
  events: {
    page_view: { properties: { page_path: 'string', page_title: 'string', page_referrer: 'string' } },
  },
  segments: {
    regular: { label: 'Reads a lot', when: { count: 'page_view', within: '30d', atLeast: 3 } },
    german: { label: 'Reads German', when: { attr: 'language', startsWith: 'de' } },
  },
}
const offer = adaptive(
  { placementId: 'offer' },
  variant({ key: 'regular', segments: ['regular'] }, paragraph('MARK-OFFER-REGULAR')),
  variant({ key: 'default', isDefault: true }, paragraph('MARK-OFFER-DEFAULT')),
)
const welcome = (regular: string, german = 'MARK-GERMAN'): string =>
  paragraph('MARK-BEFORE') +
  adaptive(
    { placementId: 'welcome' },
    variant({ key: 'regular', segments: ['regular'] }, paragraph(regular), offer),
    variant({ key: 'german', segments: ['german'] }, paragraph(german)),
    variant({ key: 'default', isDefault: true }, paragraph('MARK-DEFAULT')),
  ) +
  paragraph('MARK-AFTER <a href="/about">About</a>')
const GERMAN: BrowserContextOptions = { locale: 'de-DE' }

let site: WordPressSite
let front: NextServer
let browser: Browser
let post: number

beforeAll(async () => {
  const port = await freePort()
  const plugin = readFileSync(
    new URL('../../examples/headless/wordpress/attune-front.php', import.meta.url),
    'utf8',
  )
  site = await startWordPress({
    version: '6.7',
    muPlugins: {
      'a-settings.php': `<?php define( 'ATTUNE_SECRET', '${SECRET}' ); define( 'ATTUNE_FRONT_URL', 'http://localhost:${port}' );`,
      'attune-front.php': plugin,
    },
  })
  await publishOn(site, DOCUMENT)
  post = await addPost(site, { name: 'welcome', content: welcome('MARK-REGULAR'), title: 'Beans & more' })
  await addPost(site, { name: 'about', content: paragraph('MARK-ABOUT') })
  const env = { ATTUNE_SECRET: SECRET, WORDPRESS_URL: site.origin }
  front = await startNext({ example: 'headless', probe: '/about', port, env })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await front?.stop()
  await site?.stop()
})

/** What the server sent for a page: its marks, in order. */
async function sentTo(page: Page, path: string): Promise<readonly string[]> {
  const answer = await page.goto(front.origin + path)
  return marksOf(await answer!.text())
}

// Next writes a page's content a second time, for its own scripts.
function marksOf(html: string): readonly string[] {
  return allMarksOf(html.replace(/<script.*?<\/script>/gs, ''))
}

async function ask(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(front.origin + path, { headers: { 'sec-fetch-dest': 'document', ...headers } })
}

/** Somebody who agreed and read pages, as often as that takes. */
async function becomeRegular(page: Page): Promise<void> {
  await page.goto(`${front.origin}/about`)
  await page.getByRole('button', { name: 'Yes' }).click()
  for (let visit = 0; visit < 3; visit++) {
    const collected = page.waitForResponse(
      (answer) => answer.url().endsWith('/attune/collect') && answer.ok(),
    )
    await page.goto(`${front.origin}/about`)
    await collected
  }
}

/** Changes a post as the editor does. */
async function saveContent(content: string): Promise<void> {
  const admin = await site.login('admin')
  const answer = await site.fetch(`/wp-json/wp/v2/pages/${post}`, {
    ...admin,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ content }),
  })
  expect(answer.status).toBe(200)
  await tellWhereWordPressCannot()
}

/** PHP in WebAssembly has no sockets: what the must-use plugin says is said for it. */
async function tellWhereWordPressCannot(): Promise<void> {
  if (choosePhp().kind === 'native') return
  const answer = await say(JSON.stringify({ time: Math.floor(Date.now() / 1000) }))
  expect(answer.status).toBe(204)
}

function say(body: string, secret = SECRET): Promise<Response> {
  const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
  return fetch(`${front.origin}/changed`, {
    method: 'POST',
    body,
    headers: { 'attune-signature': signature },
  })
}

describe('what WordPress gives out', () => {
  test('a post’s content holds each default in an element that names its placement, its excerpt none', async () => {
    const { content, excerpt, attune_placements } = await (
      await site.fetch(`/wp-json/wp/v2/pages/${post}`)
    ).json()
    expect(content.rendered).toMatch(
      /<attune-placement data-placement="welcome" style="display:contents">\s*<p>MARK-DEFAULT<\/p>\s*<\/attune-placement>/,
    )
    expect(allMarksOf(content.rendered)).toEqual(['MARK-BEFORE', 'MARK-DEFAULT', 'MARK-AFTER'])
    expect(excerpt.rendered).not.toMatch(/attune-|MARK-REGULAR|MARK-GERMAN/)
    expect(attune_placements.map(({ id }: { readonly id: string }) => id)).toEqual(['welcome', 'offer'])
    const feed = await (await site.fetch('/feed/')).text()
    expect(feed).not.toContain('<attune-')
  })

  test('the ruleset has a route for the page and a new revision for every change, undone or not', async () => {
    const given = async () => (await site.fetch('/wp-json/attune/v1/ruleset')).json()
    const save = (content: string) =>
      site.php(
        `wp_update_post( wp_slash( array( 'ID' => ${post}, 'post_content' => ${phpText(content)} ) ) );`,
      )
    const first = await given()
    expect(first.routes).toEqual({ '/welcome': ['welcome', 'offer'] })
    await save(welcome('MARK-REGULAR').replace('"german"', '"deutsch"'))
    const second = await given()
    await save(welcome('MARK-REGULAR'))
    const third = await given()
    expect(third).toEqual({ ...first, revision: third.revision })
    expect(new Set([first.revision, second.revision, third.revision]).size).toBe(3)
    expect((await given()).revision).toBe(third.revision)
  })
})

describe('WordPress as source, Next.js as front', () => {
  test('somebody new is sent the default and nothing of the others, and no cookie', async () => {
    const context = await newVisitor(browser)
    const { page, complaints } = await openPage(context)
    expect(await sentTo(page, '/welcome')).toEqual(['MARK-BEFORE', 'MARK-DEFAULT', 'MARK-AFTER'])
    const html = await page.content()
    expect(allMarksOf(html)).not.toContain('MARK-GERMAN')
    expect(html).not.toMatch(/attune-placement |MARK-REGULAR|MARK-OFFER/)
    expect(await page.title()).toBe('Beans & more')
    expect(await context.cookies()).toEqual([])
    expect(complaints).toEqual([])
    await context.close()
  })

  test('somebody who reads German is sent the German variant, without consent', async () => {
    const context = await newVisitor(browser, GERMAN)
    const { page, complaints } = await openPage(context)
    expect(await sentTo(page, '/welcome')).toEqual(['MARK-BEFORE', 'MARK-GERMAN', 'MARK-AFTER'])
    const shown = page.locator('[data-attune-placement="welcome"]')
    expect(await shown.getAttribute('data-attune-variant')).toBe('german')
    expect(complaints).toEqual([])
    await context.close()
  })

  test('somebody who returns after three views is sent theirs, and the placement inside it', async () => {
    const context = await newVisitor(browser)
    const { page, complaints } = await openPage(context)
    await becomeRegular(page)
    const marks = ['MARK-BEFORE', 'MARK-REGULAR', 'MARK-OFFER-REGULAR', 'MARK-AFTER']
    expect(await sentTo(page, '/welcome')).toEqual(marks)
    expect(await page.locator('[data-attune-placement]').count()).toBe(2)
    expect(complaints).toEqual([])
    await context.close()
  })

  test('a variant is one page for all who see it, and never in a cache that they share', async () => {
    await ask('/welcome', { 'accept-language': 'de' })
    const again = await ask('/welcome', { 'accept-language': 'de-AT' })
    expect(again.headers.get('x-nextjs-cache')).toBe('HIT')
    expect(again.headers.get('cache-control')).toBe('private, max-age=0, must-revalidate')
  })

  test('pages without placements are shown as they are, and nothing else is', async () => {
    expect(marksOf(await (await ask('/about')).text())).toEqual(['MARK-ABOUT'])
    const asWordPressWritesIt = await fetch(`${front.origin}/welcome/`, { redirect: 'manual' })
    expect(marksOf(await asWordPressWritesIt.text())).toContain('MARK-DEFAULT')
    for (const path of ['/nowhere', '/attune/v1~xxxx~x~y/welcome', '/wp-admin', '/welcome/more'])
      expect((await ask(path)).status, path).toBe(404)
  })

  test('only WordPress may say that something changed', async () => {
    const now = Math.floor(Date.now() / 1000)
    expect((await say(JSON.stringify({ time: now }), 'another secret of more than thirty-two')).status).toBe(
      403,
    )
    expect((await say(JSON.stringify({ time: now - 301 }))).status).toBe(403)
    expect((await say(JSON.stringify({ time: now }))).status).toBe(204)
  })
})

describe('what an editor changes', () => {
  const german = async () => marksOf(await (await ask('/welcome', { 'accept-language': 'de' })).text())

  test('a word of a variant is shown without waiting for its time to run out', async () => {
    await saveContent(welcome('MARK-REGULAR', 'MARK-GERMAN-AGAIN'))
    await vi.waitFor(async () => expect(await german()).toContain('MARK-GERMAN-AGAIN'), 5_000)
  })

  test('a variant taken away is no longer shown, and put back it is', async () => {
    const content = welcome('MARK-REGULAR')
    await saveContent(content.replace('"german"', '"gone"').replace('["german"]', '[]'))
    await vi.waitFor(async () => expect(await german()).toContain('MARK-DEFAULT'), 5_000)
    await saveContent(content)
    await vi.waitFor(async () => expect(await german()).toContain('MARK-GERMAN'), 5_000)
  })

  test('a ruleset published in WordPress decides from then on', async () => {
    const document: Ruleset = {
      ...DOCUMENT,
      revision: 'headless.2',
      segments: {
        ...DOCUMENT.segments,
        german: { label: 'Reads German', when: { attr: 'language', startsWith: 'fr' } },
      },
    }
    const admin = await site.login('admin')
    const answer = await site.fetch('/wp-json/attune/v1/document', {
      ...admin,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ document, published: publishRuleset(document) }),
    })
    expect(answer.status, await answer.clone().text()).toBe(200)
    await tellWhereWordPressCannot()
    await vi.waitFor(async () => expect(await german()).toContain('MARK-DEFAULT'), 5_000)
    const french = await ask('/welcome', { 'accept-language': 'fr' })
    expect(marksOf(await french.text())).toContain('MARK-GERMAN')
  })

  test('the one before comes back into force when its owner restores it', async () => {
    const admin = await site.login('admin')
    const history = await (await site.fetch('/wp-json/attune/v1/history', admin)).json()
    const { id } = history.find(({ revision }: { readonly revision: string }) => revision === 'headless.1')
    const answer = await site.fetch(`/wp-json/attune/v1/history/${id}/restore`, { ...admin, method: 'POST' })
    expect(answer.status).toBe(200)
    await tellWhereWordPressCannot()
    await vi.waitFor(async () => expect(await german()).toContain('MARK-GERMAN'), 5_000)
  })

  test('WordPress notes no error, and when it is gone the front goes on', async () => {
    expect(site.debugLog()).toBe('')
    await site.stop()
    expect(await german()).toContain('MARK-GERMAN')
    expect(marksOf(await (await ask('/about')).text())).toEqual(['MARK-ABOUT'])
    expect((await ask('/welcome')).status).toBe(200)
  })
})
