import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { WordPressSite } from '../support/wordpress.ts'
import { phpText } from '../support/wordpress-ruleset.ts'
import {
  adaptive,
  addPost,
  allMarksOf,
  attributesOf,
  GERMAN,
  keenPersona,
  marksOf,
  NOBODY,
  type Persona,
  paragraph,
  startStage,
  variant,
} from '../support/wordpress-stage.ts'

const hero = adaptive(
  { placementId: 'hero', label: 'Hero' },
  variant({ key: 'germany', segments: ['germany'] }, paragraph('MARK-GERMANY')),
  variant({ key: 'keen', segments: ['keen', 'returning'], match: 'all' }, paragraph('MARK-KEEN')),
  variant({ key: 'default', isDefault: true }, paragraph('MARK-DEFAULT')),
)
const row = (row: object, text: string): string =>
  `<!-- wp:paragraph ${JSON.stringify({ metadata: { attune: { v: 1, ...row } } })} --><p>${text}</p><!-- /wp:paragraph -->`

describe.each(['6.5', '6.7'] as const)('WordPress %s', (version) => {
  let site: WordPressSite
  let keen: Persona

  beforeAll(async () => {
    site = await startStage(version)
    keen = keenPersona(site)
    await addPost(site, { name: 'hero', content: paragraph('MARK-BEFORE') + hero + paragraph('MARK-AFTER') })
    await addPost(site, {
      name: 'rows',
      content: [
        row({ show: 'any', segments: ['germany'] }, 'MARK-FOR-GERMANS'),
        row({ show: 'none', segments: ['germany'] }, 'MARK-NOT-FOR-GERMANS'),
        row({ show: 'all', segments: ['keen', 'returning'] }, 'MARK-FOR-KEEN'),
        row({ show: 'any', segments: ['sale'] }, 'MARK-IN-SALE'),
        row({ show: 'any', segments: ['over'] }, 'MARK-OVER'),
        row({ show: 'any', segments: ['gone'] }, 'MARK-GONE'),
        row({ show: 'none', segments: ['gone'] }, 'MARK-NOT-GONE'),
        row({ show: 'any', segments: [] }, 'MARK-NOBODY-CHOSEN'),
        row({ show: 'sideways', segments: ['sale'] }, 'MARK-MALFORMED'),
      ].join(''),
    })
  })
  afterAll(() => site?.stop())

  const page = async (path: string, persona: Persona = NOBODY): Promise<string> => {
    const answer = await site.fetch(path, persona)
    expect(answer.status, path).toBe(200)
    expect(answer.headers.getSetCookie(), path).toEqual([])
    return answer.text()
  }

  describe('on a site without a page cache', () => {
    beforeAll(() => site.php(`Attune\\save_settings( array( 'page_cache' => 'none' ) );`))

    test.each([
      ['nobody', () => NOBODY, 'MARK-DEFAULT'],
      ['a German', () => GERMAN, 'MARK-GERMANY'],
      ['somebody keen', () => keen, 'MARK-KEEN'],
    ])('%s gets their variant and nothing else of the block', async (_, persona, mark) => {
      const html = await page('/hero/', persona())
      expect(allMarksOf(html)).toEqual(['MARK-BEFORE', mark, 'MARK-AFTER'])
      expect(html).not.toContain('attune-placement')
      expect(html).not.toContain('attuneChoose')
    })

    test.each([
      ['nobody', () => NOBODY, ['MARK-NOT-FOR-GERMANS']],
      ['a German', () => GERMAN, ['MARK-FOR-GERMANS']],
      ['somebody keen', () => keen, ['MARK-NOT-FOR-GERMANS', 'MARK-FOR-KEEN']],
    ])('rows of any block show %s what is for them', async (_, persona, own) => {
      const html = await page('/rows/', persona())
      expect([...allMarksOf(html)].sort()).toEqual(
        [...own, 'MARK-IN-SALE', 'MARK-NOT-GONE', 'MARK-NOBODY-CHOSEN'].sort(),
      )
    })

    test('the page says that it is the visitor’s alone', async () => {
      const { headers } = await site.fetch('/hero/', keen)
      expect(headers.get('cache-control')).toMatch(/private/)
    })

    test('a program that reads pages gets defaults', async () => {
      const bot = {
        ...GERMAN,
        headers: { ...GERMAN.headers, 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' },
      }
      expect(allMarksOf(await page('/hero/', bot))).toEqual(['MARK-BEFORE', 'MARK-DEFAULT', 'MARK-AFTER'])
    })
  })

  describe('on a site whose pages a cache may keep', () => {
    beforeAll(() => site.php(`Attune\\save_settings( array( 'page_cache' => 'auto' ) );`))

    test('everybody gets the same page, whose default is visible', async () => {
      const pages = await Promise.all([NOBODY, GERMAN, keen].map((persona) => page('/hero/', persona)))
      expect(new Set(pages.map((html) => html.replace(/<i id="queries">\d+<\/i>/, ''))).size).toBe(1)
      expect(marksOf(pages[0]!)).toEqual(['MARK-BEFORE', 'MARK-DEFAULT', 'MARK-AFTER'])
      expect([...allMarksOf(pages[0]!)].sort()).toEqual(
        ['MARK-AFTER', 'MARK-BEFORE', 'MARK-DEFAULT', 'MARK-GERMANY', 'MARK-KEEN'].sort(),
      )
    })

    test('it has one resolver, before the first placement, and a call behind each', async () => {
      const html = await page('/rows/')
      const resolver = html.indexOf('localStorage.attune_known')
      expect(resolver).toBeGreaterThan(0)
      expect(resolver).toBeLessThan(html.indexOf('<attune-placement'))
      expect(html.split('localStorage.attune_known')).toHaveLength(2)
      expect(html.split('>attuneChoose()</script>')).toHaveLength(html.split('<attune-placement').length)
      expect(marksOf(html)).toEqual([
        'MARK-NOT-FOR-GERMANS',
        'MARK-IN-SALE',
        'MARK-NOT-GONE',
        'MARK-NOBODY-CHOSEN',
      ])
    })

    test('what nobody may get is not in it', async () => {
      const all = allMarksOf(await page('/rows/'))
      expect(all).not.toContain('MARK-OVER')
      expect(all).not.toContain('MARK-GONE')
      expect(all).not.toContain('MARK-MALFORMED')
    })
  })

  describe('what is not shown costs nothing', () => {
    beforeEach(() => site.php(`Attune\\save_settings( array( 'page_cache' => 'none' ) );`))

    test('unchosen variants and hidden blocks are not rendered', async () => {
      const counted = `<!-- wp:shortcode -->[count_renders]<!-- /wp:shortcode -->`
      const queries = `<!-- wp:latest-posts /-->`
      await addPost(site, {
        name: 'costs',
        content: [
          adaptive(
            { placementId: 'costs' },
            variant({ key: 'a', segments: ['germany'] }, counted, queries),
            variant({ key: 'b', segments: ['over'] }, counted, queries),
            variant({ key: 'default', isDefault: true }, paragraph('MARK-CHEAP')),
          ),
          `<!-- wp:latest-posts ${JSON.stringify({ metadata: { attune: { show: 'any', segments: ['germany'] } } })} /-->`,
        ].join(''),
      })
      const html = await page('/costs/')
      expect(allMarksOf(html)).toEqual(['MARK-CHEAP'])
      expect(html).toContain('<i id="renders">0</i>')
      expect(html).not.toContain('wp-block-latest-posts')
      expect(await page('/costs/', GERMAN)).toContain('wp-block-latest-posts')
    })

    test('ten placements need no query more than ten paragraphs', async () => {
      const ten = Array.from({ length: 10 }, (_, at) => hero.replace('"hero"', `"hero-${at}"`))
      await addPost(site, { name: 'ten', content: ten.join('') })
      await addPost(site, { name: 'plain', content: ten.map(() => paragraph('plain')).join('') })
      const queries = async (path: string): Promise<number> => {
        await page(path, keen)
        return Number(/<i id="queries">(\d+)</.exec(await page(path, keen))![1])
      }
      expect(await queries('/ten/')).toBe(await queries('/plain/'))
    })
  })

  describe('wherever blocks stand', () => {
    beforeAll(() => site.php(`Attune\\save_settings( array( 'page_cache' => 'none' ) );`))

    test('in synced patterns, groups and placements in placements', async () => {
      const pattern = await addPost(site, { name: 'shared', type: 'wp_block', content: hero })
      await addPost(site, {
        name: 'nested',
        content: [
          `<!-- wp:block {"ref":${pattern}} /-->`,
          `<!-- wp:group {"layout":{"type":"constrained"}} --><div class="wp-block-group">${hero}</div><!-- /wp:group -->`,
          adaptive(
            { placementId: 'outer' },
            variant({ key: 'sale', segments: ['sale'] }, paragraph('MARK-OUTER'), hero),
            variant({ key: 'default', isDefault: true }, paragraph('MARK-NO')),
          ),
        ].join(''),
      })
      expect(allMarksOf(await page('/nested/', GERMAN))).toEqual([
        'MARK-GERMANY',
        'MARK-GERMANY',
        'MARK-OUTER',
        'MARK-GERMANY',
      ])
    })

    test('in a template part of the theme', async () => {
      await site.php(`
        $part = get_block_template( get_stylesheet() . '//footer', 'wp_template_part' );
        wp_insert_post( wp_slash( array(
          'post_type' => 'wp_template_part', 'post_status' => 'publish', 'post_name' => 'footer', 'post_title' => 'Footer',
          'post_content' => '${hero.replace(/MARK-/g, 'MARK-FOOT-')}' . '<!-- wp:paragraph --><p>[attune segments="germany"]MARK-FOOT-TAG[attune:else]MARK-FOOT-ELSE[/attune]</p><!-- /wp:paragraph -->',
          'tax_input' => array( 'wp_theme' => array( get_stylesheet() ), 'wp_template_part_area' => array( 'footer' ) ),
        ) ) );
        $id = get_posts( array( 'post_type' => 'wp_template_part', 'numberposts' => 1 ) )[0]->ID;
        wp_set_object_terms( $id, get_stylesheet(), 'wp_theme' );
        wp_set_object_terms( $id, 'footer', 'wp_template_part_area' );
      `)
      expect(allMarksOf(await page('/hero/', GERMAN))).toEqual([
        'MARK-BEFORE',
        'MARK-GERMANY',
        'MARK-AFTER',
        'MARK-FOOT-GERMANY',
        'MARK-FOOT-TAG',
      ])
      await site.php(
        `wp_delete_post( get_posts( array( 'post_type' => 'wp_template_part', 'numberposts' => 1 ) )[0]->ID, true );`,
      )
    })

    test('a variant that stands alone shows nothing', async () => {
      await addPost(site, {
        name: 'alone',
        content: variant({ key: 'a', segments: ['sale'] }, paragraph('MARK-ALONE')),
      })
      expect(allMarksOf(await page('/alone/'))).toEqual([])
    })
  })

  describe('values', () => {
    const bound = `<!-- wp:heading ${attributesOf({
      metadata: {
        bindings: {
          content: { source: 'attune/value', args: { key: 'geo.country', fallback: 'R&D' } },
        },
      },
    })} --><h2 class="wp-block-heading"></h2><!-- /wp:heading -->`
    const inline = paragraph(
      'From <span class="attune-value" data-attune-key="geo.country">your <span>own</span> area</span> and <span class="attune-value" data-attune-key="trait.first_name">friend</span>.',
    )
    beforeAll(() => addPost(site, { name: 'values', content: bound + inline }))
    const content = async (persona: Persona): Promise<string> =>
      /<div class="entry-content[^>]*>(.*?)<\/main>/s.exec(await page('/values/', persona))![1]!

    test('are filled in on a page that is the visitor’s alone', async () => {
      await site.php(`Attune\\save_settings( array( 'page_cache' => 'none' ) );`)
      const german = await content(GERMAN)
      expect(german).toContain('<h2 class="wp-block-heading">DE</h2>')
      expect(german).toContain(
        'From <span class="attune-value" >DE</span> and <span class="attune-value" data-attune-key="trait.first_name">friend</span>.',
      )
    })

    test('keep their fallback on a page that others may be shown, and say what they are', async () => {
      await site.php(`Attune\\save_settings( array( 'page_cache' => 'auto' ) );`)
      const german = await content(GERMAN)
      expect(german).toContain('<span class="attune-value" data-attune-key="geo.country">R&amp;D</span>')
      expect(german).toContain('data-attune-key="geo.country">your <span>own</span> area</span>')
    })
  })

  test('a widget whose block is hidden leaves nothing behind', async () => {
    await site.php(`
      Attune\\save_settings( array( 'page_cache' => 'none' ) );
      file_put_contents( WPMU_PLUGIN_DIR . '/sidebar.php', '<?php
        add_action( "widgets_init", static function () { register_sidebar( array( "id" => "side", "name" => "Side", "before_widget" => "<aside class=\\"widget\\">", "after_widget" => "</aside>" ) ); } );
        add_action( "wp_footer", static function () { dynamic_sidebar( "side" ); } );
      ' );
      update_option( 'widget_block', array( 7 => array( 'content' => ${phpText(row({ show: 'any', segments: ['germany'] }, 'MARK-WIDGET'))} ), 8 => array( 'content' => ${phpText(hero)} ), '_multiwidget' => 1 ) );
      update_option( 'sidebars_widgets', array( 'side' => array( 'block-7', 'block-8' ), 'array_version' => 3 ) );
    `)
    const nobody = await page('/alone/')
    expect(nobody.match(/<aside/g)).toHaveLength(1)
    expect(allMarksOf(nobody)).toEqual(['MARK-DEFAULT'])
    const german = await page('/alone/', GERMAN)
    expect(german.match(/<aside/g)).toHaveLength(2)
    expect(allMarksOf(german)).toEqual(['MARK-WIDGET', 'MARK-GERMANY'])
  })

  test('nothing went wrong on the way', () => {
    expect(site.debugLog()).toBe('')
  })
})
