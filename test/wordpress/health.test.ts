import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWordPress, type WordPressSite } from '../support/wordpress.ts'
import { publishOn } from '../support/wordpress-ruleset.ts'

let site: WordPressSite

beforeAll(async () => {
  site = await startWordPress({
    version: '6.5',
    // Site Health of WordPress 6.5 asks for it, and a site on SQLite may have none.
    muPlugins: {
      'mysqli.php': `<?php if ( ! function_exists( 'mysqli_get_client_info' ) ) { function mysqli_get_client_info() { return ''; } }`,
    },
  })
})
afterAll(() => site?.stop())

interface Found {
  readonly label: string
  readonly status: string
}

/** Status of each check, `before` having been run in the same request. */
async function statuses(before = ''): Promise<Record<string, string>> {
  const found: Record<string, Found> = JSON.parse(
    await site.php(`
      ${before}
      $tests = apply_filters( 'site_status_tests', array( 'direct' => array(), 'async' => array() ) )['direct'];
      echo wp_json_encode( array_map( fn ( $test ) => $test['test'](), $tests ) );
    `),
  )
  return Object.fromEntries(
    Object.entries(found).map(([id, { status }]) => [id.replace('attune_', ''), status]),
  )
}

test('a new site is sound, and is told what to do next', async () => {
  expect(await statuses()).toEqual({
    ruleset: 'recommended',
    source: 'good',
    secret: 'good',
    cache: 'good',
    consent: 'recommended',
    session: 'good',
    cron: 'good',
  })
})

test('a published ruleset is good; in the database it should be better; damaged it is critical', async () => {
  await publishOn(site)
  expect((await statuses()).ruleset).toBe('good')
  const inDatabase = `$kept = get_option( 'attune_ruleset' ); $kept['file'] = false; update_option( 'attune_compiled', Attune\\load_ruleset() ); update_option( 'attune_ruleset', $kept );`
  expect((await statuses(inDatabase)).ruleset).toBe('recommended')
  await publishOn(site)
  expect(
    (
      await statuses(
        `update_option( 'attune_damaged', get_option( 'attune_ruleset' )['hash'] . Attune\\MADE_BY ); unlink( Attune\\compiled_path( get_option( 'attune_ruleset' )['hash'] ) );`,
      )
    ).ruleset,
  ).toBe('critical')
  await publishOn(site)
})

test('what cannot work is critical', async () => {
  expect((await statuses(`define( 'ATTUNE_SECRET', 'short' );`)).secret).toBe('critical')
  expect(
    await statuses(
      `Attune\\save_settings( array( 'source' => 'url', 'source_url' => 'https://shop.example/r' ) );`,
    ),
  ).toMatchObject({ source: 'critical', secret: 'critical' })
  await site.php(
    `Attune\\save_settings( array( 'source' => 'here', 'source_url' => '', 'page_cache' => 'none' ) );`,
  )
  expect((await statuses(`$GLOBALS['test'] = 1;`)).cache).toBe('good')
  await site.php(`Attune\\save_settings( array( 'page_cache' => 'auto' ) );`)
})

test('the report for helpers names no secret', async () => {
  const report = await site.php(
    `echo wp_json_encode( apply_filters( 'debug_information', array() )['attune'] );`,
  )
  expect(JSON.parse(report).fields).toMatchObject({
    version: { value: '0.1.0' },
    segments: { value: '5' },
    compiled: { value: 'file' },
  })
  expect(report).not.toContain(await site.php('echo Attune\\secrets()[0];'))
})

test('Site Health shows them to an administrator', async () => {
  const admin = await site.login('admin')
  const page = await (await site.fetch('/wp-admin/site-health.php', admin)).text()
  expect(page).toContain('attune_ruleset')
  const debug = await (await site.fetch('/wp-admin/site-health.php?tab=debug', admin)).text()
  expect(debug).toContain('health-check-accordion-block-attune')
})

test('the screens are there for whom they are meant', async () => {
  const page = async (role: 'admin' | 'editor', slug: string): Promise<number> =>
    (await site.fetch(`/wp-admin/admin.php?page=${slug}`, await site.login(role))).status
  expect([
    await page('admin', 'attune'),
    await page('admin', 'attune-settings'),
    await page('editor', 'attune'),
    await page('editor', 'attune-settings'),
  ]).toEqual([200, 200, 403, 403])
})

test('nothing of ours left a notice', () => {
  // Site Health itself asks WordPress.org, and says that it was not let.
  expect(site.debugLog().replaceAll(/.*wordpress\.org.*\n/g, '')).toBe('')
})
