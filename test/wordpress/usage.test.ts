import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWordPress, type WordPressSite } from '../support/wordpress.ts'
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
