import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'

const tracker = fileURLToPath(new URL('../packages/tracker/', import.meta.url))
const plausible = createRequire(join(tracker, 'package.json')).resolve('@plausible-analytics/tracker')

const files = [
  { name: 'attune.js (whole)', path: join(tracker, 'dist/attune.js'), budget: 3_000 },
  { name: 'attune-page.js (page views)', path: join(tracker, 'dist/attune-page.js'), budget: 1_800 },
  { name: '@plausible-analytics/tracker', path: join(dirname(plausible), 'plausible.js') },
]

const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }
let over = 0
console.log('script                          raw bytes   brotli 11   budget')
for (const { name, path, budget } of files) {
  const source = readFileSync(path)
  const size = brotliCompressSync(source, brotli).length
  if (budget !== undefined && size > budget) over++
  const verdict = budget === undefined ? '-' : `${budget} ${size <= budget ? 'held' : 'BROKEN'}`
  console.log(
    `${name.padEnd(30)} ${String(source.length).padStart(10)} ${String(size).padStart(11)}   ${verdict}`,
  )
}
if (over > 0) process.exitCode = 1
