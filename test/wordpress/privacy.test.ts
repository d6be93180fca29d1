import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWordPress, type WordPressSite } from '../support/wordpress.ts'

let site: WordPressSite

beforeAll(async () => {
  site = await startWordPress({
    version: '6.7',
    muPlugins: {
      'consent-api.php': `<?php
        function wp_has_consent( $category ) { return false; }
        function wp_add_cookie_info( ...$info ) { $GLOBALS['cookie_info'][ $info[0] ] = array_slice( $info, 1 ); }`,
    },
  })
  await site.php(`
    $user = get_user_by( 'login', 'subscriber' );
    wp_update_user( array( 'ID' => $user->ID, 'user_email' => 'buyer@example.org' ) );
    update_user_meta( $user->ID, '_attune_shop', array( 'v' => 1, 'orders' => 3, 'spent' => 120.5, 'first' => 1700000000, 'last' => time() - 5 * DAY_IN_SECONDS, 'products' => array( 'boots' ), 'categories' => array( 'hiking' ) ) );
    update_user_meta( $user->ID, '_attune_visitors', array( 'AAAAAAAAAAAAAAAAAAAAAA' => time() - 5 * DAY_IN_SECONDS, 'BBBBBBBBBBBBBBBBBBBBBB' => time() - 200 * DAY_IN_SECONDS ) );
  `)
})
afterAll(() => site?.stop())

const json = async (code: string): Promise<unknown> =>
  JSON.parse(await site.php(`echo wp_json_encode( ${code} );`))

test('the WP Consent API knows the plugin, every cookie that it may read, and what it keeps in the browser', async () => {
  expect(await json(`apply_filters( 'wp_consent_api_registered_attune/attune.php', false )`)).toBe(true)
  const cookies = (await json(`$GLOBALS['cookie_info']`)) as Record<string, readonly string[]>
  expect(Object.entries(cookies).map(([name, [, category]]) => [name, category])).toEqual([
    ['attune_consent', 'functional'],
    ['attune_visitor', 'preferences'],
    ['attune_token', 'preferences'],
    ['attune_k', 'preferences'],
    ['attune_session', 'preferences'],
    ['attune_left', 'functional'],
    ['attune_gone', 'functional'],
    ['attune_pin', 'preferences'],
    ['attune_profile', 'preferences'],
    ['attune_known', 'preferences'],
    ['attune_touches', 'preferences'],
    ['attune_heeded', 'functional'],
    ['attune_erased', 'functional'],
    ['attune_told', 'preferences'],
    ['attune_queue', 'preferences'],
  ])
})

test('the text for a privacy policy says where the profile is kept', async () => {
  const text = (setting: string): Promise<string> =>
    site.php(
      `Attune\\load_room( 'privacy' ); Attune\\save_settings( array( 'collector' => '${setting}' ) ); echo Attune\\policy_text();`,
    )
  expect(await text('')).toContain('stays in your browser')
  const elsewhere = await text('https://collect.example/attune')
  expect(elsewhere).toContain('at collect.example')
  expect(elsewhere).not.toContain('stays in your browser')
  await text('')
})

test('a person is given what is held of them, and nobody else’s', async () => {
  const exporter = `apply_filters( 'wp_privacy_personal_data_exporters', array() )['attune']['callback']`
  const held = (await json(`( ${exporter} )( 'buyer@example.org', 1 )`)) as {
    done: boolean
    data: readonly { data: readonly { value: string }[] }[]
  }
  expect(held.done).toBe(true)
  const values = held.data[0]!.data.map(({ value }) => value)
  expect(values).toEqual(
    expect.arrayContaining([
      '3',
      '120.5',
      '2023-11-14T22:13:20+00:00',
      'boots',
      'hiking',
      expect.stringMatching(/^A{22} /),
    ]),
  )
  expect(await json(`( ${exporter} )( 'nobody@example.org', 1 )`)).toEqual({ data: [], done: true })
  expect(await json(`( ${exporter} )( 'editor@example.org', 1 )`)).toEqual({ data: [], done: true })
})

test('which visitor a user is, is noted only with a collector and a yes', async () => {
  const logIn = (collector: string, consent: string): Promise<unknown> =>
    json(`( function () {
      Attune\\save_settings( array( 'collector' => '${collector}' ) );
      Attune\\load_stage();
      $visitor = Attune\\Core\\sign_visitor( Attune\\seal_keys(), Attune\\settings()['site'], 'CCCCCCCCCCCCCCCCCCCCCC' );
      $_SERVER['HTTP_COOKIE'] = "attune_visitor=$visitor; attune_consent=${consent}";
      $user = get_user_by( 'login', 'author' );
      do_action( 'wp_login', 'author', $user );
      $linked = array_keys( get_user_meta( $user->ID, '_attune_visitors', true ) ?: array() );
      delete_user_meta( $user->ID, '_attune_visitors' );
      Attune\\save_settings( array( 'collector' => '' ) );
      return $linked;
    } )()`)
  expect(await logIn('', 'preferences')).toEqual([])
  expect(await logIn('https://collect.example/attune', 'none')).toEqual([])
  expect(await logIn('https://collect.example/attune', 'preferences')).toEqual(['C'.repeat(22)])
})

test('without a shop nobody’s login asks for orders', async () => {
  const asked = `( function () { do_action( 'wp_login', 'author', get_user_by( 'login', 'author' ) ); return wp_next_scheduled( 'attune_keep_facts', array( get_user_by( 'login', 'author' )->ID ) ); } )()`
  expect(await json(asked)).toBe(false)
})

test('what is past its time goes by itself', async () => {
  const visitors = `array_keys( get_user_meta( get_user_by( 'login', 'subscriber' )->ID, '_attune_visitors', true ) ?: array() )`
  expect(await json(`( function () { do_action( 'attune_sweep' ); return ${visitors}; } )()`)).toEqual([
    'A'.repeat(22),
  ])
  expect(
    await json(
      `( function () { Attune\\load_room( 'privacy' ); return Attune\\sweep( time() + 80 * DAY_IN_SECONDS ); } )()`,
    ),
  ).toBe(0)
  const late = await json(`( function () {
    Attune\\load_room( 'privacy' );
    update_user_meta( get_user_by( 'login', 'author' )->ID, '_attune_shop', array( 'v' => 1, 'last' => time() - 91 * DAY_IN_SECONDS ) );
    return array( Attune\\sweep(), get_user_meta( get_user_by( 'login', 'author' )->ID, '_attune_shop', true ) );
  } )()`)
  expect(late).toEqual([1, ''])
})

test('whoever erases a person is told of profiles that nothing here erases', async () => {
  const erased = await json(`( function () {
    $user = get_user_by( 'login', 'editor' );
    $visitors = array( 'DDDDDDDDDDDDDDDDDDDDDD' => time(), 'EEEEEEEEEEEEEEEEEEEEEE' => time() );
    update_user_meta( $user->ID, '_attune_visitors', $visitors );
    return apply_filters( 'wp_privacy_personal_data_erasers', array() )['attune']['callback']( $user->user_email, 1 );
  } )()`)
  expect(erased).toEqual({
    items_removed: 1,
    items_retained: true,
    messages: [expect.stringContaining(`${'D'.repeat(22)}, ${'E'.repeat(22)}`)],
    done: true,
  })
})

test('a person is forgotten, here and wherever a profile of theirs is held', async () => {
  const erased = await json(`( function () {
    $asked = array();
    add_action( 'attune_erase_visitor', function ( $visitor ) use ( &$asked ) { $asked[] = $visitor; } );
    $eraser = apply_filters( 'wp_privacy_personal_data_erasers', array() )['attune']['callback'];
    $first = $eraser( 'buyer@example.org', 1 );
    $user = get_user_by( 'email', 'buyer@example.org' )->ID;
    return array( $first, $asked, get_user_meta( $user, '_attune_shop', true ), get_user_meta( $user, '_attune_visitors', true ), $eraser( 'buyer@example.org', 1 )['items_removed'] );
  } )()`)
  expect(erased).toEqual([
    { items_removed: 2, items_retained: false, messages: [], done: true },
    ['A'.repeat(22)],
    '',
    '',
    0,
  ])
})

test('that somebody was erased is told to whoever asks for their data, and forgotten once no browser keeps anything of before', async () => {
  const told = await json(`( function () {
    Attune\\load_room( 'privacy' );
    $user = get_user_by( 'login', 'contributor' ) ?: get_user_by( 'login', 'author' );
    apply_filters( 'wp_privacy_personal_data_erasers', array() )['attune']['callback']( $user->user_email, 1 );
    $rows = array_column( Attune\\rows_of_person( $user->ID ), 'name' );
    $left = array( (int) get_user_meta( $user->ID, '_attune_erased', true ) > time() - 60 );
    foreach ( array( 399, 401 ) as $days ) {
      Attune\\sweep( time() + $days * DAY_IN_SECONDS );
      $left[] = '' !== get_user_meta( $user->ID, '_attune_erased', true );
    }
    return array( $rows, $left );
  } )()`)
  expect(told).toEqual([['Erased'], [true, true, false]])
})

test('a logout takes away what a browser is known by, as far as it sent it', async () => {
  const taken = await json(`( function () {
    Attune\\load_room( 'privacy' );
    $_SERVER['HTTP_COOKIE'] = 'attune_session=1.1.1.1; xattune_k=1; __Host-attune_visitor=x; attune_consent=preferences; attune_left=1';
    return Attune\\sent_cookies();
  } )()`)
  expect(taken).toEqual(['attune_session', '__Host-attune_visitor'])
})

test.each([
  ['attune_session', false, false],
  ['__Host-attune_visitor', false, true],
  ['attune_session', true, true],
])('%s is taken away as browsers want it, where PHP knows of TLS: %s', async (name, isSsl, isSecure) => {
  const taken = await json(`( function () {
    Attune\\load_room( 'privacy' );
    $_SERVER['HTTPS'] = '${isSsl ? 'on' : 'off'}';
    return Attune\\expired_cookie( '${name}' );
  } )()`)
  expect(taken).toMatchObject({ expires: 1, path: '/', secure: isSecure })
})

test('what counts visits says that a collector hears of them with statistics alone', async () => {
  const purpose = (collector: string): Promise<unknown> =>
    json(`( function () {
      Attune\\save_settings( array( 'collector' => '${collector}' ) );
      Attune\\load_room( 'privacy' );
      Attune\\describe_cookies();
      Attune\\save_settings( array( 'collector' => '' ) );
      return $GLOBALS['cookie_info']['attune_session'];
    } )()`)
  expect(JSON.stringify(await purpose(''))).not.toContain('statistics')
  expect(JSON.stringify(await purpose('https://collect.example/attune'))).toContain('statistics alone')
})

test('nothing of this left a notice', () => {
  expect(site.debugLog()).toBe('')
})
