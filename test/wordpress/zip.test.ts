import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeZip } from '../../packages/wordpress/scripts/zip.mjs'
import { startWordPress, type WordPressSite } from '../support/wordpress.ts'
import { publishOn } from '../support/wordpress-ruleset.ts'

// Places to fill that say by themselves what stands in them.
const UNSAID = 10

let site: WordPressSite

beforeAll(async () => {
  site = await startWordPress({
    version: '6.5',
    attune: false,
    muPlugins: {
      // What core's own translation of such a language says.
      'direction.php': `<?php add_action( 'after_setup_theme', function () {
        if ( isset( $_GET['rtl'] ) ) { $GLOBALS['wp_locale']->text_direction = 'rtl'; }
      } );`,
    },
  })
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

test('every text can be translated: those of PHP, of scripts, of blocks and of the header, with words to the translator', () => {
  const pot = readFileSync(join(site.folder, 'wp-content/plugins/attune/languages/attune.pot'), 'utf8')
  const entries = pot.split('\n\n')
  const entry = (text: string): string | undefined => entries.find((one) => one.includes(`\nmsgid "${text}"`))
  expect(entry('Where “%s” is used')).toMatch(
    /^#\. translators: %s: name of a segment\.\n#: build\/admin\/segments\.js\n/,
  )
  expect(entry('Audiences: %d warning')).toContain('\nmsgid_plural "Audiences: %d warnings"\nmsgstr[0] ""')
  expect(entry('Adaptive Content')).toContain('msgctxt "block title"')
  expect(pot).toContain('msgctxt "block bindings source"\nmsgid "Segment Value"')
  expect(entry('ATTUNE_SECRET is not set')).toContain('#: includes/health/checks.php')
  expect(entry('It was last heard %d seconds ago.')).toContain('#. translators: %d: number of seconds.')
  expect(pot).toContain('#. Description of the plugin')
  expect(entries.length).toBeGreaterThan(700)
  const places = entries.filter((one) => /\nmsgid "[^"]*%(\d\$)?[sd]/.test(one))
  expect(places.filter((one) => !one.includes('#. translators:')).length).toBeLessThanOrEqual(UNSAID)
})

test('what is translated beside it is used, in PHP and in scripts', async () => {
  const languages = join(site.folder, 'wp-content/plugins/attune/languages')
  const json = {
    domain: 'attune',
    locale_data: { attune: { '': {}, 'Save settings': ['Einstellungen sichern'] } },
  }
  writeFileSync(join(languages, 'attune-de_DE-attune-settings.json'), JSON.stringify(json))
  writeFileSync(
    join(languages, 'attune-de_DE.l10n.php'),
    `<?php return array( 'domain' => 'attune', 'messages' => array( 'Settings' => 'Einstellungen' ) );`,
  )
  await site.php(`update_user_meta( get_user_by( 'login', 'admin' )->ID, 'locale', 'de_DE' );`)
  const page = await (
    await site.fetch('/wp-admin/admin.php?page=attune-settings', await site.login('admin'))
  ).text()
  await site.php(`delete_user_meta( get_user_by( 'login', 'admin' )->ID, 'locale' );`)
  expect(page).toContain('page=attune-settings\' class="current" aria-current="page">Einstellungen<')
  expect(page).toContain('Einstellungen sichern')
})

test('where one reads from right to left the styles are the mirrored ones, and they are there', async () => {
  const admin = await site.login('admin')
  for (const [path, style] of [
    ['/wp-admin/admin.php?page=attune', 'admin/segments'],
    ['/wp-admin/admin.php?page=attune-settings', 'admin/settings'],
    ['/wp-admin/post-new.php?post_type=page', 'editor/editor'],
  ] as const) {
    const [left, right] = await Promise.all(
      [path, `${path}&rtl`].map(async (one) => (await site.fetch(one, admin)).text()),
    )
    const linked = (html: string | undefined): readonly string[] =>
      [...(html ?? '').matchAll(/\/attune\/build\/[\w/-]+\.css/g)].map(([found]) => found)
    expect(new Set(linked(left))).toEqual(new Set([`/attune/build/${style}.css`]))
    expect(new Set(linked(right))).toEqual(new Set([`/attune/build/${style}-rtl.css`]))
    expect((await site.fetch(`/wp-content/plugins/attune/build/${style}-rtl.css`)).status).toBe(200)
  }
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
