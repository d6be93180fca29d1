import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startWordPress, type WordPressSite } from '../support/wordpress.ts'
import type { Role } from '../support/wordpress-client.ts'
import { phpText, publishOn } from '../support/wordpress-ruleset.ts'

let site: WordPressSite

beforeAll(async () => {
  site = await startWordPress({ version: '6.7' })
  await publishOn(site)
})
afterAll(() => site?.stop())

const json = async (code: string): Promise<unknown> =>
  JSON.parse(await site.php(`Attune\\load_room( 'ruleset/publish' ); echo wp_json_encode( ${code} );`))
const uses = (content: string): Promise<unknown> =>
  json(`Attune\\usage_of_content( ${phpText(content)} )['segments']`)
const insert = (post: Record<string, string>): string =>
  `wp_insert_post( wp_slash( array( ${Object.entries({ post_title: 'T', post_status: 'publish', ...post })
    .map(([name, value]) => `'${name}' => ${phpText(value)}`)
    .join(', ')} ) ) )`

const variant = (segment: string, inner = ''): string =>
  `<!-- wp:attune/variant {"key":"${segment}","segments":["${segment}"]} -->${inner}<!-- /wp:attune/variant -->`
const adaptive = (id: string, inner: string): string =>
  `<!-- wp:attune/adaptive {"placementId":"${id}"} -->${inner}<!-- /wp:attune/adaptive -->`

test.each([
  [
    'blocks at any depth',
    `<!-- wp:group --><div>${adaptive('a', variant('one', adaptive('b', variant('two'))))}</div><!-- /wp:group -->`,
    ['one', 'two'],
  ],
  [
    'an audience of any block',
    '<!-- wp:paragraph {"metadata":{"attune":{"show":"any","segments":["one","two"],"v":1}}} --><p>x</p><!-- /wp:paragraph -->',
    ['one', 'two'],
  ],
  [
    'shortcodes of every spelling',
    `[attune segments="one, two"]a[attune:else-if segments='three']b[/attune] [attune-if-2 match="all" segments=four]c[/attune-if-2]`,
    ['one', 'two', 'three', 'four'],
  ],
  [
    'a shortcode inside a block',
    '<!-- wp:shortcode -->[attune segments="one"]x[/attune]<!-- /wp:shortcode -->',
    ['one'],
  ],
  ['nothing', '<p>[attunement segments="no"] [other segments="no"]</p>', []],
  [
    'hostile attributes',
    '<!-- wp:attune/variant {"segments":"one"} /--><!-- wp:attune/variant {"segments":[1,null,["x"],"two"]} /--><!-- wp:paragraph {"metadata":{"attune":7}} /-->',
    ['two'],
  ],
])('finds the segments of %s', async (_, content, segments) => {
  expect(await uses(content)).toEqual(expect.arrayContaining(segments))
  expect(((await uses(content)) as string[]).length).toBe(segments.length)
})

test('a saved post is found by its segments, and by those of the patterns that it shows', async () => {
  const found = await json(`( function () {
    $pattern = ${insert({ post_type: 'wp_block', post_content: adaptive('a', variant('germany')) })};
    $page = ${insert({ post_type: 'page', post_content: 'PATTERN' })};
    wp_update_post( array( 'ID' => $page, 'post_content' => '<!-- wp:block {"ref":' . $pattern . '} /-->' ) );
    $first = Attune\\posts_using_segment( 'germany' );
    wp_update_post( wp_slash( array( 'ID' => $pattern, 'post_content' => ${phpText(adaptive('a', variant('buyer')))} ) ) );
    $second = array( Attune\\posts_using_segment( 'germany' ), Attune\\posts_using_segment( 'buyer' ) );
    $placements = get_post_meta( $page, '_attune_placements', true );
    wp_trash_post( $page );
    $third = Attune\\posts_using_segment( 'buyer' );
    sort( $first ); sort( $second[1] );
    return array( array( $first, $second[0], $second[1], $third ) === array( array( $pattern, $page ), array(), array( $pattern, $page ), array( $pattern ) ), $placements[0]['id'] );
  } )()`)
  expect(found).toEqual([true, 'a'])
})

test('a pattern that holds itself is entered once', async () => {
  const found = await json(`( function () {
    $pattern = ${insert({ post_type: 'wp_block', post_content: 'x' })};
    wp_update_post( wp_slash( array( 'ID' => $pattern, 'post_content' => '<!-- wp:block {"ref":' . $pattern . '} /-->' . ${phpText(variant('buyer'))} ) ) );
    return Attune\\usage_of_content( get_post( $pattern )->post_content )['segments'];
  } )()`)
  expect(found).toEqual(['buyer'])
})

describe('two posts with one placement id', () => {
  const one = (id: string, segment: string): string => adaptive(id, variant(segment))
  /** Segment of the first variant of a placement, as fronts elsewhere are told. */
  const decided = (id: string): Promise<unknown> =>
    json(`( function () {
      foreach ( Attune\\public_placements() as $page ) {
        foreach ( $page['placements'] as $placement ) { if ( '${id}' === $placement['id'] ) { return $placement['variants'][0]['segments'][0]; } }
      }
    } )()`)
  const author = (name: string): string =>
    `( username_exists( '${name}' ) ?: wp_insert_user( array( 'user_login' => '${name}', 'user_pass' => 'x', 'role' => 'author' ) ) )`
  const save = (post: string, content: string): string =>
    `wp_update_post( wp_slash( array( 'ID' => ${post}, 'post_content' => ${phpText(content)} ) ) )`

  test('the oldest decides, for the page of the other too', async () => {
    await json(
      `array( ${insert({ post_content: one('twin', 'buyer') })}, ${insert({ post_content: one('twin', 'germany') })} )`,
    )
    expect(await decided('twin')).toBe('buyer')
    const pages = await json(
      `array_filter( Attune\\public_placements(), fn ( $page ) => in_array( 'twin', array_column( $page['placements'], 'id' ), true ) )`,
    )
    expect(Object.keys(pages as object)).toHaveLength(2)
  })

  test('an author takes none from a post that they may not edit, by an older post of theirs or a newer', async () => {
    const saved = await json(`( function () {
      $theirs = wp_insert_post( array( 'post_title' => 'Old', 'post_content' => 'x', 'post_status' => 'publish', 'post_author' => ${author('ann')} ) );
      $site = ${insert({ post_content: one('house', 'buyer'), post_author: '1' })};
      ${save('$theirs', one('house', 'germany'))};
      wp_insert_post( wp_slash( array( 'post_title' => 'New', 'post_content' => ${phpText(one('house', 'germany'))}, 'post_status' => 'publish', 'post_author' => ${author('bob')} ) ) );
      wp_set_current_user( 1 );
      ${save('$theirs', `${one('house', 'germany')} corrected by an editor`)};
      return array( Attune\\placement_holders( 'house' ) === array( $site ), get_post_meta( $theirs, '_attune_placements' ) );
    } )()`)
    expect(saved).toEqual([true, []])
    expect(await decided('house')).toBe('buyer')
  })

  test('an editor may, and whoever shows a pattern takes nothing', async () => {
    const saved = await json(`( function () {
      $pattern = ${insert({ post_type: 'wp_block', post_content: one('shared', 'buyer'), post_author: '1' })};
      $shows = wp_insert_post( array( 'post_title' => 'Shows', 'post_content' => '<!-- wp:block {"ref":' . $pattern . '} /-->', 'post_status' => 'publish', 'post_author' => ${author('ann')} ) );
      $editor = wp_insert_post( wp_slash( array( 'post_title' => 'E', 'post_content' => ${phpText(one('shared', 'germany'))}, 'post_status' => 'publish', 'post_author' => get_user_by( 'login', 'editor' )->ID ) ) );
      ${save('$pattern', `${one('shared', 'buyer')} again`)};
      return array( get_post_meta( $shows, '_attune_placements', true )[0]['id'], Attune\\placement_holders( 'shared' ) === array( $pattern, $editor ) );
    } )()`)
    expect(saved).toEqual(['shared', true])
  })

  test('a pattern’s slug takes no shortcode over from the placement of another, nor the other way round', async () => {
    const text = (what: string): string =>
      adaptive(
        'sale',
        `<!-- wp:attune/variant {"key":"default","isDefault":true} --><p>${what}</p><!-- /wp:attune/variant -->`,
      )
    const shown = await json(`( function () {
      Attune\\load_stage(); Attune\\load_room( 'shortcode' );
      $by = fn ( $author, $type, $content, $slug = '' ) => wp_insert_post( wp_slash( array( 'post_title' => 'P', 'post_type' => $type, 'post_name' => $slug, 'post_content' => $content, 'post_status' => 'publish', 'post_author' => $author ) ) );
      $by( 1, 'wp_block', ${phpText(text('THE SITE’S'))} );
      wp_set_current_user( ${author('ann')} );
      $slug = get_post( $by( ${author('ann')}, 'wp_block', 'ANN’S', 'sale' ) )->post_name;
      $first = Attune\\saved_placement( 'sale' );
      // An editor may, and still the older is shown.
      wp_set_current_user( 1 );
      $same = get_post( $by( 1, 'wp_block', 'NEWER', 'sale' ) )->post_name;
      $second = Attune\\saved_placement( 'sale' );
      $by( 1, 'wp_block', 'BY SLUG', 'offer' );
      $by( 1, 'wp_block', str_replace( 'sale', 'offer', ${phpText(text('BY ID'))} ) );
      return array( $slug, $same, trim( wp_strip_all_tags( $first ) ), trim( wp_strip_all_tags( $second ) ), Attune\\saved_placement( 'offer' ) );
    } )()`)
    expect(shown).toEqual(['sale-2', 'sale', 'THE SITE’S', 'THE SITE’S', 'BY SLUG'])
  })

  test('the editor is told of the others, as far as they may be known', async () => {
    const ask = async (role: Role, post = 0): Promise<unknown> =>
      (await site.fetch(`/wp-json/attune/v1/placements/house?post=${post}`, await site.login(role))).json()
    expect(await ask('editor')).toMatchObject({
      posts: [{ title: 'T', type: 'post' }],
      others: 0,
      isTaken: false,
      isFirst: false,
    })
    expect(await ask('contributor')).toEqual({ posts: [], others: 1, isTaken: true, isFirst: false })
    const holder = Number(await json(`Attune\\placement_holders( 'house' )[0]`))
    expect(await ask('contributor', holder)).toEqual({ posts: [], others: 0, isTaken: false, isFirst: true })
  })
})

test('saving a post without anything of ours costs at most two queries', async () => {
  const queries = (active: boolean): Promise<unknown> =>
    json(`( function () {
      ${active ? '' : `foreach ( array( 10, 20 ) as $at ) { foreach ( $GLOBALS['wp_filter']['save_post']->callbacks[ $at ] ?? array() as $key => $one ) { if ( $one['function'] instanceof Closure ) { unset( $GLOBALS['wp_filter']['save_post']->callbacks[ $at ][ $key ] ); } } }`}
      wp_insert_post( array( 'post_title' => 'Warm', 'post_content' => 'plain', 'post_status' => 'publish' ) );
      $before = $GLOBALS['wpdb']->num_queries;
      wp_insert_post( array( 'post_title' => 'Plain', 'post_content' => 'plain', 'post_status' => 'publish' ) );
      return $GLOBALS['wpdb']->num_queries - $before;
    } )()`)
  const [without, together] = [Number(await queries(false)), Number(await queries(true))]
  expect(together - without).toBeLessThanOrEqual(2)
})

test('nothing of this left a notice', () => {
  expect(site.debugLog()).toBe('')
})
