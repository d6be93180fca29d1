import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWordPress, type WordPressSite } from '../support/wordpress.ts'
import { DOCUMENT, publishedJson } from '../support/wordpress-ruleset.ts'

// WP-CLI is not to be had from npm. This stands in for what the commands call of it: it keeps the commands that are registered,
// fires `cli_init` where WP-CLI does, and runs one as WP-CLI would.
const STAND_IN = `<?php
namespace WP_CLI\\Utils {
  function format_items( $format, $items, $fields ) {
    $rows = array_map( fn ( $item ) => array_intersect_key( (array) $item, array_flip( (array) $fields ) ), $items );
    echo 'json' === $format ? json_encode( $rows ) : implode( "\\n", array_map( fn ( $row ) => implode( ' | ', array_map( fn ( $value ) => is_bool( $value ) ? (int) $value : $value, $row ) ), $rows ) ) . "\\n";
  }
}
namespace {
  if ( str_contains( $_SERVER['SCRIPT_FILENAME'] ?? '', '/run-' ) ) {
    define( 'WP_CLI', true );
    class Test_Exit extends Exception {}
    class WP_CLI {
      public static $commands = array();
      public static function add_command( $name, $handler ) { self::$commands[ $name ] = $handler; }
      public static function line( $text = '' ) { echo $text, "\\n"; }
      public static function success( $text ) { echo 'Success: ', $text, "\\n"; }
      public static function warning( $text ) { echo 'Warning: ', $text, "\\n"; }
      public static function error( $text ) { echo 'Error: ', $text, "\\n"; throw new Test_Exit(); }
      public static function run( $name, $method, $args, $options ) {
        $command = new self::$commands[ $name ]();
        try { null === $method ? $command( $args, $options ) : $command->$method( $args, $options ); } catch ( Test_Exit ) {}
      }
    }
    add_action( 'init', fn () => do_action( 'cli_init' ) );
  }
}`

let site: WordPressSite

beforeAll(async () => {
  site = await startWordPress({ version: '6.5', muPlugins: { 'wp-cli.php': STAND_IN } })
})
afterAll(() => site?.stop())

/** Runs a command: its name, its method (none for a command that is one), arguments and options. */
const run = (
  name: string,
  method: string | null,
  args: readonly string[] = [],
  options: Record<string, string> = {},
): Promise<string> =>
  site.php(
    `WP_CLI::run( 'attune ${name}', ${method === null ? 'null' : `'${method}'`}, json_decode( '${JSON.stringify(args)}' ), json_decode( '${JSON.stringify(options)}', true ) );`,
  )
const file = (name: string): string => join(site.folder, name)

test('before anything is published each command says what to do', async () => {
  expect(await run('segment', 'list_', [], { format: 'json' })).toBe('[]')
  expect(await run('segment', 'export')).toContain('Error: No ruleset is published on this site.')
  expect(await run('segment', 'test')).toContain('wp attune doctor')
  expect(await run('ruleset', 'verify')).toContain('wp attune segment import')
  expect(await run('segment', 'import', ['/nowhere.json'])).toContain('cannot be read')
})

test('a document is not taken for what was published of it', async () => {
  writeFileSync(file('document.json'), JSON.stringify(DOCUMENT))
  expect(await run('segment', 'import', [file('document.json')])).toMatch(/^Error: .*attune publish/)
})

test('import puts a ruleset in force, and export gives it back', async () => {
  writeFileSync(file('published.json'), publishedJson(DOCUMENT))
  expect(await run('segment', 'import', [file('published.json')])).toMatch(
    /^Success: Revision r1 is in force, hash [0-9a-f]{64}\.\n$/,
  )
  expect(await run('segment', 'export', [file('out.json')])).toMatch(/^Success: Revision r1 written to /)
  expect(JSON.parse(readFileSync(file('out.json'), 'utf8'))).toEqual(JSON.parse(publishedJson(DOCUMENT)))
})

test('list and get say what there is', async () => {
  expect(await run('segment', 'list_')).toContain('germany | Germany | coarse | 0 | 0\n')
  expect(JSON.parse(await run('segment', 'get', ['germany']))).toEqual({
    key: 'germany',
    label: 'Germany',
    scope: 'coarse',
    confidential: false,
    when: { attr: 'geo.country', is: 'DE' },
    posts: [],
    experiences: ['german-buyer'],
  })
  expect(await run('segment', 'get', ['nobody'])).toBe(
    'Error: There is no segment "nobody". Run: wp attune segment list\n',
  )
})

test('test tells who is in which segment', async () => {
  writeFileSync(
    file('case.json'),
    JSON.stringify({ context: { geo: { country: 'DE' } }, now: 1_700_000_000_000 }),
  )
  expect(
    JSON.parse(
      await run('segment', 'test', ['germany', 'sale', 'buyer'], { case: file('case.json'), format: 'json' }),
    ),
  ).toEqual([
    { segment: 'germany', match: 'yes', until: '' },
    { segment: 'sale', match: 'no', until: '2026-01-01T00:00:00Z' },
    { segment: 'buyer', match: 'unknown', until: '' },
  ])
  writeFileSync(file('case.json'), '[1,]')
  expect(await run('segment', 'test', [], { case: file('case.json') })).toMatch(/^Error: .*\$/)
})

test('verify finds what is not as it was published', async () => {
  expect(await run('ruleset', 'verify')).toMatch(
    /^Success: Revision r1 is sound: 5 segments, 1 placements, hash /,
  )
  expect(await run('ruleset', 'verify', [file('published.json')])).toMatch(/^Success/)
  expect(await run('ruleset', 'verify', [file('published.json')], { signature: 'sha256=00' })).toContain(
    'ATTUNE_SECRET',
  )
  const changed = await site.php(`
    $path = Attune\\compiled_path( get_option( 'attune_ruleset' )['hash'] );
    file_put_contents( $path, str_replace( "'DE'", "'FR'", file_get_contents( $path ) ) );
    WP_CLI::run( 'attune ruleset', 'verify', array(), array() );
    unlink( $path );
  `)
  expect(changed).toContain('Error: What pages are decided by differs from what was published.')
})

test('doctor says what is wrong, and ends badly only for what is critical', async () => {
  const sound = await run('doctor', null)
  expect(sound).toContain('consent | recommended')
  expect(sound).toMatch(/Success: Nothing critical was found\.\n$/)
  await site.php(
    `Attune\\save_settings( array( 'source' => 'url', 'source_url' => 'https://shop.example/r' ) );`,
  )
  expect(await run('doctor', null)).toMatch(/Error: 2 of 7 checks found something critical\.\n$/)
  expect(await run('segment', 'import', [file('published.json')])).toContain('Publish there')
})

test('nothing of this left a notice', () => {
  expect(site.debugLog()).toBe('')
})
