import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type PhpSource, PLUGIN, parsePhp, readPhp } from './php.ts'
import { STAIRCASE } from './staircase.ts'

const MOST_LINES = 300
// Names of WordPress and of nothing else.
const WORDPRESS =
  /(?<![\w$>:\\])(?:add_(?:action|filter)|apply_filters|do_action|(?:get|update|add|delete)_(?:site_)?option|wp_\w+|esc_\w+|sanitize_\w+|__|_e|_n|_x|is_admin|current_user_can|get_post\w*|register_\w+|WP_\w+)\s*\(/
// The second tells an owner why nothing else is loaded.
const PAGES_OF_HOOKS: readonly string[] = ['includes/hooks.php', 'attune.php']

const core = (sources: readonly PhpSource[]): readonly PhpSource[] =>
  sources.filter(({ path }) => path.startsWith('includes/core/'))

function unlisted(load: string, sources: readonly PhpSource[]): readonly string[] {
  const listed = new Set(placesOf(load))
  return core(sources)
    .map(({ path }) => path.slice('includes/core/'.length, -'.php'.length))
    .filter((name) => name !== 'load' && !listed.has(name))
}

function outOfOrder(load: string): readonly string[] {
  const places = placesOf(load)
  const steps = places.map((place) => STAIRCASE.indexOf(place.split('/')[0] ?? ''))
  return places.filter((_place, at) => steps[at] === -1 || (at > 0 && steps[at]! < steps[at - 1]!))
}

const placesOf = (load: string): readonly string[] =>
  [...load.matchAll(/^\t+'([\w/-]+)',$/gm)].map(([, place]) => place!)

function strangers(sources: readonly PhpSource[]): readonly string[] {
  return core(sources).flatMap(({ path, code }) => {
    const found = WORDPRESS.exec(code)?.[0]
    return found === undefined ? [] : [`${path}: ${found}`]
  })
}

function hooksElsewhere(sources: readonly PhpSource[]): readonly string[] {
  return sources
    .filter(({ path, code }) => !PAGES_OF_HOOKS.includes(path) && /\badd_(?:action|filter)\s*\(/.test(code))
    .map(({ path }) => path)
}

const lax = (sources: readonly PhpSource[]): readonly string[] =>
  sources.filter(({ code }) => !/declare\( strict_types=1 \);/.test(code)).map(({ path }) => path)

const long = (sources: readonly PhpSource[]): readonly string[] =>
  sources.filter(({ text }) => text.trimEnd().split('\n').length > MOST_LINES).map(({ path }) => path)

const loose = (sources: readonly PhpSource[]): readonly string[] =>
  sources
    .filter(({ code }) => /[^=!<>]==[^=]|!=[^=]|\beval\s*\(|\bextract\s*\(/.test(code))
    .map(({ path }) => path)

const sources = readPhp()
const load = sources.find(({ path }) => path === 'includes/core/load.php')?.text ?? ''

test('the PHP core is the same staircase, and loads all its files', () => {
  expect(placesOf(load).length).toBeGreaterThan(50)
  expect(outOfOrder(load)).toEqual([])
  expect(unlisted(load, sources)).toEqual([])
})

test('a file that stands too early or is not listed is found', () => {
  const list = "\t\t'match/scope',\n\t\t'event/event',\n\t\t'cellar/box',\n"
  expect(outOfOrder(list)).toEqual(['event/event', 'cellar/box'])
  expect(unlisted(list, [parsePhp('includes/core/event/other.php', '')])).toEqual(['event/other'])
})

test('the PHP core has folders of the TypeScript core only', () => {
  const folders = [...new Set(placesOf(load).map((place) => place.split('/')[0] ?? ''))]
  const missing = folders.filter((folder) => !existsSync(join(PLUGIN, '../core/src', folder)))
  expect(missing).toEqual([])
})

test('the PHP core calls nothing of WordPress', () => {
  expect(strangers(sources)).toEqual([])
})

test('a call of WordPress is found, one of our own or of PHP is not', () => {
  const asks = (code: string) => strangers([parsePhp('includes/core/x.php', code)])
  expect(asks("<?php apply_filters( 'x', 1 );")).toHaveLength(1)
  expect(asks('<?php new WP_Error( 1 );')).toHaveLength(1)
  expect(asks("<?php // wp_die( 1 );\n$a = 'esc_html( 1 )'; register( 1 ); strlen( $wp_x );")).toEqual([])
})

test('every hook stands on the page of hooks', () => {
  expect(hooksElsewhere(sources)).toEqual([])
})

test('every PHP file is strict about types and comparisons, evaluates no text and holds one idea', () => {
  expect(lax(sources)).toEqual([])
  expect(loose(sources)).toEqual([])
  expect(long(sources)).toEqual([])
})

test('a lax, a loose and a long file are found', () => {
  const found = (code: string) => [parsePhp('includes/x.php', code)]
  expect(lax(found('<?php // declare( strict_types=1 );'))).toHaveLength(1)
  expect(loose(found('<?php if ( $a == 1 ) {}'))).toHaveLength(1)
  expect(loose(found("<?php if ( $a === '==' && $b !== 1 && $c <= 2 ) {}"))).toEqual([])
  expect(long(found('\n'.repeat(301)))).toEqual([])
  expect(long(found(`${'//\n'.repeat(301)}`))).toHaveLength(1)
})
