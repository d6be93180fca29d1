import { leaveCookies } from '@attune/collector'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { launchBrowser, newVisitor, openPage } from '../support/browser.ts'
import { startWordPress, type WordPressSite } from '../support/wordpress.ts'
import { browserCookies } from '../support/wordpress-client.ts'
import { publishOn } from '../support/wordpress-ruleset.ts'
import { adaptive, addPost, paragraph, variant } from '../support/wordpress-stage.ts'

const HERO = adaptive(
  { placementId: 'hero', delivery: 'inline' },
  variant({ key: 'keen', segments: ['keen'] }, paragraph('MARK-KEEN')),
  variant({ key: 'default', isDefault: true }, paragraph('MARK-DEFAULT')),
)
// What this browser did of its own, so that it can be looked for.
const CANARY = 'canary-7f3a'

let site: WordPressSite
let browser: Browser
let context: BrowserContext

beforeAll(async () => {
  site = await startWordPress({ version: '6.7' })
  await publishOn(site, {
    version: 1,
    revision: 'forget.1',
    events: { page_view: {}, add_to_cart: {}, view_item: { properties: { item_id: 'string' } } },
    segments: { keen: { when: { count: 'view_item', atLeast: 1 } } },
  })
  await addPost(site, { name: 'hero', content: HERO })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await site?.stop()
})
beforeEach(async () => {
  context = await newVisitor(browser)
  await context.addCookies([{ name: 'attune_consent', value: 'preferences.statistics', url: site.origin }])
})
afterEach(() => context?.close())

/** All that the browser keeps of us, but for the answer to the banner. */
const kept = async (page: Page): Promise<string> => {
  // WordPress keeps which emoji a browser can draw.
  const stored = await page.evaluate(() => {
    const ours = [localStorage, sessionStorage].map((storage) =>
      Object.entries(storage).filter(([name]) => name.startsWith('attune')),
    )
    return JSON.stringify(ours)
  })
  const cookies = (await context.cookies()).filter(({ name }) => name.startsWith('attune_'))
  return `${stored} ${cookies.map(({ name, value }) => `${name}=${value}`).join('; ')}`
}
const shown = (page: Page): Promise<readonly string[]> =>
  page.locator('attune-placement p:visible').allTextContents()

/** Somebody who did something here, so that the page after it shows what fits. */
async function makeKeen(): Promise<Page> {
  const { page } = await openPage(context)
  await page.goto(`${site.origin}/hero/`)
  await page.waitForFunction(`window.attune?.consent !== undefined`)
  await page.evaluate(`void window.attune.track( 'view_item', { item_id: '${CANARY}' } )`)
  await page.waitForFunction((canary) => {
    const isKept = localStorage.getItem('attune_profile')?.includes(canary)
    return (
      isKept &&
      /\[\[true,/.test(localStorage.getItem('attune_known') ?? '') &&
      /attune_session/.test(document.cookie)
    )
  }, CANARY)
  return page
}

/** Waits until the page's script has worked out what is known of whoever is here now. */
const settled = (page: Page): Promise<unknown> =>
  page.waitForFunction(
    () =>
      /\[\[false,/.test(localStorage.getItem('attune_known') ?? '') &&
      /attune_session=1\./.test(document.cookie),
  )

async function logIn(): Promise<void> {
  const { cookies } = await site.login('subscriber')
  await context.addCookies(browserCookies({ cookies }, site.origin))
}

describe('what a browser of WordPress alone keeps', () => {
  test('chooses what fits, and goes whole when consent is taken back', async () => {
    const page = await makeKeen()
    await page.reload()
    expect(await shown(page)).toEqual(['MARK-KEEN'])
    await page.waitForFunction(`window.attune?.consent !== undefined`)
    await page.evaluate(`window.attune.consent('none')`)
    expect(await kept(page)).toBe('[[],[]] attune_consent=none')
    await page.reload()
    expect(await shown(page)).toEqual(['MARK-DEFAULT'])
  })

  test('is nothing that the next person is shown after a logout, on the very first page', async () => {
    await logIn()
    const page = await makeKeen()
    await page.goto(`${site.origin}/wp-login.php?action=logout`)
    await page.getByRole('link', { name: /log out/i }).click()
    await page.waitForURL(/loggedout=true/)
    const names = (await context.cookies()).map(({ name }) => name)
    expect([names.includes('attune_session'), names.includes('attune_gone')]).toEqual([false, true])
    await page.goto(`${site.origin}/hero/`)
    expect(await shown(page)).toEqual(['MARK-DEFAULT'])
    await settled(page)
    expect(await kept(page)).not.toContain(CANARY)
  })

  test('is kept at a logout where the owner says so', async () => {
    await site.php(
      `file_put_contents( WPMU_PLUGIN_DIR . '/keep.php', '<?php add_filter( "attune_forget_at_logout", "__return_false" );' );`,
    )
    await logIn()
    const page = await makeKeen()
    await page.goto(`${site.origin}/wp-login.php?action=logout`)
    await page.getByRole('link', { name: /log out/i }).click()
    await page.waitForURL(/loggedout=true/)
    await site.php(`unlink( WPMU_PLUGIN_DIR . '/keep.php' );`)
    await page.goto(`${site.origin}/hero/`)
    expect(await shown(page)).toEqual(['MARK-KEEN'])
  })

  test('stays where the cookie of the session alone is lost', async () => {
    const page = await makeKeen()
    await context.clearCookies({ name: 'attune_session' })
    await page.goto(`${site.origin}/hero/`)
    expect(await shown(page)).toEqual(['MARK-KEEN'])
    await page.waitForFunction(() => /attune_session=1\./.test(document.cookie))
    expect(await kept(page)).toContain(CANARY)
  })

  test('is nothing that is shown after a collector let somebody go: a sign-out, an erasure', async () => {
    const page = await makeKeen()
    await page.context().clearCookies({ name: 'attune_session' })
    const request = new Request(`${site.origin}/attune/sign-out`)
    const [gone] = leaveCookies(request, Date.now()).filter((cookie) => cookie.startsWith('attune_gone='))
    const [pair = ''] = gone?.split(';') ?? []
    await context.addCookies([{ name: 'attune_gone', value: pair.split('=')[1] ?? '', url: site.origin }])
    await page.goto(`${site.origin}/hero/`)
    expect(await shown(page)).toEqual(['MARK-DEFAULT'])
    await settled(page)
    expect(await kept(page)).not.toContain(CANARY)
  })

  test('goes when the person who is logged in there is erased with WordPress’s own tool, once', async () => {
    await logIn()
    const page = await makeKeen()
    const erased = await site.php(`
      $user = get_user_by( 'login', 'subscriber' );
      echo wp_json_encode( apply_filters( 'wp_privacy_personal_data_erasers', array() )['attune']['callback']( $user->user_email, 1 )['done'] );`)
    expect(erased).toBe('true')
    await page.goto(`${site.origin}/hero/`)
    await settled(page)
    expect(await kept(page)).not.toContain(CANARY)
    const again = await makeKeen()
    await again.goto(`${site.origin}/hero/`)
    await again.waitForFunction(`window.attune?.consent !== undefined`)
    expect(await kept(again)).toContain(CANARY)
  })
})

test('nobody but who was erased is told of it, and no page that is kept', async () => {
  const config = async (cookies?: string): Promise<{ erased: number }> => {
    const html = await (await site.fetch('/hero/', cookies === undefined ? {} : { cookies })).text()
    return JSON.parse(/id="attune-config">(.*?)<\/script>/.exec(html)![1]!)
  }
  expect((await config()).erased).toBe(0)
  expect((await config((await site.login('editor')).cookies)).erased).toBe(0)
  expect((await config((await site.login('subscriber')).cookies)).erased).toBeGreaterThan(0)
})

describe('Do Not Track', () => {
  const settle = (meaning: string): Promise<string> =>
    site.php(`Attune\\save_settings( array( 'do_not_track' => '${meaning}' ) );`)
  afterAll(() => settle('ignore'))

  test.each([
    ['ignore', true],
    ['obey', false],
  ])('that a site is to %s: kept is %s, in the browser and in PHP', async (meaning, isKept) => {
    await settle(meaning)
    await context.setExtraHTTPHeaders({ dnt: '1' })
    await context.addInitScript(() =>
      Object.defineProperty(Navigator.prototype, 'doNotTrack', { get: () => '1', configurable: true }),
    )
    const { page } = await openPage(context)
    await page.goto(`${site.origin}/hero/`)
    await page.waitForFunction(`window.attune?.granted !== undefined`)
    expect(await page.evaluate(`window.attune.granted().preferences === true`)).toBe(isKept)
    expect(await page.evaluate(`window.attune.granted().statistics`)).toBe(true)
    // Told at once: what becomes of it is settled when the promise is.
    await page.evaluate(`window.attune.track( 'add_to_cart' )`)
    expect((await kept(page)).includes('attune_profile')).toBe(isKept)
    const granted = await site.php(`
      Attune\\load_stage();
      $_SERVER['HTTP_COOKIE'] = 'attune_consent=preferences.statistics'; $_SERVER['HTTP_DNT'] = '1';
      echo wp_json_encode( Attune\\Core\\is_granted( Attune\\read_consent(), 'preferences' ) );`)
    expect(granted).toBe(String(isKept))
  })
})

test('leaves nothing in the log of errors', () => {
  expect(site.debugLog()).toBe('')
})
