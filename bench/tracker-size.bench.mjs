// What the tracker weighs on its way to a page, beside Plausible's, Umami's and PostHog's scripts as npm has them.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'
import { readTrackerPeers } from './support/tracker-peers.mjs'

const DIST = fileURLToPath(new URL('../packages/tracker/dist/', import.meta.url))
const dist = (name) => readFileSync(`${DIST}${name}.js`, 'utf8')

// The goal is 3,000 bytes; what is held is where it stands, so that it does not grow unseen.
const BUDGET = 3_390

const peers = Object.values(await readTrackerPeers())
// Every page loads attune.js. A part is loaded by pages that have what it watches, and `session` by the first page of a session.
const rows = [
  { name: 'attune.js: views, scroll, dwell, clicks', sources: [dist('attune')], budget: BUDGET },
  { name: 'attune-page.js: page views alone', sources: [dist('attune-page')], budget: 1_800 },
  ...['session', 'marks', 'forms', 'search', 'video'].map((part) => ({
    name: `  part ${part}`,
    sources: [dist(`attune-${part}`)],
  })),
  { name: '  part live', sources: [dist('attune-live')], budget: 1_500 },
  {
    name: 'a session’s first page, one placement',
    sources: ['attune', 'attune-session', 'attune-marks'].map(dist),
  },
  ...peers.map(({ name, code }) => ({ name, sources: [code] })),
]

const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }
const sum = (sizes) => sizes.reduce((total, size) => total + size, 0)
let over = 0
console.log(`${'script'.padEnd(40)}  raw bytes   brotli 11   budget`)
for (const { name, sources, budget } of rows) {
  const raw = sum(sources.map((source) => Buffer.byteLength(source)))
  // Each file is a request of its own, and compressed by itself.
  const size = sum(sources.map((source) => brotliCompressSync(source, brotli).length))
  if (budget !== undefined && size > budget) over++
  const verdict = budget === undefined ? '-' : `${budget} ${size <= budget ? 'held' : 'BROKEN'}`
  console.log(`${name.padEnd(40)} ${String(raw).padStart(10)} ${String(size).padStart(11)}   ${verdict}`)
}
if (over > 0) process.exitCode = 1
