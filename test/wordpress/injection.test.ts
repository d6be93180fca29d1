import { copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { WordPressSite } from '../support/wordpress.ts'
import { startStage } from '../support/wordpress-stage.ts'
import { injectionStrings, plainStrings, UNESCAPED } from './injection/strings.ts'

const STRINGS = injectionStrings(2_000)
const ways = fileURLToPath(new URL('./injection/ways.php', import.meta.url))

let site: WordPressSite

beforeAll(async () => {
  site = await startStage('6.5')
  copyFileSync(ways, join(site.folder, 'injection-ways.php'))
})
afterAll(() => site?.stop())

interface Run {
  /** Way → shapes of its queries. */
  readonly shapes: Readonly<Record<string, readonly string[]>>
  readonly faults: readonly string[]
}

/** Goes every way inside one process with some strings. */
async function goWith(strings: readonly string[]): Promise<Run> {
  const encoded = strings.map((text) => Buffer.from(text, 'utf8').toString('base64'))
  writeFileSync(join(site.folder, 'strings.txt'), encoded.join('\n'))
  const printed = await site.php(`
    require ABSPATH . 'injection-ways.php';
    $strings = array_map( 'base64_decode', file( ABSPATH . 'strings.txt', FILE_IGNORE_NEW_LINES ) );
    $run = injection_run( $strings, ${JSON.stringify(String(UNESCAPED))} );
    echo "\\n<run>", wp_json_encode( $run, JSON_INVALID_UTF8_SUBSTITUTE );
  `)
  return JSON.parse(printed.split('<run>').at(-1)!)
}

describe('2,000 strings that try to be more than text', () => {
  let plain: Run
  let hostile: Run
  beforeAll(async () => {
    plain = await goWith(plainStrings(100))
    hostile = await goWith(STRINGS)
  })

  test('fail nothing and are printed nowhere unescaped', () => {
    expect(plain.faults).toEqual([])
    expect(hostile.faults).toEqual([])
  })

  test('ask the database nothing that plain words do not ask', () => {
    const known = new Set(Object.values(plain.shapes).flat())
    const added = Object.entries(hostile.shapes).flatMap(([way, shapes]) =>
      shapes.filter((shape) => !known.has(shape)).map((shape) => `${way}: ${shape}`),
    )
    expect(added).toEqual([])
    expect(Object.values(hostile.shapes).flat().length).toBeGreaterThan(20)
  })
})

test('a query that a string changes would be seen', async () => {
  writeFileSync(
    join(site.folder, 'strings.txt'),
    STRINGS.map((text) => Buffer.from(text).toString('base64')).join('\n'),
  )
  const careless = await site.php(`
    require ABSPATH . 'injection-ways.php';
    foreach ( array_map( 'base64_decode', file( ABSPATH . 'strings.txt', FILE_IGNORE_NEW_LINES ) ) as $text ) {
      $shapes[ injection_shape( "SELECT ID FROM wp_posts WHERE post_name = '$text' LIMIT 1" ) ] = true;
      $kept[ injection_shape( $GLOBALS['wpdb']->remove_placeholder_escape( $GLOBALS['wpdb']->prepare( 'SELECT ID FROM wp_posts WHERE post_name = %s LIMIT 1', $text ) ) ) ] = true;
    }
    echo count( $shapes ) > 100 ? 'seen' : 'not seen', ', ', count( $kept );
  `)
  expect(careless).toBe('seen, 1')
})

test('nothing went wrong on the way', () => {
  expect(site.debugLog()).toBe('')
})
