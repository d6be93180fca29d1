import type { Ruleset } from '@attune/core'
import { publishRuleset } from '@attune/core/publish'
import { createRulesetRoute, type RulesetRoute } from '@attune/next/ruleset'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWordPress, type WordPressSite } from '../support/wordpress.ts'
import { DOCUMENT, phpText } from '../support/wordpress-ruleset.ts'

const SECRET = 'a-secret-of-more-than-thirty-two-characters'
const ADDRESS = 'https://shop.example/attune/ruleset'

let site: WordPressSite

beforeAll(async () => {
  site = await startWordPress({
    version: '6.5',
    // PHP in WebAssembly has no sockets: the route's own answers are carried over.
    muPlugins: {
      'carrier.php': `<?php
        define( 'ATTUNE_SECRET', '${SECRET}' );
        add_filter( 'pre_http_request', static fn ( $answer, $asked, $url ) => '${ADDRESS}' === $url ? get_option( 'test_answer' ) : $answer, 99, 3 );`,
    },
  })
  await site.php(`Attune\\save_settings( array( 'source' => 'url', 'source_url' => '${ADDRESS}' ) );`)
})
afterAll(() => site?.stop())

function makeRoute(document: Ruleset): RulesetRoute {
  return createRulesetRoute({ ruleset: publishRuleset(document), secret: SECRET })
}

/** WordPress's timed question, answered by a route of Next.js. */
async function readFrom(route: RulesetRoute): Promise<unknown> {
  const known = await site.php(
    `Attune\\load_room( 'ruleset/publish' ); echo Attune\\source_option()['etag'];`,
  )
  const answer = await route.GET(
    new Request(ADDRESS, { headers: known === '' ? {} : { 'if-none-match': known } }),
  )
  const headers = JSON.stringify(Object.fromEntries(answer.headers))
  return JSON.parse(
    await site.php(`
      update_option( 'test_answer', array(
        'response' => array( 'code' => ${answer.status}, 'message' => '' ),
        'headers' => json_decode( ${phpText(headers)}, true ),
        'body' => ${phpText(await answer.text())},
        'cookies' => array(),
      ) );
      Attune\\load_room( 'ruleset/publish' );
      $came = Attune\\fetch_ruleset();
      echo wp_json_encode( array( $came, Attune\\load_ruleset()['revision'] ?? null, Attune\\source_state( time() )['trouble'] ) );
    `),
  )
}

test('WordPress decides by the ruleset that Next.js publishes, and asks no more than whether it changed', async () => {
  expect(await readFrom(makeRoute(DOCUMENT))).toEqual(['published', 'r1', ''])
  expect(await readFrom(makeRoute(DOCUMENT))).toEqual(['unchanged', 'r1', ''])
  expect(await readFrom(makeRoute({ ...DOCUMENT, revision: 'r2' }))).toEqual(['published', 'r2', ''])
})

test('one that is signed with another secret changes nothing', async () => {
  const secret = 'another-secret-of-more-than-thirty-two-characters'
  const route = createRulesetRoute({ ruleset: publishRuleset({ ...DOCUMENT, revision: 'r3' }), secret })
  expect(await readFrom(route)).toMatchObject(['failed', 'r2', expect.stringContaining('ATTUNE_SECRET')])
})
