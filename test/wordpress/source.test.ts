import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWordPress, type WordPressSite } from '../support/wordpress.ts'
import { DOCUMENT, phpText, publishedJson } from '../support/wordpress-ruleset.ts'

const SECRET = 'a-secret-of-more-than-thirty-two-characters'
const URL = 'https://shop.example/attune/ruleset'

let site: WordPressSite

beforeAll(async () => {
  site = await startWordPress({
    version: '6.5',
    // The other host: what it answers next stands in an option, what it was asked in another.
    muPlugins: {
      'source.php': `<?php
        define( 'ATTUNE_SECRET', '${SECRET}' );
        add_filter( 'pre_http_request', function ( $answer, $asked, $url ) {
          if ( '${URL}' !== $url ) { return $answer; }
          update_option( 'test_asked', $asked['headers'] );
          $next = get_option( 'test_answer' );
          return 'down' === $next ? new WP_Error( 'http_request_failed', 'Connection refused' ) : $next;
        }, 99, 3 );`,
    },
  })
  await site.php(`Attune\\save_settings( array( 'source' => 'url', 'source_url' => '${URL}' ) );`)
})
afterAll(() => site?.stop())

const signed = (body: string, secret = SECRET): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
const revision = (name: string): string => publishedJson({ ...DOCUMENT, revision: name })

interface Outcome {
  readonly came: string
  readonly revision: string | null
  readonly state: { readonly state: string; readonly age: number | null; readonly trouble: string }
}

/** Lets the other host answer and the timed fetch run. */
async function fetchFrom(
  answer: { body?: string; status?: number; signature?: string } | 'down',
  seconds = 0,
): Promise<Outcome> {
  const { body = '', status = 200, signature = signed(body) } = answer === 'down' ? {} : answer
  const response = `array( 'response' => array( 'code' => ${status}, 'message' => '' ), 'body' => ${phpText(body)}, 'headers' => array( 'attune-signature' => '${signature}', 'etag' => '"${signature.slice(7, 15)}"' ), 'cookies' => array() )`
  return JSON.parse(
    await site.php(`
      update_option( 'test_answer', ${answer === 'down' ? `'down'` : response} );
      Attune\\load_room( 'ruleset/publish' );
      $came = Attune\\fetch_ruleset();
      echo wp_json_encode( array( 'came' => $came, 'revision' => Attune\\load_ruleset()['revision'] ?? null, 'state' => Attune\\source_state( time() + ${seconds} ) ) );
    `),
  )
}

test('nothing heard yet is told, and is on the clock', async () => {
  expect(
    await site.php(`Attune\\load_room( 'ruleset/publish' ); echo Attune\\source_state( time() )['state'];`),
  ).toBe('none')
  expect(await site.php(`echo wp_get_schedule( 'attune_fetch_ruleset' );`)).toBe('attune_five_minutes')
})

test('a signed ruleset is taken', async () => {
  expect(await fetchFrom({ body: revision('a') })).toMatchObject({
    came: 'published',
    revision: 'a',
    state: { state: 'fresh', trouble: '' },
  })
})

test('the next question names what we have, and 304 keeps it', async () => {
  expect(await fetchFrom({ status: 304 })).toMatchObject({ came: 'unchanged', revision: 'a' })
  expect(JSON.parse(await site.php(`echo wp_json_encode( get_option( 'test_asked' ) );`))).toMatchObject({
    'If-None-Match': `"${signed(revision('a')).slice(7, 15)}"`,
  })
})

test('the same ruleset once more is not published again', async () => {
  const kept = `Attune\\load_room( 'ruleset/publish' ); echo count( Attune\\kept_rulesets() ), ' ', get_option( 'attune_ruleset' )['post'];`
  const before = await site.php(kept)
  expect(await fetchFrom({ body: revision('a') })).toMatchObject({
    came: 'unchanged',
    revision: 'a',
    state: { state: 'fresh', trouble: '' },
  })
  expect(await site.php(kept)).toBe(before)
})

test.each([
  ['unsigned', { body: revision('b'), signature: '' }, 'not signed'],
  [
    'signed by somebody else',
    { body: revision('b'), signature: signed(revision('b'), 'x'.repeat(40)) },
    'not signed',
  ],
  ['an error page', { body: 'Not here', status: 404 }, 'status 404'],
  ['signed and damaged', { body: revision('b').replace('"nodes":[', '"nodes":[{"op":"eval"},') }, '$.nodes'],
  ['signed and no JSON', { body: '{' }, '$'],
  ['silence', 'down' as const, 'Connection refused'],
])('%s leaves the last good one in force, and says why', async (_, answer, why) => {
  const outcome = await fetchFrom(answer)
  expect(outcome).toMatchObject({ came: 'failed', revision: 'a', state: { state: 'fresh' } })
  expect(outcome.state.trouble).toContain(why)
})

test('a revision does not go back', async () => {
  expect(await fetchFrom({ body: revision('b') })).toMatchObject({ came: 'published', revision: 'b' })
  const back = await fetchFrom({ body: revision('a') })
  expect(back).toMatchObject({ came: 'failed', revision: 'b' })
  expect(back.state.trouble).toContain('was in force before "b"')
})

test('after a quarter of an hour of silence it is stale, and still in force', async () => {
  const stale = await fetchFrom('down', 1000)
  expect(stale).toMatchObject({ revision: 'b', state: { state: 'stale' } })
  expect(stale.state.age).toBeGreaterThanOrEqual(1000)
})

test('nobody publishes here meanwhile', async () => {
  const { nonce, cookies } = await site.login('admin')
  const document = { ...DOCUMENT, revision: 'c' }
  const answer = await site.fetch('/wp-json/attune/v1/document', {
    method: 'POST',
    nonce,
    cookies,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ document, published: JSON.parse(publishedJson(document)) }),
  })
  expect([answer.status, (await answer.json()).message]).toEqual([
    409,
    expect.stringContaining('another one'),
  ])
})

test('another address is another source, and none ends the asking', async () => {
  expect(
    await site.php(`
      Attune\\save_settings( array( 'source' => 'here' ) );
      Attune\\load_room( 'ruleset/publish' );
      echo wp_json_encode( array( wp_next_scheduled( 'attune_fetch_ruleset' ), Attune\\fetch_ruleset(), Attune\\source_state( time() )['state'] ) );
    `),
  ).toBe('[false,"off","here"]')
})
