// What the tracker weighs on its way to a page, beside Plausible's, Umami's and PostHog's scripts as npm has them.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'
import { installPeers } from './rules/install-peers.mjs'

await installPeers('tracker-peers')
const tracker = fileURLToPath(new URL('../packages/tracker/', import.meta.url))
const peers = createRequire(new URL('./tracker-peers/package.json', import.meta.url))
const plausible = createRequire(join(tracker, 'package.json')).resolve('@plausible-analytics/tracker')
const { minify } = await import(peers.resolve('terser'))

const dist = (name) => readFileSync(join(tracker, `dist/${name}.js`), 'utf8')
const peer = (name, path) => readFileSync(join(dirname(peers.resolve(`${name}/package.json`)), path), 'utf8')

// Umami's package holds its source, which it minifies so before it serves it.
const umami = await minify(peer('umami', 'src/tracker/index.js'), { compress: { evaluate: false } })

const rows = [
  { name: 'attune.js', sources: [dist('attune')], budget: 3_000 },
  { name: 'attune-page.js (page views alone)', sources: [dist('attune-page')], budget: 1_800 },
  { name: 'after consent: with attune-more.js', sources: [dist('attune'), dist('attune-more')] },
  ...['more', 'forms', 'marks', 'search', 'video'].map((part) => ({
    name: `  part ${part}`,
    sources: [dist(`attune-${part}`)],
  })),
  {
    name: '@plausible-analytics/tracker',
    sources: [readFileSync(join(dirname(plausible), 'plausible.js'), 'utf8')],
  },
  { name: 'umami 2.10.0', sources: [umami.code] },
  { name: 'posthog-js 1.449.2 (array.js)', sources: [peer('posthog-js', 'dist/array.js')] },
]

const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }
const sum = (sizes) => sizes.reduce((total, size) => total + size, 0)
let over = 0
console.log('script                               raw bytes   brotli 11   budget')
for (const { name, sources, budget } of rows) {
  const raw = sum(sources.map((source) => Buffer.byteLength(source)))
  // Each file is a request of its own, and compressed by itself.
  const size = sum(sources.map((source) => brotliCompressSync(source, brotli).length))
  if (budget !== undefined && size > budget) over++
  const verdict = budget === undefined ? '-' : `${budget} ${size <= budget ? 'held' : 'BROKEN'}`
  console.log(`${name.padEnd(35)} ${String(raw).padStart(10)} ${String(size).padStart(11)}   ${verdict}`)
}
if (over > 0) process.exitCode = 1
