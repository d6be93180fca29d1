// What the tracker costs a page's main thread, with the processor slowed four times: a visit of a page that has all that it watches, beside
// the same visit with Plausible's, Umami's and PostHog's scripts. What a script costs is read from Chromium's trace: the thread's own time
// in tasks that its files, or what they wait for, run in. On a busy machine the figures say little, and nothing is judged: a thread that
// waits for the browser's other processes, cookies and storage among them, is slowed as well while it waits.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { CHROMIUM_FLAGS, chromiumPath } from '../test/support/chromium.ts'
import { percentiles } from './support/machine-noise.mjs'
import { readScriptTime } from './support/trace-script-time.mjs'
import { readTrackerPeers } from './support/tracker-peers.mjs'

const ROUNDS = 9
const SLOWED = 4
const GOAL = 5
// Processes that want a processor, on average over a minute.
const QUIET = 1.5
const DIST = fileURLToPath(new URL('../packages/tracker/dist/', import.meta.url))
const peers = await readTrackerPeers()

const paragraphs = Array.from({ length: 300 }, (_, at) => `<p>Paragraph ${at}</p>`).join('')
const content = `
  <section data-attune-placement="home-hero" data-attune-variant="default"><h1>Boots</h1></section>
  <form id="newsletter"><input name="city"></form>
  <button data-attune-event="add_to_wishlist" data-attune-prop-item-id="boots">Keep</button>
  <p data-attune-event="view_promotion" data-attune-on="view">Sale</p>${paragraphs}`
const plain = `<section><h1>Boots</h1></section><form><input name="city"></form><button>Keep</button>${paragraphs}`

const ATTUNE = '<script defer src="/scripts/attune.js"></script>'
const PAGE_VIEWS = '<script defer src="/scripts/attune-page.js"></script>'
const PLAUSIBLE = `<script type="module" src="/scripts/start-plausible.js"></script>`
const UMAMI =
  '<script defer src="/scripts/umami.js" data-website-id="00000000-0000-4000-8000-000000000000"></script>'
const POSTHOG = `<script src="/scripts/start-posthog.js"></script><script defer src="/scripts/posthog.js"></script>`

const KINDS = [
  { name: 'without', head: '', body: content },
  { name: 'attune-page.js', head: PAGE_VIEWS, body: content },
  { name: 'attune.js, before consent', head: ATTUNE, body: content, consent: 'none' },
  { name: 'attune.js, plain page', head: ATTUNE, body: plain, session: true },
  { name: 'attune.js, every part', head: ATTUNE, body: content, query: '?q=boots' },
  { name: 'plausible', head: PLAUSIBLE, body: content },
  { name: 'umami', head: UMAMI, body: content },
  { name: 'posthog', head: POSTHOG, body: content },
]

const SCRIPTS = {
  'plausible.js': peers.plausible.code,
  'umami.js': peers.umami.code,
  'posthog.js': peers.posthog.code,
  'start-plausible.js': `import { init } from './plausible.js'
init({ domain: 'shop.test', endpoint: '/collected', captureOnLocalhost: true, outboundLinks: true, formSubmissions: true })`,
  'start-posthog.js': `window.posthog = []
posthog.__SV = 1
posthog._i = [['phc_key', { api_host: location.origin, autocapture: true, persistence: 'cookie' }, 'posthog']]`,
}

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://site')
  const [, folder, file] = pathname.split('/')
  if (folder === 'scripts' && file.endsWith('.js')) {
    const code = SCRIPTS[file] ?? readFileSync(DIST + file)
    return response.writeHead(200, { 'content-type': 'text/javascript' }).end(code)
  }
  const kind = KINDS[/^kind-(\d)$/.exec(folder)?.[1]]
  if (kind === undefined) return response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  response.writeHead(200, { 'content-type': 'text/html' })
  response.end(`<!doctype html><html lang="en"><title>Boots</title>${kind.head}<body>${kind.body}`)
})
await new Promise((done) => server.listen(0, '127.0.0.1', done))
const origin = `http://127.0.0.1:${server.address().port}`
const browser = await chromium.launch({ executablePath: chromiumPath(), args: [...CHROMIUM_FLAGS] })

try {
  const visits = KINDS.map(() => [])
  for (let round = 0; round < ROUNDS; round++) {
    // Another one first each time.
    for (let turn = 0; turn < KINDS.length; turn++) {
      const kind = (round + turn) % KINDS.length
      visits[kind].push(await visit(kind))
    }
  }
  report(visits)
} finally {
  await browser.close()
  server.close()
  server.closeAllConnections()
}

/** One visitor looks at the page, writes into its form, presses its button and scrolls to its end. */
async function visit(number) {
  const { consent = 'statistics', session = false, query = '' } = KINDS[number]
  const context = await browser.newContext()
  const seconds = Math.floor(Date.now() / 1_000)
  const kept = session ? [{ name: 'attune_session', value: `1.1.${seconds}.${seconds}`, url: origin }] : []
  await context.addCookies([{ name: 'attune_consent', value: consent, url: origin }, ...kept])
  const page = await context.newPage()
  const client = await context.newCDPSession(page)
  await client.send('Emulation.setCPUThrottlingRate', { rate: SLOWED })
  await browser.startTracing(page, { categories: ['devtools.timeline', 'v8', 'toplevel'] })
  await page.goto(`${origin}/kind-${number}${query}`)
  const button = await page.locator('button').boundingBox()
  await page.waitForTimeout(300)
  await page.mouse.click(button.x - 20, button.y + 5)
  await page.keyboard.type('Oslo')
  await page.mouse.click(button.x + 5, button.y + 5)
  await page.mouse.wheel(0, 20_000)
  await page.waitForTimeout(1_500)
  const trace = await browser.stopTracing()
  await context.close()
  return readScriptTime(JSON.parse(trace).traceEvents, '/scripts/')
}

function report(visits) {
  const [load] = loadavg()
  const middle = (runs, part) => percentiles(runs.map((run) => run[part])).p50
  console.log(
    `${ROUNDS} visits each, processor slowed ${SLOWED} times, load ${load.toFixed(1)}; medians, ms of the thread`,
  )
  console.log('page                        start   afterwards   together   longest task   long tasks')
  for (const [at, { name }] of KINDS.entries()) {
    const runs = visits[at]
    const longTasks = runs.reduce((total, run) => total + run.longTasks, 0)
    const cells = [
      middle(runs, 'start').toFixed(1).padStart(9),
      middle(runs, 'after').toFixed(1).padStart(12),
      middle(runs, 'all').toFixed(1).padStart(10),
      middle(runs, 'longest').toFixed(1).padStart(14),
      String(longTasks).padStart(12),
    ]
    const verdict = name.startsWith('attune.js, plain') ? judge(middle(runs, 'all'), load) : ''
    console.log(`${name.padEnd(25)}${cells.join(' ')}${verdict}`)
  }
}

function judge(all, load) {
  if (load > QUIET) return `   goal ${GOAL}: not judged, the machine is busy`
  return `   goal ${GOAL}: ${all <= GOAL ? 'held' : 'missed'}`
}
