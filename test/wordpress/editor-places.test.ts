import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type WordPressImport,
  wordpressImports,
} from '../../packages/wordpress/test/editor/wordpress-imports.ts'
import { launchBrowser } from '../support/browser.ts'
import type { WordPressSite } from '../support/wordpress.ts'
import { adaptive, addPost, marksOf, paragraph, startStage, variant } from '../support/wordpress-stage.ts'
import { versionsOf } from '../support/wordpress-versions.ts'
import { allBlocks, type EditorPage, openEditor } from './editor-page.ts'

const HERO = adaptive(
  { placementId: 'hero', label: 'Hero' },
  variant({ key: 'germany', segments: ['germany'] }, paragraph('For Germans')),
  variant({ key: 'default', isDefault: true }, paragraph('For anybody')),
)

// `@wordpress/block-editor` is `wp.blockEditor`.
const placeOf = ({ module, name }: WordPressImport): readonly [string, string] => [
  module.replace('@wordpress/', '').replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()),
  name,
]

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

describe.each(versionsOf('6.5'))('in WordPress %s', (version) => {
  let site: WordPressSite
  beforeAll(async () => {
    site = await startStage(version)
    await site.php(`file_put_contents( WPMU_PLUGIN_DIR . '/sidebar.php', "<?php
      add_action( 'widgets_init', static fn () => register_sidebar( array( 'id' => 'side', 'name' => 'Side' ) ) );" );`)
  })
  afterAll(() => site?.stop())

  async function inEditor(path: string, work: (editor: EditorPage) => Promise<void>): Promise<void> {
    const editor = await openEditor(browser, site, path)
    try {
      await work(editor)
    } finally {
      await editor.close()
    }
    expect(editor.complaints).toEqual([])
    expect(site.debugLog()).toBe('')
  }

  test('everything we take from WordPress is there', async () => {
    await inEditor('/wp-admin/post-new.php', async ({ page }) => {
      const imports = wordpressImports()
      const isThere = await page.evaluate<boolean[]>(
        `${JSON.stringify(imports.map(placeOf))}.map( ( [ name, member ] ) => member === 'default' ? name in wp : wp[ name ]?.[ member ] !== undefined )`,
      )
      expect(imports.filter((_, at) => isThere[at] !== true)).toEqual([])
    })
  })

  test('two defaults and what cannot be read are shown as the page shows them, mended or kept', async () => {
    const odd = adaptive(
      { placementId: 'odd' },
      variant({ key: 'one', isDefault: true }, paragraph('MARK-ONE')),
      variant({ key: 'most', label: 'Most', segments: ['germany'], match: 'most' }, paragraph('MARK-MOST')),
      variant({ key: 'two', isDefault: true, segments: ['germany'] }, paragraph('MARK-TWO')),
    )
    const id = await addPost(site, { name: 'odd', content: odd })
    expect(marksOf(await (await site.fetch('/odd/')).text())).toEqual(['MARK-ONE'])
    await inEditor(`/wp-admin/post.php?post=${id}&action=edit`, async (editor) => {
      const attributes = async (): Promise<unknown> =>
        (await editor.blocks())[0]?.innerBlocks.map(({ attributes: { key, isDefault, segments, match } }) => [
          key,
          isDefault,
          segments,
          match,
        ])
      const mended = [
        ['one', true, [], 'any'],
        ['most', false, ['germany'], 'most'],
        ['two', false, [], 'any'],
      ]
      await expect.poll(attributes).toEqual(mended)
      expect(await editor.canvas.locator('.attune-variant:not([hidden])').textContent()).toContain('MARK-ONE')
      await editor.select(0)
      await editor.sidebar.getByRole('listitem').getByRole('button', { name: 'Most' }).click()
      const control = editor.sidebar.getByRole('combobox', { name: 'Audience' })
      expect(await control.inputValue()).toBe('nobody')
      expect(await editor.content()).toContain('"match":"most"')
    })
  })

  test('an id that another post has is told', async () => {
    const theirs = await addPost(site, {
      name: 'theirs',
      title: 'Theirs',
      content: HERO.replace('hero', 'twice'),
    })
    const mine = await addPost(site, { name: 'mine', title: 'Mine', content: HERO.replace('hero', 'twice') })
    for (const [post, other, says] of [
      [mine, 'Theirs', 'decide by the oldest of them'],
      [theirs, 'Mine', 'This post is the oldest'],
    ] as const)
      await inEditor(`/wp-admin/post.php?post=${post}&action=edit`, async (editor) => {
        await editor.select(0)
        const notice = editor.sidebar.locator('.components-notice', { hasText: '1 other post' })
        await notice.getByText(says).waitFor()
        expect(await notice.getByRole('link').allInnerTexts()).toEqual([other])
      })
    await inEditor('/wp-admin/post-new.php', async (editor) => {
      await editor.insert([['attune/adaptive', { placementId: 'nobodys', label: 'N' }]])
      await editor.select(0)
      const asked = editor.page.waitForResponse(
        (answer) =>
          answer.url().includes('placements/nobodys') || answer.url().includes('placements%2Fnobodys'),
      )
      await asked
      expect(await editor.sidebar.locator('.components-notice', { hasText: 'other post' }).count()).toBe(0)
    })
  })

  test('every variation of the inserter and every pattern makes blocks that are found whole again', async () => {
    await inEditor('/wp-admin/post-new.php', async ({ page, blocks, content, ...editor }) => {
      const variations = `wp.blocks.getBlockVariations( 'attune/adaptive', 'inserter' )`
      await page.waitForFunction(`${variations}.length >= 8`)
      expect(await page.evaluate(`${variations}.map( ( { name } ) => name )`)).toEqual([
        'attune-one-audience',
        'attune-if-otherwise',
        'attune-several-audiences',
        'attune-test',
        'attune-new-or-returning',
        'attune-scheduled',
        'attune-cart-reminder',
        'attune-country-notice',
      ])
      await page.evaluate(`wp.data.dispatch( 'core/block-editor' ).insertBlocks( ${variations}.map(
        ( { attributes, innerBlocks } ) => wp.blocks.createBlock(
          'attune/adaptive', attributes, wp.blocks.createBlocksFromInnerBlocksTemplate( innerBlocks )
        )
      ) )`)
      const patterns = await page.evaluate<{ name: string; content: string }[]>(
        `wp.apiFetch( { path: '/wp/v2/block-patterns/patterns' } ).then( ( all ) => all.filter( ( { name } ) => name.startsWith( 'attune/' ) ) )`,
      )
      expect(patterns.map(({ name }) => name)).toEqual([
        'attune/free-shipping-bar',
        'attune/welcome-back-hero',
        'attune/member-call',
      ])
      for (const pattern of patterns)
        await page.evaluate(
          `wp.data.dispatch( 'core/block-editor' ).insertBlocks( wp.blocks.parse( ${JSON.stringify(pattern.content)} ) )`,
        )
      const ids = async (): Promise<readonly unknown[]> =>
        (await blocks()).map(({ attributes }) => attributes.placementId)
      await expect
        .poll(async () => new Set((await ids()).filter((id) => id !== '')).size, { timeout: 10_000 })
        .toBe(11)

      await page.evaluate(
        `wp.data.dispatch( 'core/editor' ).editPost( { status: 'publish' } ).then( () => wp.data.dispatch( 'core/editor' ).savePost() )`,
      )
      const id = await page.evaluate<number>(`wp.data.select( 'core/editor' ).getCurrentPostId()`)
      const saved = await content()
      const found = await site.php(
        `$all = parse_blocks( get_post( ${id} )->post_content ); echo serialize_blocks( $all ) === get_post( ${id} )->post_content ? count( array_filter( $all, fn ( $b ) => 'attune/adaptive' === $b['blockName'] ) ) : 'changed';`,
      )
      expect(found).toBe('11')
      await editor.open(`/wp-admin/post.php?post=${id}&action=edit`)
      await page.waitForFunction(`wp.data.select( 'core/block-editor' ).getBlocks().length === 11`)
      expect(allBlocks(await blocks()).every(({ isValid }) => isValid)).toBe(true)
      expect(await content()).toBe(saved)
    })
  })

  test('a template is edited, and looked at as a visitor', async () => {
    const theme = await site.php('echo get_stylesheet();')
    const path = `/wp-admin/site-editor.php?postType=wp_template&postId=${theme}//index&canvas=edit`
    await inEditor(path, async ({ page, insert, canvas }) => {
      await page.waitForFunction(`wp.data.select( 'core/block-editor' ).getBlocks().length > 0`)
      await insert([['attune/adaptive', { placementId: 'in-template' }]])
      await canvas.locator('.attune-adaptive').waitFor()
      await page.getByRole('button', { name: 'View as', exact: true }).click()
      await page.getByLabel('Look at this page as').selectOption('first')
      await page.getByText('This visitor is in:').waitFor()
    })
  })

  test('a synced pattern that stands twice on a page stays one placement, and is not changed by looking', async () => {
    const pattern = await addPost(site, { name: 'synced', type: 'wp_block', content: HERO })
    const content = `<!-- wp:block {"ref":${pattern}} /-->\n\n<!-- wp:block {"ref":${pattern}} /-->`
    const id = await addPost(site, { name: 'twice', content })
    await inEditor(`/wp-admin/post.php?post=${id}&action=edit`, async ({ page, canvas }) => {
      await canvas.getByText('For anybody').nth(1).waitFor()
      const dirty = `wp.data.select( 'core' ).__experimentalGetDirtyEntityRecords().length`
      expect(await page.evaluate(dirty)).toBe(0)
    })
  })

  test('widgets take the blocks', async () => {
    await inEditor('/wp-admin/widgets.php', async ({ page }) => {
      const area = `wp.data.select( 'core/block-editor' ).getBlocks().find( ( { attributes } ) => attributes.id === 'side' )`
      await page.waitForFunction(area)
      await page.evaluate(
        `wp.data.dispatch( 'core/block-editor' ).insertBlocks( wp.blocks.parse( ${JSON.stringify(HERO)} ), 0, ${area}.clientId )`,
      )
      // An area's widgets are another document's: they are asked for by themselves.
      const names = `wp.data.select( 'core/block-editor' ).getBlocks( ${area}.clientId ).map( ( { name, isValid } ) => [ name, isValid ] )`
      await expect
        .poll(() => page.evaluate(names), { timeout: 10_000 })
        .toContainEqual(['attune/adaptive', true])
      await page.getByText('For anybody').first().waitFor()
    })
  })
})
