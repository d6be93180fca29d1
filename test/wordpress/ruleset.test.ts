import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startWordPress, type WordPressSite } from '../support/wordpress.ts'
import { DOCUMENT, phpText, publishedJson, publishOn } from '../support/wordpress-ruleset.ts'

const SECRET = 'a-secret-of-more-than-thirty-two-characters'

let site: WordPressSite

beforeAll(async () => {
  site = await startWordPress({
    version: '6.5',
    muPlugins: {
      'secret.php': `<?php define( 'ATTUNE_SECRET', '${SECRET},an-older-secret-of-thirty-two-characters' );`,
    },
  })
})
afterAll(() => site?.stop())

const json = async (code: string): Promise<unknown> =>
  JSON.parse(await site.php(`echo wp_json_encode( ${code} );`))

describe('publishing', () => {
  beforeEach(() => publishOn(site))

  test('a page loads the compiled ruleset from a file, without a query', async () => {
    const queries = await site.php(`
      get_option( 'attune_ruleset' );
      $before = $GLOBALS['wpdb']->num_queries;
      $ruleset = Attune\\load_ruleset();
      echo wp_json_encode( array( $ruleset['revision'], $GLOBALS['wpdb']->num_queries - $before, get_option( 'attune_ruleset' )['file'] ) );
    `)
    expect(JSON.parse(queries)).toEqual(['r1', 0, true])
  })

  test('says of each segment what it depends on, and which may stand in a cookie', async () => {
    const { scopes, key_segments, labels } = (await json(
      `array_intersect_key( Attune\\load_ruleset(), array( 'scopes' => 1, 'key_segments' => 1, 'labels' => 1 ) )`,
    )) as Record<string, unknown>
    expect(scopes).toEqual({
      returning: 'private',
      germany: 'coarse',
      buyer: 'private',
      sale: 'static',
      'german-buyer': 'private',
    })
    expect(key_segments).toEqual(['returning', 'germany', 'buyer', 'german-buyer'])
    expect(labels).toMatchObject({ buyer: 'Buyers & <friends> 🎁', sale: 'sale' })
  })

  test('a confidential segment stands in no cookie, and the hash says that bits have moved', async () => {
    const open = await json(`Attune\\load_ruleset()['hash']`)
    const closed = (await json(`( function () {
      Attune\\save_settings( array( 'confidential' => array( 'germany' ) ) );
      return array( Attune\\load_ruleset()['hash'], Attune\\load_ruleset()['key_segments'] );
    } )()`)) as readonly [string, string[]]
    // What is built on it would tell of it.
    expect(closed[1]).toEqual(['returning', 'buyer'])
    expect(closed[0]).not.toBe(open)
    expect(
      await json(
        `Attune\\save_settings( array( 'confidential' => array() ) ) ? Attune\\load_ruleset()['hash'] : 0`,
      ),
    ).toBe(open)
  })

  test.each([
    ['no JSON', '{', '$'],
    ['a document', JSON.stringify(DOCUMENT), 'attune publish'],
    ['a list', '[]', 'no object'],
    ['a key twice', publishedJson(DOCUMENT).replace('{', '{"published":1,'), 'published'],
    [
      'a node that is its own child',
      publishedJson(DOCUMENT).replace(/"of":\[\d+\]/, '"of":[999]'),
      '$.nodes',
    ],
  ])('%s is refused, and the ruleset before stays', async (_, text, named) => {
    const said = await site.php(`
      try { Attune\\publish_ruleset( ${phpText(text)} ); } catch ( InvalidArgumentException $error ) { echo $error->getMessage(); }
      echo "\\n", Attune\\load_ruleset()['revision'];
    `)
    expect(said).toContain(named)
    expect(said).toMatch(/\nr1$/)
  })

  test('what nobody may write HTML with is kept as it was, whoever publishes', async () => {
    const kept = await site.php(`
      wp_set_current_user( get_user_by( 'login', 'subscriber' )->ID );
      kses_init();
      Attune\\publish_ruleset( ${phpText(publishedJson(DOCUMENT))} );
      echo Attune\\load_ruleset()['labels']['buyer'], '|', Attune\\kept_document()->segments->buyer->label;
    `)
    expect(kept).toBe('Buyers & <friends> 🎁|Buyers & <friends> 🎁')
  })

  test('an emptied or overwritten cache folder is made anew from what is kept', async () => {
    const file = `Attune\\compiled_path( get_option( 'attune_ruleset' )['hash'] )`
    for (const harm of [
      `unlink( ${file} );`,
      `file_put_contents( ${file}, '<?php return array(' );`,
      `file_put_contents( ${file}, '' );`,
    ]) {
      await site.php(harm)
      expect(await json(`array( Attune\\load_ruleset()['revision'] ?? null, is_file( ${file} ) )`)).toEqual([
        'r1',
        true,
      ])
      expect(await json(`isset( ( include ${file} )['hash'] )`)).toBe(true)
    }
  })

  test('what another version compiled stands under another name, and goes when this one compiles', async () => {
    const files = await json(`( function () {
      $path = Attune\\compiled_path( get_option( 'attune_ruleset' )['hash'] );
      $old = str_replace( strtr( Attune\\MADE_BY, '/', '-' ), '0.0.9-1', $path );
      rename( $path, $old );
      Attune\\Loaded_Rulesets::forget();
      return array( $old === $path, Attune\\load_ruleset()['revision'], is_file( $path ), is_file( $old ) );
    } )()`)
    expect(files).toEqual([false, 'r1', true, false])
  })

  test('where no file can be written it is kept in the database', async () => {
    const kept = await json(`( function () {
      add_filter( 'attune_cache_dir', fn () => '/proc/attune' );
      $published = Attune\\publish_ruleset( ${phpText(publishedJson(DOCUMENT))} );
      Attune\\Loaded_Rulesets::forget();
      return array( $published->file, Attune\\load_ruleset()['revision'], is_array( get_option( 'attune_compiled' ) ) );
    } )()`)
    expect(kept).toEqual([false, 'r1', true])
  })

  test('a kept ruleset that was damaged shows defaults, and is tried once', async () => {
    const kept = await json(`( function () {
      global $wpdb;
      $post = get_option( 'attune_ruleset' )['post'];
      $wpdb->update( $wpdb->posts, array( 'post_content' => '{' ), array( 'ID' => $post ) );
      clean_post_cache( $post );
      unlink( Attune\\compiled_path( get_option( 'attune_ruleset' )['hash'] ) );
      $first = Attune\\load_ruleset();
      Attune\\Loaded_Rulesets::forget();
      return array( $first, Attune\\load_ruleset(), Attune\\segment_exists( 'buyer' ), false !== get_option( 'attune_damaged' ) );
    } )()`)
    expect(kept).toEqual([null, null, false, true])
    expect(site.debugLog()).toContain('[attune] load-ruleset')
    await site.php(`file_put_contents( WP_CONTENT_DIR . '/debug.log', '' );`)
  })

  test('keeps the last twenty, and goes back to one of them', async () => {
    await site.php(`
      for ( $at = 1; $at <= 25; $at++ ) {
        Attune\\publish_ruleset( str_replace( '"revision":"r1"', '"revision":"v' . $at . '"', ${phpText(publishedJson(DOCUMENT))} ) );
      }
    `)
    const revisions = await json(
      `array_map( fn ( $post ) => $post->post_title, ( function () { Attune\\load_room( 'ruleset/publish' ); return Attune\\kept_rulesets( 99 ); } )() )`,
    )
    expect(revisions).toEqual(Array.from({ length: 20 }, (_, at) => `v${25 - at}`))
    const restored = await json(`( function () {
      Attune\\load_room( 'ruleset/publish' );
      Attune\\restore_ruleset( Attune\\kept_rulesets( 99 )[10]->ID );
      return array( Attune\\load_ruleset()['revision'], count( glob( Attune\\compiled_dir() . '/1-*.php' ) ) );
    } )()`)
    expect(restored).toEqual(['v15', 2])
  })
})

describe('giving out', () => {
  beforeAll(() => publishOn(site))

  test('is signed, and 304 for who has it', async () => {
    const answer = await site.fetch('/wp-json/attune/v1/ruleset')
    const body = await answer.text()
    expect(answer.headers.get('attune-signature')).toBe(
      `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`,
    )
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(JSON.parse(body)).not.toHaveProperty('document')
    expect(body).not.toContain('friends')
    const etag = answer.headers.get('etag') ?? ''
    const again = await site.fetch('/wp-json/attune/v1/ruleset', {
      headers: { 'if-none-match': `W/${etag}` },
    })
    expect([again.status, await again.text()]).toEqual([304, ''])
  })

  test('is the same for a browser for ever under one hash', async () => {
    const hash = await json(`Attune\\load_ruleset()['hash']`)
    const answer = await site.fetch(`/wp-json/attune/v1/ruleset?for=browser&v=${hash}`)
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(await answer.json()).toMatchObject({
      hash,
      keys: ['returning', 'germany', 'buyer', 'german-buyer'],
      ruleset: { revision: 'r1' },
    })
    const other = await site.fetch(`/wp-json/attune/v1/ruleset?for=browser&v=${'0'.repeat(64)}`)
    expect(other.headers.get('cache-control')).not.toContain('immutable')
  })

  test('a token is read under either revision: as published, and as given out', async () => {
    const given: { readonly revision: string } = await (await site.fetch('/wp-json/attune/v1/ruleset')).json()
    const read = (revision: string): Promise<unknown> =>
      json(`( function () {
        Attune\\load_stage();
        $ruleset = Attune\\load_ruleset();
        $visitor = 'CCCCCCCCCCCCCCCCCCCCCC';
        $profile = Attune\\Core\\empty_profile( $ruleset['plan'] );
        $_SERVER['HTTP_COOKIE'] = 'attune_token=' . Attune\\Core\\encode_token( Attune\\seal_keys(), Attune\\settings()['site'], $visitor, array( 'revision' => '${revision}' ) + $ruleset, new Attune\\Core\\Visitor_Token( $profile, time(), null ) );
        return Attune\\load_profile( $ruleset, $visitor, time() )->source;
      } )()`)
    expect([await read('r1'), await read(given.revision), await read('r0')]).toEqual([
      'token',
      'token',
      'empty',
    ])
  })

  test('leaves out confidential segments and the nodes that only they need', async () => {
    await site.php(
      `Attune\\save_settings( array( 'confidential' => array( 'returning', 'german-buyer' ) ) );`,
    )
    const ruleset = await (await site.fetch('/wp-json/attune/v1/ruleset')).json()
    await site.php(`Attune\\save_settings( array( 'confidential' => array() ) );`)
    expect(Object.keys(ruleset.segments)).toEqual(['germany', 'buyer', 'sale'])
    expect(JSON.stringify(ruleset)).not.toContain('visitor.returning')
    for (const [key, place] of Object.entries<number>(ruleset.segments))
      expect(ruleset.nodes[place]).toMatchObject({ op: 'segment', key })
  })
})
