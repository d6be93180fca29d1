// Size of what the WordPress plugin loads: gzip as a server sends it.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const build = fileURLToPath(new URL('../packages/wordpress/build/', import.meta.url))

const files = [
  { name: 'editor', path: 'editor/editor.js', budget: 40_000 },
  { name: 'editor style', path: 'editor/editor.css' },
  { name: 'page: inline resolver', path: 'front/resolver.js', budget: 1_200 },
  { name: 'page: deferred script', path: 'front/attune.js' },
  { name: 'screen: segments', path: 'admin/segments.js' },
  { name: 'screen: engine, lazy', path: 'admin/engine.js' },
  { name: 'screen: settings', path: 'admin/settings.js' },
  { name: 'admin bar: view as', path: 'front/view-as.js' },
]

let over = 0
console.log('script                        minified      gzip   budget')
for (const { name, path, budget } of files) {
  if (!existsSync(join(build, path))) {
    console.log(`${name.padEnd(26)}  build/${path} is not built`)
    if (budget !== undefined) over++
    continue
  }
  const code = readFileSync(join(build, path))
  const size = gzipSync(code, { level: 9 }).length
  const isOver = budget !== undefined && size > budget
  if (isOver) over++
  const verdict = budget === undefined ? '-' : `${budget} ${isOver ? 'BROKEN' : 'held'}`
  console.log(`${name.padEnd(28)} ${number(code.length)} ${number(size)}   ${verdict}`)
}

if (over > 0) process.exitCode = 1

function number(value) {
  return String(value).padStart(9)
}
