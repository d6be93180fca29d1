import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser, newVisitor, openPage } from '../support/browser.ts'
import { startWordPress, type WordPressSite, type WordPressVersion } from '../support/wordpress.ts'
import { publishOn } from '../support/wordpress-ruleset.ts'

const VERSIONS: readonly WordPressVersion[] = ['6.5', '6.7']
const SLOWED = 6

const CONTENT = `
<!-- wp:paragraph --><p>Before it.</p><!-- /wp:paragraph -->
<!-- wp:attune/adaptive {"placementId":"hero","delivery":"inline"} -->
<!-- wp:attune/variant {"key":"keen","segments":["keen"]} -->
<!-- wp:heading --><h2 class="wp-block-heading">KEEN MARKER</h2><!-- /wp:heading -->
<!-- /wp:attune/variant -->
<!-- wp:attune/variant {"key":"default","isDefault":true} -->
<!-- wp:heading --><h2 class="wp-block-heading">DEFAULT MARKER</h2><!-- /wp:heading -->
<!-- wp:paragraph --><p>Longer than the variant, so that a late choice would move what follows.</p><!-- /wp:paragraph -->
<!-- /wp:attune/variant -->
<!-- /wp:attune/adaptive -->
<!-- wp:paragraph --><p>Behind it.</p><!-- /wp:paragraph -->`

/** Notes at every frame which of the two markers can be seen. */
async function watchFrames(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.addInitScript(() => {
    const frames: string[] = []
    Object.assign(window, { attuneTestFrames: frames })
    const look = (): void => {
      const seen = [...document.querySelectorAll('h2')].find(
        (element) =>
          /MARKER/.test(element.textContent ?? '') &&
          element.getClientRects().length > 0 &&
          getComputedStyle(element).visibility === 'visible',
      )?.textContent
      if (seen && frames.at(-1) !== seen) frames.push(seen)
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
  return () =>
    page.evaluate(() => (window as unknown as { attuneTestFrames: readonly string[] }).attuneTestFrames)
}

/**
 * Names what moved up or down on the page although nobody touched it, with where it was and is: so moves what stands behind a late choice. The
 * theme's columns move sideways while the parser still brings them. Call before the page is opened.
 */
async function watchMoves(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.addInitScript(() => {
    const moves: string[] = []
    Object.assign(window, { attuneTestMoves: moves })
    interface Shift extends PerformanceEntry {
      readonly sources: readonly { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[]
    }
    new PerformanceObserver((list) => {
      for (const { sources } of list.getEntries() as Shift[]) {
        for (const { node, previousRect, currentRect } of sources) {
          if (previousRect.top === currentRect.top) continue
          moves.push(
            `${node?.nodeName} ${node?.textContent?.slice(0, 30)}: ${JSON.stringify([previousRect, currentRect])}`,
          )
        }
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
  return () =>
    page.evaluate(() => (window as unknown as { attuneTestMoves: readonly string[] }).attuneTestMoves)
}

describe.each(VERSIONS)('a cached page of WordPress %s', (version) => {
  let site: WordPressSite
  let browser: Browser

  beforeAll(async () => {
    site = await startWordPress({
      version,
      content: `wp_insert_post( array( 'post_type' => 'page', 'post_title' => 'Hero', 'post_name' => 'hero', 'post_status' => 'publish', 'post_content' => wp_slash( ${JSON.stringify(CONTENT).replaceAll('$', '\\$')} ) ) );`,
    })
    await publishOn(site, {
      version: 1,
      revision: 'paint.1',
      events: { page_view: {} },
      segments: { keen: { label: 'Keen', when: { count: 'page_view', within: '1d', atLeast: 2 } } },
    })
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await site?.stop()
  })

  test('is byte for byte the same for everybody, and sets no cookie', async () => {
    const plain = await site.fetch('/hero/')
    const known = await site.fetch('/hero/', {
      cookies: 'attune_consent=preferences; attune_k=v1.000000.____________',
    })
    expect(await known.text()).toBe(await plain.text())
    expect([plain, known].flatMap(({ headers }) => headers.getSetCookie())).toEqual([])
  })

  test('shows a visitor who did nothing its default, whole', async () => {
    const context = await newVisitor(browser)
    const { page, complaints } = await openPage(context)
    await page.goto(`${site.origin}/hero/`)
    expect(await page.locator('attune-placement h2:visible').allTextContents()).toEqual(['DEFAULT MARKER'])
    expect(await page.evaluate(() => localStorage.length)).toBe(0)
    expect(complaints).toEqual([])
    await context.close()
  })

  test('shows a keen visitor the right variant in the first frame that shows any, with a slow processor, and nothing moves', async () => {
    const context = await newVisitor(browser)
    const { page, complaints } = await openPage(context)
    await context.addCookies([{ name: 'attune_consent', value: 'preferences', url: site.origin }])
    for (let view = 0; view < 2; view++) {
      await page.goto(`${site.origin}/hero/`)
      // The event waits a second for company.
      await page.waitForFunction(
        (views) => (localStorage.getItem('attune_profile')?.split('page_view').length ?? 0) > views,
        view,
      )
    }
    await page.waitForFunction(() => /\[\[true,/.test(localStorage.getItem('attune_known') ?? ''))

    // The theme's fonts move its own menu when they come, with us or without.
    await page.route('**/*.woff2', (route) => route.fulfill({ status: 204 }))
    const frames = await watchFrames(page)
    const moves = await watchMoves(page)
    const session = await context.newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED })
    await page.goto(`${site.origin}/hero/`)
    await page.waitForTimeout(1_500)
    expect(await frames()).toEqual(['KEEN MARKER'])
    expect(await moves()).toEqual([])
    expect(complaints.filter((complaint) => !/font|woff2/i.test(complaint))).toEqual([])
    await context.close()
  })

  test('shows the default again at the page after consent was taken back', async () => {
    const context = await newVisitor(browser)
    const { page } = await openPage(context)
    await context.addCookies([{ name: 'attune_consent', value: 'preferences', url: site.origin }])
    await page.goto(`${site.origin}/hero/`)
    await page.waitForFunction(() => localStorage.getItem('attune_known') !== null)
    await page.evaluate(() =>
      (window as unknown as { attune: { consent(choice: string): void } }).attune.consent('none'),
    )
    expect(await page.evaluate(() => localStorage.length)).toBe(0)
    expect((await context.cookies()).map(({ name }) => name)).toEqual(['attune_consent'])
    await context.close()
  })

  test('leaves nothing in the log of errors', () => {
    expect(site.debugLog()).toBe('')
  })
})
