import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { WordPressSite } from '../support/wordpress.ts'
import { phpText } from '../support/wordpress-ruleset.ts'
import {
  adaptive,
  addPost,
  allMarksOf,
  attributesOf,
  BROWSER,
  keenPersona,
  NOBODY,
  type Persona,
  paragraph,
  startStage,
  variant,
} from '../support/wordpress-stage.ts'

let site: WordPressSite
let keen: Persona

beforeAll(async () => {
  site = await startStage('6.7')
  keen = keenPersona(site)
})
afterAll(() => site?.stop())

const settle = (settings: string): Promise<string> =>
  site.php(`Attune\\save_settings( array( ${settings} ) );`)
const marks = async (path: string, persona: Persona = NOBODY): Promise<readonly string[]> =>
  allMarksOf(await (await site.fetch(path, persona)).text())

/** Has code of another plugin while something is done. */
async function beside<T>(code: string, act: () => Promise<T>): Promise<T> {
  await site.php(`file_put_contents( WPMU_PLUGIN_DIR . '/other.php', ${phpText(`<?php ${code}`)} );`)
  try {
    return await act()
  } finally {
    await site.php(`unlink( WPMU_PLUGIN_DIR . '/other.php' );`)
  }
}

describe('what everybody may ask of REST', () => {
  const placed = (id: string, mark: string, ...more: readonly string[]): string =>
    adaptive(
      { placementId: id },
      variant({ key: 'keen', segments: ['keen'] }, paragraph(`MARK-${mark}`), ...more),
      variant({ key: 'default', isDefault: true }, paragraph(`MARK-${mark}-DEFAULT`)),
    )
  const asked = async (id: number): Promise<readonly string[]> => {
    const answer = await site.fetch(`/wp-json/wp/v2/pages/${id}?_fields=attune_placements`)
    return allMarksOf(await answer.text())
  }

  test('holds no placement that stands in what only confidential segments see', async () => {
    const row = attributesOf({ metadata: { attune: { show: 'any', segments: ['keen'], v: 1 } } })
    const inRow = `<!-- wp:group ${row} --><div class="wp-block-group">${placed('in-row', 'ROW')}</div><!-- /wp:group -->`
    const id = await addPost(site, {
      name: 'nested',
      content: placed('outer', 'OUTER', placed('inner', 'INNER')) + inRow,
    })
    expect(await asked(id)).toEqual([
      'MARK-OUTER',
      'MARK-INNER-DEFAULT',
      'MARK-OUTER-DEFAULT',
      'MARK-INNER',
      'MARK-INNER-DEFAULT',
      'MARK-ROW',
      'MARK-ROW-DEFAULT',
    ])
    await settle(`'confidential' => array( 'keen' )`)
    expect(await asked(id)).toEqual(['MARK-OUTER-DEFAULT'])
    await settle(`'confidential' => array()`)
  })

  test('holds nothing of a pattern behind a password', async () => {
    const pattern = await addPost(site, {
      name: 'locked',
      type: 'wp_block',
      content: placed('locked', 'LOCKED'),
    })
    const id = await addPost(site, { name: 'shows-it', content: `<!-- wp:block {"ref":${pattern}} /-->` })
    expect(await asked(id)).toEqual(['MARK-LOCKED', 'MARK-LOCKED-DEFAULT'])
    await site.php(`wp_update_post( array( 'ID' => ${pattern}, 'post_password' => 'secret' ) );`)
    expect(await asked(id)).toEqual([])
  })

  test('takes the id of a template for no post', async () => {
    const id = await addPost(site, { name: 'numbered', content: placed('numbered', 'NUMBERED') })
    const answer = `Attune\\load_room( 'rest' ); $GLOBALS['post'] = get_post( ${id} ); echo wp_json_encode( array_map( fn ( $of ) => count( Attune\\answer_placements( $of ) ), array( array( 'id' => ${id} ), array( 'id' => '${id}-theme//index' ), array( 'id' => 'theme//index', 'wp_id' => 0 ), array() ) ) );`
    expect(JSON.parse(await site.php(answer))).toEqual([1, 0, 0, 0])
  })
})

describe('code of others', () => {
  test.each([
    ['the closing marker of another is taken for it', 'E', ' [attune segments="keen"]V[/attune] tail'],
    ['several paragraphs stand before that', '', '\n\nV\n\nV [attune segments="keen"]V[/attune] tail'],
  ])('that calls do_shortcode itself shows nobody else’s branch when %s', async (_, branch, tail) => {
    const text = `[attune segments="keen"]V${branch === '' ? tail : `[attune:else]${branch}${tail}`}`
    const shown = await site.php(`echo do_shortcode( ${phpText(text)} );`)
    expect(shown.replace(/ tail$/, '').trim()).toBe(branch)
  })

  test('may forget what its filter answers, and may render a block type by hand', async () => {
    await addPost(site, {
      name: 'forgetful',
      content: `<!-- wp:spacer --><div style="height:9px" aria-hidden="true" class="wp-block-spacer"></div><!-- /wp:spacer -->${paragraph('MARK-STAYS')}`,
    })
    const forgets = `add_filter( 'render_block', static function ( $html, $block ) { if ( 'core/spacer' !== $block['blockName'] ) { return $html; } }, 10, 2 );`
    expect(await beside(forgets, () => marks('/forgetful/'))).toEqual(['MARK-STAYS'])
    const byHand = `WP_Block_Type_Registry::get_instance()->get_registered( 'attune/adaptive' )->render( array(), '' )`
    expect(await site.php(`echo wp_json_encode( ${byHand} );`)).toBe('""')
  })

  test('may print before a page begins', async () => {
    await settle(`'page_cache' => 'none'`)
    const prints = `add_action( 'template_redirect', static function () { echo ' '; while ( ob_get_level() ) { ob_end_flush(); } flush(); } );`
    await beside(prints, () => marks('/nested/?attune_view=x', keen))
    await settle(`'page_cache' => 'auto'`)
    expect(site.debugLog()).toBe('')
  })

  test('is told the same of a segment before and behind the first output of a page', async () => {
    const says = `
      add_action( 'template_redirect', static function () { $GLOBALS['early'] = attune_matches( 'keen' ); } );
      add_action( 'wp_footer', static function () { echo headers_sent() ? 'MARK-SENT' : 'MARK-OPEN', $GLOBALS['early'] ? ' MARK-EARLY' : '', attune_matches( 'keen' ) ? ' MARK-LATE' : ''; } );
      add_action( 'wp_head', static function () { while ( ob_get_level() ) { ob_end_flush(); } flush(); } );`
    const seen = await beside(says, () => marks('/forgetful/', keen))
    expect(seen).toEqual(['MARK-STAYS', 'MARK-SENT', 'MARK-EARLY', 'MARK-LATE'])
  })
})

test('a fragment that is gone takes no others along', async () => {
  const content = (id: string): string =>
    adaptive(
      { placementId: id },
      variant({ key: 'default', isDefault: true }, paragraph(`MARK-${id.toUpperCase()}`)),
    )
  const [gone, here] = [
    await addPost(site, { name: 'left', content: content('left') }),
    await addPost(site, { name: 'here', content: content('here') }),
  ]
  const names = await site.php(`
    foreach ( array( ${gone} => 'left', ${here} => 'here' ) as $post => $id ) { $names[] = "$post.$id." . Attune\\fragment_signature( $post, $id ); }
    wp_trash_post( ${gone} );
    echo implode( ',', $names );`)
  const answer = await site.fetch(`/wp-json/attune/v1/fragments?f=${names}`, NOBODY)
  expect(answer.status).toBe(200)
  expect(Object.keys((await answer.json()) as object)).toEqual([`${here}.here`])
})

test('a cache folder that was emptied costs no page its place in a cache', async () => {
  const times = await site.php(`
    $times = 0;
    add_action( 'attune_ruleset_published', static function () use ( &$times ) { ++$times; } );
    $hash = Attune\\load_ruleset()['hash'];
    array_map( 'unlink', glob( Attune\\compiled_dir() . '/*' ) );
    Attune\\Loaded_Rulesets::forget();
    echo (int) ( Attune\\load_ruleset()['hash'] === $hash ), (int) is_file( Attune\\compiled_path( $hash ) ), $times;`)
  expect(times).toBe('110')
})

test('where a cache keys on segments, what no key speaks of is fetched by those who may have signed cookies', async () => {
  await settle(`'confidential' => array( 'keen' )`)
  await site.php(`update_option( 'test_keyed', 1 );`)
  await addPost(site, {
    name: 'keyed',
    content: adaptive(
      { placementId: 'keyed' },
      variant({ key: 'keen', segments: ['keen'] }, paragraph('MARK-KEEN')),
      variant({ key: 'default', isDefault: true }, paragraph('MARK-DEFAULT')),
    ),
  })
  const page = async (): Promise<string> => (await site.fetch('/keyed/', NOBODY)).text()
  expect(await page()).not.toContain('data-fragment')
  await settle(`'collector' => 'https://collect.example/attune'`)
  const html = await page()
  expect(html).toMatch(/data-fragment="\d+\.keyed\.[^"]+" data-bits="" data-own/)
  expect(allMarksOf(html)).toEqual(['MARK-DEFAULT'])
  await settle(`'collector' => '', 'confidential' => array()`)
  await site.php(`update_option( 'test_keyed', 0 );`)
})

test('an audience of any of several, one of them gone, takes nobody in, in the browser as on the server', async () => {
  await addPost(site, {
    name: 'gone',
    content: adaptive(
      { placementId: 'gone' },
      variant({ key: 'sale', segments: ['sale', 'deleted'] }, paragraph('MARK-SALE')),
      variant({ key: 'default', isDefault: true }, paragraph('MARK-DEFAULT')),
    ),
  })
  expect(await marks('/gone/')).toEqual(['MARK-DEFAULT'])
  await settle(`'page_cache' => 'none'`)
  expect(await marks('/gone/')).toEqual(['MARK-DEFAULT'])
  await settle(`'page_cache' => 'auto'`)
})

test('somebody whose browser keeps the profile is no newcomer once the key has ended', async () => {
  await addPost(site, {
    name: 'newcomers',
    content: adaptive(
      { placementId: 'newcomers' },
      variant({ key: 'new', segments: ['returning', 'keen'], match: 'none' }, paragraph('MARK-NEW')),
      variant({ key: 'default', isDefault: true }, paragraph('MARK-DEFAULT')),
    ),
  })
  await settle(`'page_cache' => 'none'`)
  const came: Persona = { cookies: 'attune_consent=preferences', headers: { 'user-agent': BROWSER } }
  expect(await marks('/newcomers/', came)).toEqual(['MARK-DEFAULT'])
  await settle(`'collector' => 'https://collect.example/attune'`)
  // With a collector, who has agreed and has no number yet was never seen.
  expect(await marks('/newcomers/', came)).toEqual(['MARK-NEW'])
  await settle(`'collector' => '', 'page_cache' => 'auto'`)
})

test('nothing went wrong on the way', () => {
  expect(site.debugLog()).toBe('')
})
