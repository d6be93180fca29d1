import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import type { WordPressSite } from '../../support/wordpress.ts'
import { NOBODY } from '../../support/wordpress-stage.ts'
import { UNESCAPED } from './strings.ts'

const AT_ONCE = 6
const ways = fileURLToPath(new URL('./ways.php', import.meta.url))

// Notes the shapes of the queries of each request that names a run.
const RECORDER = `<?php
require ABSPATH . 'injection-ways.php';
$run = $_SERVER['HTTP_X_TEST_RUN'] ?? '';
if ( '' !== $run ) {
  add_filter( 'query', static function ( $query ) { $GLOBALS['shapes'][ injection_shape( $query ) ] = true; return $query; }, 99 );
  add_action( 'shutdown', static fn () => file_put_contents( WP_CONTENT_DIR . "/shapes-$run.txt", implode( "\\n", array_keys( $GLOBALS['shapes'] ?? array() ) ) . "\\n", FILE_APPEND | LOCK_EX ), 99 );
}`

/** Lets a site note the shapes of the queries of each request that names a run in X-Test-Run. */
export function recordShapes(site: WordPressSite): void {
  copyFileSync(ways, join(site.folder, 'injection-ways.php'))
  writeFileSync(join(site.folder, 'wp-content/mu-plugins/recorder.php'), RECORDER)
}

/** Asks for a page; what is wrong with the answer, if anything. Headers and cookies of ours never come from what was asked. */
export async function faultsOf(
  site: WordPressSite,
  path: string,
  headers: Readonly<Record<string, string>>,
  cookies?: string,
): Promise<readonly string[]> {
  const answer = await site.fetch(path, {
    headers: { ...NOBODY.headers, ...headers },
    ...(cookies === undefined ? {} : { cookies }),
  })
  const html = await answer.text()
  const faults: string[] = []
  if (answer.status >= 500) faults.push(`${path}: status ${answer.status}`)
  if (answer.headers.has('x-evil') || answer.headers.getSetCookie().some((line) => line.startsWith('evil')))
    faults.push(`${path}: a header that was injected`)
  const isPage = (answer.headers.get('content-type') ?? '').startsWith('text/html')
  const at = isPage ? html.search(UNESCAPED) : -1
  if (at >= 0) faults.push(`${path} printed ${html.slice(Math.max(0, at - 150), at + 50)}`)
  return faults
}

/** Does all of it, some at once. */
export async function askAll(
  asks: readonly (() => Promise<readonly string[]>)[],
): Promise<readonly string[]> {
  const faults: string[] = []
  let next = 0
  const worker = async (): Promise<void> => {
    for (let ask = asks[next++]; ask !== undefined; ask = asks[next++]) faults.push(...(await ask()))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return faults
}

/** The shapes that a run's requests asked the database in. */
export function shapesOf(site: WordPressSite, run: string): ReadonlySet<string> {
  const path = join(site.folder, `wp-content/shapes-${run}.txt`)
  const shapes = existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : []
  rmSync(path, { force: true })
  return new Set(shapes)
}

/** A run of strings asked nothing in a shape that plain words did not. */
export const expectNothingNew: (hostile: ReadonlySet<string>, plain: ReadonlySet<string>) => void = (
  hostile,
  plain,
) => {
  expect(plain.size).toBeGreaterThan(3)
  expect([...hostile].filter((shape) => !plain.has(shape))).toEqual([])
}
