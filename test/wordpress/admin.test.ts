import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { startWordPress, type WordPressSite } from '../support/wordpress.ts'
import { DOCUMENT, publishOn } from '../support/wordpress-ruleset.ts'
import { versionsOf } from '../support/wordpress-versions.ts'
import { type AdminPage, chooseInMenu, namelessControls, openAdmin, tabTo } from './admin-page.ts'
import { openEditor } from './editor-page.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

describe.each(versionsOf('6.5'))('the Segments screen of WordPress %s', (version) => {
  let site: WordPressSite
  let admin: AdminPage
  beforeAll(async () => {
    site = await startWordPress({ version })
  })
  afterAll(() => site?.stop())
  beforeEach(async () => {
    admin = await openAdmin(browser, site)
  })
  afterEach(() => admin.close())

  const button = (name: string | RegExp) =>
    admin.page.getByRole('button', { name, exact: typeof name === 'string' })
  const published = () => admin.page.getByText(/^Published as revision .* It is in force now\.$/)
  const answerOf = (key: string): Promise<string> =>
    site.php(`echo json_encode( Attune\\load_ruleset()['scopes']['${key}'] ?? null );`)

  test('on a new site begins with presets; one is edited in the builder, published, and chosen in the editor', async () => {
    const { page } = admin
    await admin.segments()
    await page.getByLabel('Name').fill('Keen readers')
    await button(/^High purchase intent/).click()
    await page.getByRole('heading', { name: 'Keen readers' }).waitFor()

    await page.getByLabel('How many times: value').first().fill('5')
    await page
      .getByText(
        'all of (viewed an item at least 5 times in the last 7 days; did not buy in the last 24 hours)',
      )
      .waitFor()
    await button('Add a condition').click()
    await chooseInMenu(page, 'Country, device, page or trait')
    await page.getByText(/; the device is mobile\)$/).waitFor()
    await button('Publish').click()
    await published().waitFor()

    await page.getByRole('link', { name: '← All segments' }).click()
    const row = page.getByRole('row', { name: /Keen readers/ })
    await row.getByText(/the device is mobile/).waitFor()
    expect(await row.textContent()).toContain('the visitor')
    expect(await answerOf('keen-readers')).toBe('"private"')

    const editor = await openEditor(browser, site, '/wp-admin/post-new.php')
    await editor.insert([
      [
        'attune/adaptive',
        {},
        [
          ['attune/variant', { key: 'a' }],
          ['attune/variant', { key: 'default', isDefault: true }],
        ],
      ],
    ])
    await editor.select(0)
    await editor.sidebar.waitFor()
    await editor.page.getByRole('combobox', { name: 'Add a segment' }).first().fill('keen')
    await editor.page.getByRole('option', { name: /Keen readers/ }).waitFor()
    await editor.close()
    expect(editor.complaints).toEqual([])
  })

  test('tells a mistake where it stands, with its cure, and publishes only without one', async () => {
    const { page } = admin
    await admin.segments('segment/keen-readers')
    const times = page.getByLabel('How many times: value').first()
    await times.fill('2.5')
    const told = page.getByText(/2\.5 is no .*whole number/).first()
    await told.waitFor()
    const described = await times.getAttribute('aria-describedby')
    expect(await page.locator(`[id="${described}"]`).textContent()).toMatch(/2\.5/)
    await page.waitForFunction(() =>
      document.body.textContent?.includes('1 error keeps it from being published.'),
    )
    expect(await button('Publish').isDisabled()).toBe(true)

    await times.fill('2')
    await told.waitFor({ state: 'detached' })
    expect(await button('Publish').isDisabled()).toBe(false)
    await button('Discard changes').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Discard changes' }).click()
    await page.getByRole('region', { name: 'Unpublished changes' }).waitFor({ state: 'detached' })
    expect(await times.inputValue()).toBe('5')
  })

  test('takes JSON for what it reads strictly, and says what it cannot read', async () => {
    const { page } = admin
    await admin.segments('segment/keen-readers')
    await button('Edit the whole segment as JSON').click()
    const json = page.getByLabel('JSON', { exact: true })
    const before = await json.inputValue()
    await json.fill('{ "label": "Twice", "label": "Twice" }')
    await page.getByText(/Not taken over yet: .*label/).waitFor()
    await json.fill('{ "label": "From JSON", "when": { "attr": "geo.country", "is": "DE" } }')
    await page.getByText('the country is DE', { exact: true }).waitFor()
    await page.getByRole('heading', { name: 'From JSON' }).waitFor()
    await json.fill(before)
    await page.getByRole('region', { name: 'Unpublished changes' }).waitFor({ state: 'detached' })
  })

  test('asks somebody made up, and explains each answer', async () => {
    const { page } = admin
    await admin.segments('test/keen-readers')
    await page.getByRole('button', { name: 'Keen readers: no' }).waitFor()
    await page
      .getByText(/Needs consent to preferences/)
      .first()
      .waitFor()
    await page.getByLabel('Begin with').selectOption('Looks at items')
    await page
      .getByText(/^Seen: 4 times\./)
      .first()
      .waitFor()
    await page.getByLabel('Times').first().fill('6')
    await page.getByRole('combobox', { name: 'Value' }).filter({ hasText: 'mobile' }).selectOption('mobile')
    await page.getByRole('button', { name: 'Keen readers: yes' }).waitFor()
    await page.getByText(/they are in: Keen readers\.$/).waitFor()
    await page
      .getByText(/^Seen: (?:at least )?[67] times/)
      .first()
      .waitFor()
  })

  test('is worked by the keyboard alone, from an empty segment to a published one', async () => {
    const { page } = admin
    const { keyboard } = page
    await admin.segments()
    await page.getByRole('navigation', { name: 'Parts of this screen' }).getByRole('link').first().focus()
    await tabTo(page, button('Add a segment'))
    await keyboard.press('Enter')
    await tabTo(page, page.getByLabel('Name'))
    await keyboard.type('By keyboard')
    await tabTo(page, button('Begin with an empty segment'))
    await keyboard.press('Enter')
    await page.getByRole('heading', { name: 'By keyboard' }).waitFor()
    await tabTo(page, button('Add the first condition'))
    await keyboard.press('Enter')
    await page.getByRole('menu').locator(':focus').waitFor()
    await tabTo(page, page.getByRole('menuitem', { name: 'How often something was done' }), 'ArrowDown')
    await keyboard.press('Enter')
    const times = page.getByLabel('How many times: value')
    await tabTo(page, times)
    await keyboard.press('Control+A')
    await keyboard.type('4')
    await tabTo(page, button('not'), 'Shift+Tab')
    await keyboard.press('Space')
    await page.getByText(/fewer than 4 times|at most 3 times|less than 4 times/).waitFor()
    await tabTo(page, button('Publish'), 'Shift+Tab')
    await keyboard.press('Enter')
    await published().waitFor()
    expect(await answerOf('by-keyboard')).toBe('"private"')
  })

  test('names every control to a screen reader, on each of its parts', async () => {
    for (const place of ['', 'segment/keen-readers', 'definitions', 'test', 'history', 'transfer']) {
      await admin.segments(place)
      await admin.page.locator('.attune-panel > *').first().waitFor()
      expect([place, await namelessControls(admin.page)]).toEqual([place, []])
    }
  })

  test('does not overwrite what somebody else published, and keeps the draft', async () => {
    const { page } = admin
    await admin.segments('segment/by-keyboard')
    await page.getByLabel('Name').fill('Mine')
    await page.getByRole('region', { name: 'Unpublished changes' }).waitFor()
    await publishOn(site, { ...DOCUMENT, revision: 'theirs' })
    await button('Publish').click()
    admin.expectRefusal('409 (Conflict)')
    await page.getByText(/^Not published: Somebody else published in the meantime/).waitFor()
    expect(await page.getByLabel('Name').inputValue()).toBe('Mine')
    await button('Load the segments again').click()
    await page.getByText('There is no segment with the key by-keyboard.').first().waitFor()
  })

  test('shows where a segment is used, and what was published before can be brought back', async () => {
    await publishOn(site, { ...DOCUMENT, revision: 'used' })
    await site.php(
      `wp_insert_post( array( 'post_title' => 'Uses Germany', 'post_status' => 'publish', 'post_content' => '<!-- wp:paragraph {"metadata":{"attune":{"show":"any","segments":["germany"],"v":1}}} --><p>Hallo</p><!-- /wp:paragraph -->' ) );`,
    )
    const { page } = admin
    await admin.segments()
    await page.getByRole('button', { name: '1 post: where Germany is used' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('link', { name: 'Uses Germany' }).waitFor()
    await dialog.getByText(/german-buyer/).waitFor()
    await page.keyboard.press('Escape')

    await admin.segments('history')
    await button('Restore revision theirs').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click()
    await page.getByRole('row', { name: /^theirs.*In force/ }).waitFor()
    expect(await site.php(`echo Attune\\load_ruleset()['revision'];`)).toBe('theirs')
  })

  test('imports a document beside what is there, and refuses GrowthBook with the way', async () => {
    const { page } = admin
    await admin.segments('transfer')
    const json = page.getByLabel('Or paste JSON')
    await json.fill('{ "features": {} }')
    await button('Take it into the draft').click()
    await page
      .getByText(/attune import growthbook/)
      .first()
      .waitFor()
    await json.fill(
      '{ "segments": { "late": { "label": "Late", "when": { "when": { "hours": [22, 6] } } } } }',
    )
    await button('Take it into the draft').click()
    await page.getByRole('row', { name: /Late.*Not published yet/ }).waitFor()
    expect(
      await page
        .getByRole('row', { name: /Germany/ })
        .first()
        .isVisible(),
    ).toBe(true)
    await button('Publish').click()
    const asked = page.getByRole('dialog', { name: 'Publish in spite of the warnings?' })
    await published().or(asked).first().waitFor()
    if (await asked.isVisible()) await asked.getByRole('button', { name: 'Publish' }).click()
    await published().waitFor()
    expect(await answerOf('late')).toBe('"static"')
  })

  test('lets nobody leave unpublished changes by mistake', async () => {
    const { page } = admin
    await admin.segments('segment/late')
    await page.getByLabel('Name').fill('Later')
    await page.getByRole('region', { name: 'Unpublished changes' }).waitFor()
    const asked = new Promise<string>((resolve) =>
      page.once('dialog', (dialog) => {
        resolve(dialog.type())
        void dialog.accept()
      }),
    )
    await page.reload()
    expect(await asked).toBe('beforeunload')
  })

  test('is for those who manage segments; others are told nothing of it', async () => {
    const { cookies } = await site.login('editor')
    expect((await site.fetch('/wp-admin/admin.php?page=attune', { cookies })).status).toBe(403)
    expect(await (await site.fetch('/wp-admin/', { cookies })).text()).not.toContain('page=attune')
  })
})
