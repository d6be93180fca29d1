import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeZip } from '../../packages/wordpress/scripts/zip.mjs'
import { startWordPress, type WordPressSite } from '../support/wordpress.ts'
import { publishOn } from '../support/wordpress-ruleset.ts'

let site: WordPressSite

beforeAll(async () => {
  site = await startWordPress({ version: '6.5', attune: false })
})
afterAll(() => site?.stop())

test('the same build makes the same zip, byte for byte', () => {
  const [first, second] = [join(site.folder, 'attune.zip'), join(site.folder, 'again.zip')]
  const { files } = makeZip(first)
  makeZip(second)
  expect(files).toBeGreaterThan(80)
  expect(readFileSync(second).equals(readFileSync(first))).toBe(true)
})

test('WordPress unpacks, activates and runs it, with core in one file', async () => {
  const said = await site.php(`
    require_once ABSPATH . 'wp-admin/includes/file.php';
    require_once ABSPATH . 'wp-admin/includes/plugin.php';
    WP_Filesystem();
    $unzipped = unzip_file( ABSPATH . 'attune.zip', WP_PLUGIN_DIR );
    $active = activate_plugin( 'attune/attune.php' );
    $data = get_plugin_data( WP_PLUGIN_DIR . '/attune/attune.php' );
    echo wp_json_encode( array( $unzipped, $active, $data['RequiresWP'], $data['RequiresPHP'], is_dir( WP_PLUGIN_DIR . '/attune/includes/core' ), is_file( WP_PLUGIN_DIR . '/attune/includes/core.php' ) ) );
  `)
  expect(JSON.parse(said)).toEqual([true, null, '6.5', '8.1', false, true])
  await publishOn(site)
  const admin = await site.login('admin')
  const asked = {
    ...admin,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"context":{"geo":{"country":"DE"}}}',
  }
  const answer = await (await site.fetch('/wp-json/attune/v1/evaluate', asked)).json()
  expect(answer.segments.germany).toEqual({ match: true, until: null })
  expect((await site.fetch('/wp-admin/admin.php?page=attune', admin)).status).toBe(200)
})

test('no test, source or map is in it', async () => {
  const names = await site.php(`
    $files = new RecursiveIteratorIterator( new RecursiveDirectoryIterator( WP_PLUGIN_DIR . '/attune', FilesystemIterator::SKIP_DOTS ) );
    echo implode( "\\n", array_map( fn ( $file ) => substr( (string) $file, strlen( WP_PLUGIN_DIR ) ), iterator_to_array( $files, false ) ) );
  `)
  expect(
    names.split('\n').filter((name) => /\.(ts|tsx|mjs|map|test\.\w+)$|node_modules|\/test\//.test(name)),
  ).toEqual([])
})

test('nothing of this left a notice', () => {
  expect(site.debugLog()).toBe('')
})
