import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { WordPressSite } from '../support/wordpress.ts'
import { phpText } from '../support/wordpress-ruleset.ts'
import {
  adaptive,
  addPost,
  GERMAN,
  keenPersona,
  NOBODY,
  type Persona,
  paragraph,
  startStage,
  variant,
} from '../support/wordpress-stage.ts'
import { versionsOf } from '../support/wordpress-versions.ts'

// Where a page is one visitor's, placements are settled in the source, before WordPress reads it. With a listener to our blocks they
// are left to be rendered as blocks: both must show the same.
const LISTENER = `<?php
  add_action( 'init', static function () {
    if ( isset( $_GET['as_blocks'] ) ) { add_filter( 'render_block_attune/adaptive', static fn ( $html ) => $html ); }
  } );
  add_filter( 'render_block', static function ( $html, $block ) {
    $GLOBALS['ours'] = ( $GLOBALS['ours'] ?? 0 ) + ( 'attune/adaptive' === $block['blockName'] ? 1 : 0 );
    return $html;
  }, 10, 2 );
  add_filter( 'the_content', static fn ( $html ) => "<!--content-->$html<!--end-->", PHP_INT_MAX );
  add_action( 'wp_footer', static function () { echo '<i id="ours">', $GLOBALS['ours'] ?? 0, '</i>'; } );`

const rest = (text: string): string => `<template data-attune-variant="">${text}</template>`
const default_ = (...content: string[]) => variant({ key: 'default', isDefault: true }, ...content)
const german = (...content: string[]) => variant({ key: 'de', segments: ['germany'] }, ...content)
const keen = (...content: string[]) =>
  variant({ key: 'keen', segments: ['keen', 'returning'], match: 'all' }, ...content)
const three = adaptive(
  { placementId: 'three' },
  german(paragraph('German')),
  keen(paragraph('keen')),
  default_(paragraph('default')),
)
const other = (given: object): string =>
  adaptive({ placementId: 'other', ...given }, german(paragraph('G')), default_(paragraph('D')))

/** Name → content, and how many of its placements are left to be rendered as blocks for somebody in Germany. */
const CASES: Readonly<Record<string, readonly [string, number]>> = {
  one: [three, 0],
  'between others': [`${paragraph('before')}\n\n${three}\n\n${paragraph('after')}${other({})}`, 0],
  'on lines of their own': [three.replaceAll('--><', '-->\n<'), 0],
  'at rest': [
    adaptive({ placementId: 'rests' }, german(`\n${rest(paragraph('G'))}\n`), default_(paragraph('D'))),
    0,
  ],
  'in a group': [
    `<!-- wp:group {"layout":{"type":"flex"}} --><div class="wp-block-group">${three}</div><!-- /wp:group -->`,
    1,
  ],
  nested: [adaptive({ placementId: 'outer' }, german(three, paragraph('G')), default_(paragraph('D'))), 2],
  'of another plugin’s attribute': [other({ blockVisibility: { hide: true } }), 1],
  'with an audience row': [other({ metadata: { attune: { v: 1, show: 'any', segments: ['germany'] } } }), 1],
  'without a block that is shown': [
    adaptive({ placementId: 'empty' }, german(), default_(paragraph('D'))),
    1,
  ],
  'without a default': [
    `${paragraph('text')}${adaptive({ placementId: 'bare' }, german(paragraph('G')))}`,
    0,
  ],
  'with text beside variants': [
    other({}).replace('<!-- /wp:attune/adaptive', '<p>x</p><!-- /wp:attune/adaptive'),
    1,
  ],
  'not closed': [`${three}<!-- wp:attune/adaptive {"placementId":"x"} -->${paragraph('lost')}`, 1],
  'with an end of its own': [`<!-- wp:attune/adaptive {"placementId":"x"} /-->${three}`, 2],
  'of attributes that are none': [other({}).replace('{"placementId"', '{"placementId'), 1],
  'of attributes that spell two objects': [
    other({}).replace('"placementId":"other"} -->', '"placementId":"other"},{"key":"y"} -->'),
    1,
  ],
  'with a schedule that is over': [
    adaptive(
      { placementId: 'over' },
      variant({ key: 'a', from: '2020-01-01T00:00:00Z', until: '2020-02-01T00:00:00Z' }, paragraph('A')),
      default_(paragraph('D')),
    ),
    0,
  ],
  'of a delivery of its own': [other({ delivery: 'static' }), 0],
  'with text that is in no block': [
    adaptive({ placementId: 'text' }, german('G text\n\nsecond G'), default_('D text\n\nsecond D')) +
      paragraph('after'),
    0,
  ],
  'with shortcodes in its variants': [
    adaptive(
      { placementId: 'codes' },
      german(
        paragraph(
          '[attune segments="keen"]K[attune:else]E[/attune] [attune-value key="geo.country" fallback="x"]',
        ),
      ),
      default_(paragraph('[attune segments="germany"]G[attune:else]E[/attune]')),
    ),
    0,
  ],
  'with values and rows in its variants': [
    adaptive(
      { placementId: 'values' },
      german(
        paragraph('<span class="attune-value" data-attune-key="geo.country">there</span>'),
        `<!-- wp:paragraph {"metadata":{"attune":{"v":1,"show":"none","segments":["keen"]}}} --><p>R</p><!-- /wp:paragraph -->`,
      ),
      default_(paragraph('D')),
    ),
    0,
  ],
  'before a page break': [
    `${three}\n\n<!-- wp:nextpage -->\n<!--nextpage-->\n<!-- /wp:nextpage -->\n\n${paragraph('two')}`,
    0,
  ],
  'that a page break cuts': [
    adaptive(
      { placementId: 'cut' },
      german(
        paragraph('G1'),
        '<!-- wp:nextpage -->\n<!--nextpage-->\n<!-- /wp:nextpage -->',
        paragraph('G2'),
      ),
      default_(paragraph('D')),
    ),
    1,
  ],
  'beside a shortcode': [`[attune segments="germany"]G-short[attune:else]D-short[/attune]${three}`, 0],
}

describe.each(versionsOf('6.7'))('WordPress %s', (version) => {
  let site: WordPressSite
  let known: Persona

  beforeAll(async () => {
    site = await startStage(version)
    known = keenPersona(site)
    await site.php(`
      file_put_contents( WPMU_PLUGIN_DIR . '/listener.php', ${phpText(LISTENER)} );
      Attune\\save_settings( array( 'page_cache' => 'none' ) );
    `)
    for (const [place, [content]] of Object.values(CASES).entries())
      await addPost(site, { name: `case-${place}`, content })
  })
  afterAll(() => site?.stop())

  const page = async (path: string, persona: Persona): Promise<{ shown: string; ours: number }> => {
    const html = await (await site.fetch(path, persona)).text()
    const shown = /<!--content-->(.*)<!--end-->/s.exec(html)?.[1]
    if (shown === undefined) throw new Error(`${path} shows no content.`)
    return { shown, ours: Number(/<i id="ours">(\d+)/.exec(html)?.[1]) }
  }

  test.each(Object.entries(CASES).map(([name, [, left]], place) => [name, place, left] as const))(
    'a placement %s shows the same settled in the source and as a block',
    async (_, place, left) => {
      for (const persona of [NOBODY, GERMAN, known]) {
        const settled = await page(`/case-${place}/`, persona)
        const rendered = await page(`/case-${place}/?as_blocks=1`, persona)
        expect(settled.shown).toBe(rendered.shown)
        if (persona === GERMAN) expect(settled.ours).toBe(left)
      }
    },
  )
})
