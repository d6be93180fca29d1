import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import type { WordPressSite } from '../support/wordpress.ts'
import { GERMAN, marksOf, NOBODY, type Persona, startStage } from '../support/wordpress-stage.ts'
import { allBlocks, type EditorPage, openEditor } from './editor-page.ts'

// The ruleset is fetched when somebody first looks.
const PATIENTLY = { timeout: 10_000 }

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

describe.each(['6.5', '6.7'] as const)('the editor of WordPress %s', (version) => {
  let site: WordPressSite
  let editor: EditorPage
  beforeAll(async () => {
    site = await startStage(version)
    await site.php(`Attune\\save_settings( array( 'page_cache' => 'none' ) );`)
  })
  afterAll(() => site?.stop())
  beforeEach(async () => {
    editor = await openEditor(browser, site, '/wp-admin/post-new.php')
    await showSettings()
  })
  afterEach(async () => {
    await editor.close()
    expect(editor.complaints).toEqual([])
    expect(site.debugLog()).toBe('')
  })

  const showSettings = async (): Promise<void> => {
    const button = editor.page.getByRole('region', { name: 'Editor top bar' }).getByRole('button', {
      name: 'Settings',
      exact: true,
    })
    const isOpen = (await button.getAttribute('aria-expanded')) ?? (await button.getAttribute('aria-pressed'))
    if (isOpen !== 'true') await button.click()
  }
  const chooseSegment = async (label: string, name = 'Add a segment'): Promise<void> => {
    const search = editor.page.getByRole('combobox', { name })
    await search.fill(label)
    await editor.page.getByRole('option', { name: new RegExp(label) }).click()
    await editor.page.getByRole('list').getByText(label, { exact: true }).first().waitFor()
  }
  const typeInVariant = async (text: string): Promise<void> => {
    await editor.canvas.locator('.attune-variant:not([hidden]) p').first().click()
    await editor.page.keyboard.type(text)
  }
  const tab = (name: string | RegExp) => editor.toolbar.getByRole('button', { name })
  const shown = () => editor.canvas.locator('.attune-variant:not([hidden])')
  const focused = (): Promise<string> =>
    editor.page.evaluate('document.activeElement.getAttribute( "aria-label" )')

  test('an author inserts a block, chooses who sees it, publishes, and finds it whole again', async () => {
    const { page } = editor
    await page.evaluate(`wp.data.dispatch( 'core/editor' ).editPost( { title: 'Walk', slug: 'walk' } )`)
    await page.getByRole('button', { name: 'Toggle block inserter' }).click()
    await page.getByRole('searchbox').fill('adaptive')
    await page.getByRole('option', { name: 'Adaptive Content', exact: true }).click()
    await page.keyboard.press('Escape')
    await editor.select(0)
    await editor.sidebar.getByRole('tab', { name: 'Block' }).click()

    await chooseSegment('Germany')
    await typeInVariant('MARK-GERMANY')
    await editor.select(0)
    await tab(/^Default/).click()
    await typeInVariant('MARK-DEFAULT')
    await editor.select(0)
    await tab('Variant 1: Germany').click()
    expect(await shown().textContent()).toContain('MARK-GERMANY')

    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    const panel = page.getByRole('region', { name: 'Editor publish' })
    expect(await panel.getByText(/Audiences: /).count()).toBe(0)
    await panel.getByRole('button', { name: 'Publish', exact: true }).click()
    await page.waitForFunction(`wp.data.select( 'core/editor' ).isCurrentPostPublished()`)
    const id = await page.evaluate<number>(`wp.data.select( 'core/editor' ).getCurrentPostId()`)

    await editor.open(`/wp-admin/post.php?post=${id}&action=edit`)
    await shown().waitFor()
    const blocks = allBlocks(await editor.blocks())
    expect(blocks.map(({ name }) => name)).toEqual([
      'attune/adaptive',
      'attune/variant',
      'core/paragraph',
      'attune/variant',
      'core/paragraph',
    ])
    expect(blocks.every(({ isValid }) => isValid)).toBe(true)
    expect(await page.evaluate(`wp.data.select( 'core/editor' ).isEditedPostDirty()`)).toBe(false)
    expect(await shown().textContent()).toContain('MARK-DEFAULT')

    await page.getByRole('button', { name: 'View as', exact: true }).click()
    await page.getByLabel('Look at this page as').selectOption('first')
    await page.getByLabel('Country').fill('DE')
    const opened = page.waitForEvent('popup')
    await page.getByRole('button', { name: 'Open the saved page as this visitor' }).click()
    await (await opened).getByText('MARK-GERMANY').waitFor()

    const seen = async (persona: Persona): Promise<readonly string[]> =>
      marksOf(await (await site.fetch('/walk/', persona)).text())
    expect([await seen(NOBODY), await seen(GERMAN)]).toEqual([['MARK-DEFAULT'], ['MARK-GERMANY']])
  })

  test('tabs are used with the keyboard, and keep its focus', async () => {
    await editor.insert([['attune/adaptive']])
    await shown().waitFor()
    await editor.select(0)
    await tab('Add a variant').click()
    await tab('Variant 2: Variant 2').focus()
    await editor.page.keyboard.press('ArrowLeft')
    expect(await focused()).toBe('Variant 1: Variant 1')
    await editor.page.keyboard.press('Enter')
    expect(await focused()).toBe('Variant 1: Variant 1')
    expect(await tab('Variant 1: Variant 1').getAttribute('aria-pressed')).toBe('true')
    expect(await shown().count()).toBe(1)
  })

  test('variants are added, duplicated, moved earlier and removed, and the default stays last', async () => {
    await editor.insert([['attune/adaptive']])
    await shown().waitFor()
    await editor.select(0)
    const act = async (name: string): Promise<void> => {
      await tab('Variant actions').click()
      await editor.page.getByRole('menuitem', { name }).click()
    }
    const keys = async (): Promise<readonly unknown[]> =>
      (await editor.blocks())[0]!.innerBlocks.map(({ attributes }) => attributes.key)
    await act('Add a variant')
    expect(await keys()).toEqual(['variant-1', 'variant-2', 'default'])
    await act('Move earlier')
    expect(await keys()).toEqual(['variant-2', 'variant-1', 'default'])
    await tab(/^Default/).click()
    await act('Duplicate this variant')
    expect(await keys()).toEqual(['variant-2', 'variant-1', 'variant-3', 'default'])
    await act('Remove this variant')
    expect(await keys()).toEqual(['variant-2', 'variant-1', 'default'])
  })

  test('blocks are wrapped, a copy is a placement of its own, and unwrapping asks what is kept', async () => {
    const { page } = editor
    await editor.insert([['core/heading', { content: 'Deals' }]])
    await editor.select(0)
    await editor.toolbar.getByRole('button', { name: 'Heading' }).first().click()
    await page.getByRole('menuitem', { name: 'Adaptive Content' }).click()
    await shown().waitFor()
    const [wrapped] = await editor.blocks()
    expect(allBlocks([wrapped!]).map(({ name }) => name)).toEqual([
      'attune/adaptive',
      'attune/variant',
      'core/heading',
      'attune/variant',
      'core/heading',
    ])

    const ids = async (): Promise<readonly unknown[]> =>
      (await editor.blocks()).map(({ attributes }) => attributes.placementId)
    await expect.poll(ids, PATIENTLY).toEqual([expect.stringMatching(/^placement-[a-z0-9]{5}$/)])
    const [first] = await ids()
    await page.evaluate(
      `wp.data.dispatch( 'core/block-editor' ).duplicateBlocks( [ '${wrapped!.clientId}' ] )`,
    )
    await expect.poll(async () => new Set(await ids()).size, PATIENTLY).toBe(2)
    expect((await ids())[0]).toBe(first)

    await editor.select(1)
    await tab('Variant actions').click()
    await page.getByRole('menuitem', { name: 'Unwrap…' }).click()
    await page.getByRole('radio', { name: 'Default' }).check()
    await page.getByRole('button', { name: 'Keep this variant' }).click()
    expect((await editor.blocks()).map(({ name }) => name)).toEqual(['attune/adaptive', 'core/heading'])
  })

  test('any block is given an audience, which its toolbar and the list of blocks tell', async () => {
    const { page } = editor
    await editor.insert([['core/paragraph', { content: 'For some' }]])
    await editor.select(0)
    await page.getByRole('button', { name: 'Audience', exact: true }).click()
    await page.getByLabel('Who sees this block').selectOption('any')
    await chooseSegment('Returning visitors')
    expect(await editor.content()).toContain(
      '"metadata":{"attune":{"show":"any","segments":["returning"],"v":1}}',
    )
    await tab('Audience: Returning visitors').waitFor()
    await page.getByRole('button', { name: 'Document Overview' }).click()
    await page.getByRole('treegrid').getByText('Paragraph · Returning visitors').waitFor()
    await page.getByLabel('Who sees this block').selectOption('')
    expect(await editor.content()).not.toContain('metadata')
  })

  test('a value is put into a text with its fallback, and not without one', async () => {
    const { page } = editor
    await editor.insert([['core/paragraph', { content: 'Deals near ' }]])
    await editor.canvas.locator('p').first().click()
    await page.keyboard.press('End')
    await editor.toolbar.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Segment Value' }).click()
    const insert = page.getByRole('button', { name: 'Insert', exact: true })
    expect(await insert.isDisabled()).toBe(true)
    await page.getByLabel('Fallback (required)').fill('your area')
    await insert.click()
    expect(await editor.content()).toMatch(
      /<p>Deals near <span (?=[^>]*class="attune-value")(?=[^>]*data-attune-key="geo\.city")[^>]*>your area<\/span><\/p>/,
    )
  })

  test('the whole text of a block is bound to a value', async () => {
    await editor.insert([['core/heading', { content: 'Hello' }]])
    await editor.select(0)
    await editor.page.getByRole('button', { name: 'Segment Value', exact: true }).last().click()
    await editor.page.getByLabel('Fallback (required)').fill('there')
    await editor.page.getByRole('button', { name: 'Show the value' }).click()
    const [heading] = await editor.blocks()
    expect(heading!.attributes.metadata).toEqual({
      bindings: { content: { source: 'attune/value', args: { key: 'geo.city', fallback: 'there' } } },
    })
    expect(await editor.content()).toContain('>there</h2>')
  })

  test('the page is looked at as a visitor, and nothing of that is saved', async () => {
    const { page } = editor
    const hidden = { metadata: { attune: { show: 'any', segments: ['germany'], v: 1 } } }
    await editor.insert([
      ['core/paragraph', { content: 'For Germans', ...hidden }],
      [
        'attune/adaptive',
        { placementId: 'hero' },
        [
          [
            'attune/variant',
            { key: 'back', segments: ['returning'] },
            [['core/paragraph', { content: 'Came back' }]],
          ],
          [
            'attune/variant',
            { key: 'default', isDefault: true },
            [['core/paragraph', { content: 'Anybody' }]],
          ],
        ],
      ],
    ])
    const before = await editor.content()
    await page.getByRole('button', { name: 'View as', exact: true }).click()
    await page.getByLabel('Look at this page as').selectOption('back')
    await expect.poll(() => shown().textContent(), PATIENTLY).toContain('Came back')
    await page.getByText('This visitor is in: Returning visitors').waitFor()
    expect(await editor.canvas.locator('[data-attune-hidden]').textContent()).toBe('For Germans')

    await page.getByLabel('Country').fill('de')
    await expect.poll(() => editor.canvas.locator('[data-attune-hidden]').count(), PATIENTLY).toBe(0)
    await chooseSegment('Returning visitors', 'Is not in these segments')
    await expect.poll(() => shown().textContent(), PATIENTLY).toContain('Anybody')

    await page.getByRole('button', { name: 'Stop' }).first().click()
    expect(await page.getByText('You see this page as a visitor does').count()).toBe(0)
    expect(await editor.content()).toBe(before)
  })

  test('what visitors would stumble over is told before publishing, a deleted segment where it is chosen too', async () => {
    const { page } = editor
    await editor.insert([
      [
        'attune/adaptive',
        { placementId: 'hero', label: 'Hero' },
        [['attune/variant', { key: 'a', segments: ['gone'] }, [['core/paragraph', { content: 'Text' }]]]],
      ],
    ])
    await editor.select(0)
    await editor.sidebar.getByText('It matches nobody. Remove it').waitFor()
    await editor.sidebar.getByText('There is no default').waitFor()
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    const panel = page.getByRole('region', { name: 'Editor publish' })
    await panel.getByText('Audiences: 2 warnings').waitFor()
    expect(await panel.getByRole('listitem').allInnerTexts()).toEqual([
      expect.stringContaining('Hero has no default'),
      expect.stringContaining('the segment gone was deleted'),
    ])
  })
})
