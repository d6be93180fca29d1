import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { startWordPress } from '../support/wordpress.ts'

const build = fileURLToPath(new URL('../../packages/wordpress/build/', import.meta.url))

const assets = readdirSync(build, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.asset.php'),
)

// The handles that the oldest WordPress has: a script that names another as a dependency silently never loads.
const known = new Set(['react', 'react-dom', 'moment', 'lodash', 'jquery', 'wp-polyfill'])
beforeAll(async () => {
  const site = await startWordPress({ version: '6.5', attune: false })
  const packages = join(site.folder, 'wp-includes', 'assets', 'script-loader-packages.min.php')
  const names = readFileSync(packages, 'utf8').matchAll(/'([a-z0-9-]+)\.min\.js'/g)
  for (const [, name] of names) known.add(`wp-${name}`)
  await site.stop()
})

test('there are scripts to judge', () => {
  expect(assets).toContain(join('editor', 'editor.asset.php'))
})

test.each(assets)('%s names only scripts that the oldest WordPress has', (file) => {
  const [, list = ''] =
    /'dependencies' => array\(([^)]*)\)/.exec(readFileSync(join(build, file), 'utf8')) ?? []
  const handles = [...list.matchAll(/'([^']+)'/g)].map(([, handle]) => handle)
  expect(handles.length).toBeGreaterThan(0)
  expect(handles.filter((handle) => !known.has(String(handle)))).toEqual([])
})

test('the editor script does not load what widgets forbid', () => {
  // WordPress writes a notice where `wp-editor` is loaded beside the widgets screen.
  expect(readFileSync(join(build, 'editor', 'editor.asset.php'), 'utf8')).not.toMatch(
    /'wp-(editor|edit-post|edit-site)'/,
  )
})

test('the editor script is at most 40 kB packed', () => {
  expect(gzipSync(readFileSync(join(build, 'editor', 'editor.js')), { level: 9 }).length).toBeLessThan(40_000)
})
