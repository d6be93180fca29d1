import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { startWordPress, type WordPressSite } from '../support/wordpress.ts'
import { DOCUMENT, publishOn } from '../support/wordpress-ruleset.ts'
import { versionsOf } from '../support/wordpress-versions.ts'
import { type AdminPage, namelessControls, openAdmin } from './admin-page.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

const PAGE = `
  Attune\\save_settings( array( 'geo_header' => 'CF-IPCountry' ) );
  wp_insert_post( array( 'post_title' => 'Greeting', 'post_name' => 'greeting', 'post_status' => 'publish', 'post_content' =>
    '<!-- wp:attune/adaptive {"placementId":"hello","label":"Hello"} --><!-- wp:attune/variant {"key":"german","segments":["germany"]} --><!-- wp:paragraph --><p>Hallo</p><!-- /wp:paragraph --><!-- /wp:attune/variant --><!-- wp:attune/variant {"key":"default","isDefault":true} --><!-- wp:paragraph --><p>Hello there</p><!-- /wp:paragraph --><!-- /wp:attune/variant --><!-- /wp:attune/adaptive -->' ) );
`

describe.each(versionsOf('6.7'))('WordPress %s', (version) => {
  let site: WordPressSite
  let admin: AdminPage
  beforeAll(async () => {
    site = await startWordPress({ version })
    // WordPress fetches a picture of each emoji from elsewhere.
    const buyer = { label: 'Buyers & <friends>', when: { count: 'purchase', atLeast: 1 } }
    await publishOn(site, { ...DOCUMENT, segments: { ...DOCUMENT.segments, buyer } })
    await site.php(PAGE)
  })
  afterAll(() => site?.stop())
  beforeEach(async () => {
    admin = await openAdmin(browser, site)
  })
  afterEach(() => admin.close())

  test('the settings say what is so, are saved, and hold', async () => {
    const { page } = admin
    await admin.settings()
    expect(await namelessControls(page)).toEqual([])
    await page.getByText('No page cache was found in WordPress.', { exact: false }).waitFor()
    await page.getByText('Revision r1 is in force.').waitFor()
    await page.getByText(/read from the header CF-IPCountry/).waitFor()
    const save = page.getByRole('button', { name: 'Save settings' })
    expect(await save.isDisabled()).toBe(true)

    await page.getByLabel('Page cache').selectOption('none')
    await page.getByText('WordPress chooses on every request', { exact: false }).waitFor()
    await page.getByRole('combobox', { name: 'Segments' }).fill('Germany (germany)')
    await page.keyboard.press('Enter')
    await page.getByText(/^Variants for Germany are fetched/).waitFor()
    await page.getByLabel('Days after the last order').fill('30')
    await page.getByLabel('Obey Do Not Track as well').check()
    await save.click()
    await page.getByText('Settings saved.').first().waitFor()
    expect(JSON.parse(await site.php('echo json_encode( Attune\\settings() );'))).toMatchObject({
      page_cache: 'none',
      confidential: ['germany'],
      keep_days: 30,
      do_not_track: 'obey',
      geo_header: 'CF-IPCountry',
    })

    await admin.segments()
    const row = page.getByRole('row', { name: /^Germany germany/ })
    expect(await row.getByText('Confidential').isVisible()).toBe(true)
  })

  test('a setting that cannot be is refused with the cure, and nothing is lost', async () => {
    const { page } = admin
    await admin.settings()
    await page.getByLabel('Request header with the country').fill('not a header')
    await page.getByRole('button', { name: 'Save settings' }).click()
    admin.expectRefusal('400 (Bad Request)')
    await page
      .getByText(/`geo_header` cannot be/)
      .first()
      .waitFor()
    expect(await page.getByLabel('Request header with the country').inputValue()).toBe('not a header')
    page.once('dialog', (dialog) => void dialog.accept())
  })

  test('a ruleset that is read from elsewhere is shown, and not edited here', async () => {
    const { page } = admin
    await site.php(
      `Attune\\save_settings( array( 'source' => 'url', 'source_url' => '${site.origin}/nowhere' ) );`,
    )
    await admin.segments()
    await page
      .getByText(/reads its ruleset from another one/)
      .first()
      .waitFor()
    await page.getByRole('row', { name: /Returning visitors/ }).waitFor()
    expect(await page.getByRole('button', { name: 'Add a segment' }).count()).toBe(0)
    expect(await page.getByRole('link', { name: 'Test bench' }).count()).toBe(0)
    await site.php(`Attune\\save_settings( array( 'source' => 'here' ) );`)
  })

  test('an editor views a page as somebody in a segment, from the admin bar, by the keyboard, and stops', async () => {
    const editor = await openAdmin(browser, site, 'editor')
    const { page } = editor
    await page.goto(`${site.origin}/greeting/`)
    await page.getByText('Hello there').waitFor()
    await page.getByRole('button', { name: 'View as…' }).focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'View this page as' })
    await dialog.getByLabel('Germany', { exact: true }).selectOption('in it')
    expect(await namelessControls(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Look', exact: true }).click()
    await page.getByText('Hallo').waitFor()
    await page.getByText('You are viewing this page as: Germany.', { exact: false }).waitFor()
    await page.getByText('Hello: german').waitFor()
    const link = page.url()

    await page.getByRole('button', { name: 'View as…' }).click()
    expect(await dialog.getByLabel('Germany', { exact: true }).inputValue()).toBe('in')
    await page.keyboard.press('Escape')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('View as…')
    await page.getByRole('button', { name: 'View as…' }).click()
    await dialog.getByRole('button', { name: 'Look as myself' }).click()
    await page.getByText('Hello there').waitFor()
    expect(page.url()).toBe(`${site.origin}/greeting/`)
    expect(editor.complaints).toEqual([])
    await editor.close()

    const stranger = await site.fetch(new URL(link).pathname + new URL(link).search)
    expect(await stranger.text()).not.toContain('Hallo')
  })

  test('people who only read see no such menu', async () => {
    const { cookies } = await site.login('subscriber')
    expect(await (await site.fetch('/greeting/', { cookies })).text()).not.toContain('attune-view-as')
    expect(await (await site.fetch('/greeting/')).text()).not.toContain('attune-view-as')
  })
})
