import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { WordPressSite } from '../support/wordpress.ts'
import {
  adaptive,
  addPost,
  allMarksOf,
  GERMAN,
  keenPersona,
  marksOf,
  NOBODY,
  type Persona,
  paragraph,
  startStage,
  variant,
} from '../support/wordpress-stage.ts'

// Texts of the classic editor: shortcodes → what nobody, a German and somebody keen read.
const CASES: readonly (readonly [
  claim: string,
  text: string,
  nobody: string,
  german: string,
  keen: string,
])[] = [
  ['one branch', '[attune segments="germany"]G[/attune]', '', 'G', ''],
  ['an else', '[attune segments="germany"]G[attune:else]E[/attune]', 'E', 'G', 'E'],
  [
    'else-if in order',
    '[attune segments="germany"]G[attune:else-if segments="keen"]K[attune:else]E[/attune]',
    'E',
    'G',
    'K',
  ],
  ['any of several segments', '[attune segments="germany, keen"]X[attune:else]E[/attune]', 'E', 'X', 'X'],
  [
    'all of several segments',
    '[attune segments="returning,keen" match="all"]X[attune:else]E[/attune]',
    'E',
    'E',
    'X',
  ],
  ['a segment that is excluded', '[attune not="over"]X[attune:else]E[/attune]', 'X', 'X', 'X'],
  ['time', '[attune segments="sale" until="2020-01-01T00:00:00Z"]X[attune:else]E[/attune]', 'E', 'E', 'E'],
  [
    'shortcodes in shortcodes',
    '[attune segments="sale"]a[attune segments="germany"]G[attune:else]g[/attune]b[attune:else]E[/attune]c',
    'agbc',
    'aGbc',
    'agbc',
  ],
  [
    'numbered twins',
    '[attune-if segments="sale"]a[attune-if-2 segments="germany"]G[attune:else]g[/attune-if-2]b[attune:else]E[/attune-if]',
    'agb',
    'aGb',
    'agb',
  ],
  ['curly quotes', '[attune segments=“germany”]G[attune:else]E[/attune]', 'E', 'G', 'E'],
  ['single quotes', "[attune segments='germany']G[attune:else]E[/attune]", 'E', 'G', 'E'],
  ['a bracket in quotes', '[attune segments="germany" label="a]b"]G[attune:else]E[/attune]', 'E', 'G', 'E'],
  ['a segment that is gone', '[attune segments="gone"]X[attune:else]E[/attune]', 'E', 'E', 'E'],
  ['no segment at all', '[attune]X[attune:else]E[/attune]', 'E', 'E', 'E'],
  ['an unknown match', '[attune segments="sale" match="maybe"]X[attune:else]E[/attune]', 'E', 'E', 'E'],
  ['an unclosed shortcode', 'a [attune segments="sale"]X[attune:else]E', 'a E', 'a E', 'a E'],
  ['an unclosed shortcode without else', 'a [attune segments="sale"]X', 'a', 'a', 'a'],
  [
    'an unclosed one in a closed one',
    '[attune segments="germany"]G[attune-if segments="sale"]X[attune:else]E[/attune]',
    '',
    'GE',
    '',
  ],
  ['a closing marker alone', 'a[/attune]b', 'ab', 'ab', 'ab'],
  ['a separator alone', 'a[attune:else]b[attune:else-if segments="sale"]c', 'abc', 'abc', 'abc'],
  ['two elses', '[attune segments="germany"]G[attune:else]E[attune:else]F[/attune]', 'E', 'G', 'E'],
  [
    'a shortcode as text',
    '[[attune segments="sale"]]',
    '[attune segments="sale"]',
    '[attune segments="sale"]',
    '[attune segments="sale"]',
  ],
  [
    'other shortcodes in a branch',
    '[attune segments="germany"][count_renders][attune:else]E[/attune]',
    'E',
    'RENDERED',
    'E',
  ],
  ['a value', '[attune-value key="geo.country" fallback="somewhere"]', 'somewhere', 'DE', 'somewhere'],
  ['a value with no key', '[attune-value fallback="x"]', 'x', 'x', 'x'],
  ['a placement that is not there', 'a[attune-placement id="nothing"]b', 'ab', 'ab', 'ab'],
]

describe.each(['6.5', '6.7'] as const)('WordPress %s', (version) => {
  let site: WordPressSite
  let keen: Persona

  beforeAll(async () => {
    site = await startStage(version)
    keen = keenPersona(site)
  })
  afterAll(() => site?.stop())

  /** What the_content() makes of texts for somebody, as words: tags away, white space as one blank. */
  async function readAs(
    persona: Persona,
    texts: readonly string[],
    filter = 'the_content',
  ): Promise<readonly string[]> {
    const content = texts.map((text) => Buffer.from(text).toString('base64'))
    await site.php(
      `update_option( 'test_texts', array( '${content.join("','")}' ) ); update_option( 'test_filter', '${filter}' );`,
    )
    const answer = await site.fetch('/texts/', persona)
    const html = await answer.text()
    return [...html.matchAll(/<section class="text">(.*?)<\/section>/gs)].map(([, text]) => words(text!))
  }

  const contentOf = (html: string): string =>
    /<div class="entry-content[^>]*>(.*?)<\/main>/s.exec(html)?.[1] ?? ''

  const words = (html: string): string =>
    html
      .replace(/<script.*?<\/script>/gs, '')
      .replace(/<template.*?<\/template>/gs, '')
      .replace(/<[^>]*>/g, '')
      .replace(/&#8220;|&#8221;|&#8243;|&quot;/g, '"')
      .replace(/\s+/g, ' ')
      .trim()

  describe('on a site without a page cache', () => {
    beforeAll(async () => {
      await site.php(`Attune\\save_settings( array( 'page_cache' => 'none' ) );`)
      await addPost(site, { name: 'texts', content: '[test_texts]' })
      await site.php(`
      file_put_contents( WPMU_PLUGIN_DIR . '/texts.php', '<?php add_shortcode( "test_texts", static function () {
        $html = "";
        foreach ( get_option( "test_texts" ) as $text ) {
          $text = base64_decode( $text );
          $html .= "<section class=\\"text\\">" . ( "do_shortcode" === get_option( "test_filter" ) ? do_shortcode( $text ) : apply_filters( get_option( "test_filter" ), $text ) ) . "</section>";
        }
        return $html;
      } );' );
    `)
    })

    test.each([
      ['nobody', () => NOBODY, 2],
      ['a German', () => GERMAN, 3],
      ['somebody keen', () => keen, 4],
    ] as const)('every case reads to %s as it should', async (_, persona, at) => {
      const read = await readAs(
        persona(),
        CASES.map(([, text]) => text),
      )
      const found = CASES.map(([claim], place) => [claim, read[place]])
      expect(found).toEqual(CASES.map((each) => [each[0], each[at]]))
    })

    test.each([
      ['nobody', () => NOBODY, 2],
      ['a German', () => GERMAN, 3],
    ] as const)(
      'code that calls do_shortcode itself gives %s the same where shortcodes do not nest under one name',
      async (_, persona, at) => {
        // WordPress's own reading ends at the first closing marker, and takes no marker that nothing closes.
        const plain = CASES.filter(
          ([claim]) => !/shortcodes in shortcodes|unclosed|alone|curly|bracket/.test(claim),
        )
        const read = await readAs(
          persona(),
          plain.map(([, text]) => text),
          'do_shortcode',
        )
        expect(plain.map(([claim], place) => [claim, read[place]])).toEqual(
          plain.map((each) => [each[0], each[at]]),
        )
      },
    )

    test('markers in paragraphs of their own leave nothing behind', async () => {
      await addPost(site, {
        name: 'spread',
        content: [
          paragraph('MARK-BEFORE'),
          '<!-- wp:shortcode -->[attune segments="germany"]<!-- /wp:shortcode -->',
          paragraph('MARK-GERMANY'),
          paragraph('[attune:else]'),
          paragraph('MARK-ELSE'),
          '<!-- wp:shortcode -->\n[/attune]\n<!-- /wp:shortcode -->',
          paragraph('MARK-AFTER'),
        ].join('\n\n'),
      })
      for (const [persona, mark] of [
        [NOBODY, 'MARK-ELSE'],
        [GERMAN, 'MARK-GERMANY'],
      ] as const) {
        const html = await (await site.fetch('/spread/', persona)).text()
        expect(allMarksOf(html)).toEqual(['MARK-BEFORE', mark, 'MARK-AFTER'])
        expect(html).not.toMatch(/<p>\s*<\/p>/)
        expect(html).not.toContain('[attune')
      }
    })

    test('a saved placement is shown by its slug and by its id', async () => {
      const friday = adaptive(
        { placementId: 'friday' },
        variant({ key: 'germany', segments: ['germany'] }, paragraph('MARK-FREITAG')),
        variant({ key: 'default', isDefault: true }, paragraph('MARK-FRIDAY')),
      )
      await addPost(site, {
        name: 'black-friday',
        type: 'wp_block',
        content: paragraph('MARK-PATTERN') + friday,
      })
      await addPost(site, {
        name: 'saved',
        content: `${paragraph('[attune-placement id="black-friday"]')}${paragraph('[attune-placement id="friday"]')}`,
      })
      const marks = allMarksOf(await (await site.fetch('/saved/', GERMAN)).text())
      expect(marks).toEqual(['MARK-PATTERN', 'MARK-FREITAG', 'MARK-FREITAG'])
    })

    test('a placement that shows itself ends', async () => {
      await addPost(site, {
        name: 'snake',
        type: 'wp_block',
        content: paragraph('MARK-SNAKE [attune-placement id="snake"]'),
      })
      await addPost(site, { name: 'snakes', content: paragraph('[attune-placement id="snake"]') })
      expect(allMarksOf(await (await site.fetch('/snakes/', NOBODY)).text())).toEqual(['MARK-SNAKE'])
    })
  })

  describe('on a site whose pages a cache may keep', () => {
    const page = async (name: string, content: string): Promise<string> => {
      await addPost(site, { name, content })
      const pages = await Promise.all(
        [NOBODY, GERMAN, keen].map(async (persona) => (await site.fetch(`/${name}/`, persona)).text()),
      )
      expect(new Set(pages.map((html) => html.replace(/<i id="queries">\d+<\/i>/, ''))).size).toBe(1)
      return contentOf(pages[0]!)
    }
    beforeAll(() => site.php(`Attune\\save_settings( array( 'page_cache' => 'auto' ) );`))

    test('everybody gets all branches, the default visible, in paragraphs as they were written', async () => {
      const html = await page(
        'inline',
        'First [attune segments="germany"]MARK-G[attune:else]MARK-E[/attune] words.\n\nSecond.',
      )
      expect(marksOf(html)).toEqual(['MARK-E'])
      expect(html).toMatch(
        /<p>First <attune-placement [^>]*><template data-variant="if">MARK-G<\/template>MARK-E<\/attune-placement><script[^>]*>attuneChoose\(\)<\/script> words\.<\/p>/,
      )
    })

    test('branches of several paragraphs stand between paragraphs', async () => {
      const html = await page(
        'blocky',
        'First.\n\n[attune segments="germany"]\nMARK-G1\n\nMARK-G2\n[attune:else]\nMARK-E1\n\nMARK-E2\n[/attune]\n\nLast.',
      )
      expect(html).toMatch(
        /<p>First\.<\/p>\s*<attune-placement [^>]*><template data-variant="if"><p>MARK-G1<\/p>\s*<p>MARK-G2<\/p>\s*<\/template><p>MARK-E1<\/p>\s*<p>MARK-E2<\/p>\s*<\/attune-placement><script[^>]*>attuneChoose\(\)<\/script>\s*<p>Last\.<\/p>/,
      )
    })

    test('branches of blocks are rendered as blocks', async () => {
      const html = await page(
        'inline-blocks',
        `<!-- wp:shortcode -->[attune segments="germany"]<!-- /wp:shortcode -->${paragraph('MARK-G')}<!-- wp:shortcode -->[attune:else]<!-- /wp:shortcode -->${paragraph('MARK-E')}<!-- wp:shortcode -->[/attune]<!-- /wp:shortcode -->`,
      )
      expect(html).toMatch(
        /<template data-variant="if">\s*<p>MARK-G<\/p>\s*<\/template>\s*<p>MARK-E<\/p>\s*<\/attune-placement>/,
      )
      expect(html).not.toContain('attune-part')
    })

    test('a value keeps its fallback, and says what it is', async () => {
      const html = await page('value', 'In [attune-value key="geo.country" fallback="your <b>area</b>"].')
      expect(html).toContain(
        'In <span class="attune-value" data-attune-key="geo.country">your &lt;b&gt;area&lt;/b&gt;</span>.',
      )
    })
  })

  test('nothing went wrong on the way', () => {
    expect(site.debugLog()).toBe('')
  })
})
