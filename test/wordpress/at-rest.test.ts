import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser, newVisitor, openPage } from '../support/browser.ts'
import type { WordPressSite } from '../support/wordpress.ts'
import { phpText } from '../support/wordpress-ruleset.ts'
import {
  adaptive,
  addPost,
  allMarksOf,
  GERMAN,
  NOBODY,
  type Persona,
  paragraph,
  startStage,
  variant,
} from '../support/wordpress-stage.ts'
import { versionsOf } from '../support/wordpress-versions.ts'
import { allBlocks, openEditor } from './editor-page.ts'

const inner = adaptive(
  { placementId: 'inner' },
  variant({ key: 'sale', segments: ['sale'] }, paragraph('MARK-INNER')),
  variant({ key: 'default', isDefault: true }, paragraph('MARK-INNER-DEFAULT')),
)
const hero = adaptive(
  { placementId: 'hero' },
  variant({ key: 'germany', segments: ['germany'] }, paragraph('MARK-GERMANY'), inner),
  variant({ key: 'secret', segments: ['keen'] }, paragraph('MARK-SECRET')),
  variant({ key: 'default', isDefault: true }, paragraph('MARK-DEFAULT')),
)
const AT_REST = '<template data-attune-variant="">'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

describe.each(versionsOf('6.7'))('in WordPress %s', (version) => {
  let site: WordPressSite
  let saved: number
  let plain: number

  beforeAll(async () => {
    site = await startStage(version)
    await site.php(
      `Attune\\save_settings( array( 'page_cache' => 'none', 'confidential' => array( 'keen' ) ) );`,
    )
    saved = await addPost(site, { name: 'saved', content: hero })
    // As it was kept before variants were put to rest.
    plain = await addPost(site, { name: 'plain', content: '' })
    await site.php(
      `global $wpdb; $wpdb->update( $wpdb->posts, array( 'post_content' => ${phpText(hero)} ), array( 'ID' => ${plain} ) );`,
    )
  })
  afterAll(() => site?.stop())

  const source = (id: number): Promise<string> => site.php(`echo get_post( ${id} )->post_content;`)
  const marks = async (path: string, persona: Persona): Promise<readonly string[]> => {
    const html = await (await site.fetch(path, persona)).text()
    expect(html).not.toContain('data-attune-variant=""')
    return allMarksOf(html)
  }
  async function seen(path: string): Promise<readonly string[]> {
    const context = await newVisitor(browser)
    const { page } = await openPage(context)
    await page.goto(site.origin + path)
    const text = await page.evaluate<string>('document.body.innerText')
    await context.close()
    return allMarksOf(text)
  }

  test('a post that is saved has all variants but defaults at rest, and nothing else of it is touched', async () => {
    const text = await source(saved)
    expect(text.split(AT_REST)).toHaveLength(4)
    expect(text.replaceAll(`\n${AT_REST}`, '').replaceAll('</template>\n', '')).toBe(hero)
    await site.php(
      `wp_update_post( wp_slash( array( 'ID' => ${saved}, 'post_content' => ${phpText(text)} ) ) );`,
    )
    expect(await source(saved)).toBe(text)
    expect(
      await site.php(
        `Attune\\load_stage(); echo Attune\\with_variants_at_rest( ${phpText(text.replaceAll(/<\/?template[^>]*>/g, ''))} );`,
      ),
    ).toBe(text)
  })

  test('so has one whose author may not write all of HTML', async () => {
    const { cookies, nonce } = await site.login('contributor')
    const answer = await site.fetch('/wp-json/wp/v2/posts', {
      method: 'POST',
      cookies,
      nonce,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ title: 'x', content: await source(saved) }),
    })
    const { id } = (await answer.json()) as { id: number }
    expect((await source(id)).split(AT_REST)).toHaveLength(4)
    // The element is ours to write, not theirs.
    const other = await site.fetch('/wp-json/wp/v2/posts', {
      method: 'POST',
      cookies,
      nonce,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ title: 'x', content: `${AT_REST}hidden${paragraph('x')}</template>` }),
    })
    expect(await source(((await other.json()) as { id: number }).id)).not.toContain('template')
  })

  test('a widget too', async () => {
    const text = await site.php(`
      $widget = new WP_Widget_Block();
      $widget->_set( 7 );
      $_POST['widget-block'] = array( 7 => array( 'content' => wp_slash( ${phpText(hero)} ) ) );
      $widget->update_callback();
      echo get_option( 'widget_block' )[7]['content'];
    `)
    expect(text.split(AT_REST)).toHaveLength(4)
  })

  test.each([
    ['saved', 'at rest'],
    ['plain', 'as they once were'],
  ])('of %s variants, which are %s, the page shows what stands in them', async (name) => {
    expect(await marks(`/${name}/`, GERMAN)).toEqual(['MARK-GERMANY', 'MARK-INNER'])
    expect(await marks(`/${name}/`, NOBODY)).toEqual(['MARK-DEFAULT'])
  })

  test('REST, excerpt and the index of what is used are right', async () => {
    const page = (await (await site.fetch(`/wp-json/wp/v2/pages/${saved}`)).json()) as {
      readonly excerpt: { readonly rendered: string }
      readonly content: { readonly rendered: string }
      readonly attune_placements: readonly { readonly variants: readonly { key: string; html: string }[] }[]
    }
    const { variants } = page.attune_placements[0]!
    expect(variants.map(({ key }) => key)).toEqual(['germany', 'default'])
    expect(variants[0]!.html).toMatch(/^\s*<p>MARK-GERMANY<\/p>/)
    expect(variants.map(({ html }) => html).join()).not.toContain('data-attune-variant=""')
    expect(allMarksOf(page.content.rendered)).toEqual(['MARK-DEFAULT'])
    expect(allMarksOf(page.excerpt.rendered)).toEqual(['MARK-DEFAULT'])
    expect(
      await site.php(
        `Attune\\load_room( 'ruleset/publish' ); echo implode( ',', get_post_meta( ${saved}, Attune\\SEGMENTS_META ) );`,
      ),
    ).toBe('germany,sale,keen')
  })

  test('without the plugin nobody sees anything but the default; with it again, who belongs to a variant does', async () => {
    const turn = (call: string): Promise<string> =>
      site.php(`require_once ABSPATH . 'wp-admin/includes/plugin.php'; ${call}`)
    await turn(`deactivate_plugins( 'attune/attune.php' );`)
    expect(await seen('/saved/')).toEqual(['MARK-DEFAULT'])
    // It is all still there.
    expect(allMarksOf(await (await site.fetch('/saved/')).text())).toContain('MARK-SECRET')
    await turn(`activate_plugin( 'attune/attune.php' );`)
    expect(await marks('/saved/', GERMAN)).toEqual(['MARK-GERMANY', 'MARK-INNER'])
    expect(await seen('/saved/')).toEqual(['MARK-DEFAULT'])
  })

  test('the editor finds both forms whole, and saves the one', async () => {
    for (const id of [saved, plain]) {
      const { page, blocks, content, complaints, close } = await openEditor(
        browser,
        site,
        `/wp-admin/post.php?post=${id}&action=edit`,
      )
      await page.waitForFunction(`wp.data.select( 'core/block-editor' ).getBlocks().length === 1`)
      expect(allBlocks(await blocks()).every(({ isValid }) => isValid)).toBe(true)
      expect(await page.evaluate(`wp.data.select( 'core/editor' ).isEditedPostDirty()`)).toBe(false)
      await page.evaluate(
        `wp.data.dispatch( 'core/block-editor' ).insertBlocks( wp.blocks.createBlock( 'core/separator' ) )`,
      )
      await page.evaluate(`wp.data.dispatch( 'core/editor' ).savePost()`)
      const kept = await source(id)
      expect(kept).toBe(await content())
      expect(kept.split(AT_REST)).toHaveLength(4)
      expect(await marks(id === saved ? '/saved/' : '/plain/', GERMAN)).toEqual([
        'MARK-GERMANY',
        'MARK-INNER',
      ])
      expect(complaints).toEqual([])
      await close()
    }
  })

  test('wrapping puts the copy to rest, and unwrapping wakes what is kept', async () => {
    const id = await addPost(site, { name: 'wrapped', content: paragraph('MARK-WRAPPED') })
    const { page, content, complaints, close } = await openEditor(
      browser,
      site,
      `/wp-admin/post.php?post=${id}&action=edit`,
    )
    const editor = `wp.data.dispatch( 'core/block-editor' )`
    const first = `wp.data.select( 'core/block-editor' ).getBlocks()[ 0 ]`
    await page.waitForFunction(`${first} !== undefined`)
    await page.evaluate(
      `${editor}.replaceBlocks( ${first}.clientId, wp.blocks.switchToBlockType( [ ${first} ], 'attune/adaptive' ) )`,
    )
    const wrapped = await content()
    expect(wrapped.split(AT_REST)).toHaveLength(2)
    expect(allMarksOf(wrapped.replace(/<template.*?<\/template>/s, ''))).toEqual(['MARK-WRAPPED'])
    await page.evaluate(`${editor}.replaceBlock( ${first}.clientId, ${first}.innerBlocks[ 0 ].innerBlocks )`)
    expect(await content()).not.toContain('template')
    expect(allMarksOf(await content())).toEqual(['MARK-WRAPPED'])
    expect(complaints).toEqual([])
    await close()
  })

  test('nothing went wrong on the way', () => {
    expect(site.debugLog()).toBe('')
  })
})
