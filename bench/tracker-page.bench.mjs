// What the tracker costs a page's main thread, with the processor slowed four times: a visit of a page that has all that it watches,
// beside the same visit of the same page without the script. On a busy machine the figures say nothing, and nothing is judged: a page
// waits for the browser's other processes, cookies and storage among them, which then wait for a processor.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { CHROMIUM_FLAGS, chromiumPath } from '../test/support/chromium.ts'
import { percentiles } from './support/machine-noise.mjs'

const ROUNDS = 15
const SLOWED = 4
const GOAL = 5
// Processes that want a processor, on average over a minute.
const QUIET = 1.5
const DIST = fileURLToPath(new URL('../packages/tracker/dist/', import.meta.url))

const paragraphs = Array.from({ length: 300 }, (_, at) => `<p>Paragraph ${at}</p>`).join('')
const content = `
  <section data-attune-placement="home-hero" data-attune-variant="default"><h1>Boots</h1></section>
  <form id="newsletter"><input name="city"></form>
  <button data-attune-event="add_to_wishlist" data-attune-prop-item-id="boots">Keep</button>
  <p data-attune-event="view_promotion" data-attune-on="view">Sale</p>${paragraphs}`

const KINDS = [
  { name: 'without', script: '' },
  { name: 'attune-page.js', script: '<script defer src="/attune-page.js"></script>' },
  { name: 'attune.js', script: '<script defer src="/attune.js"></script>' },
]

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://site')
  if (pathname === '/attune/collect') return response.writeHead(200).end('{}')
  if (pathname.startsWith('/attune')) {
    return response.writeHead(200, { 'content-type': 'text/javascript' }).end(readFileSync(DIST + pathname))
  }
  if (pathname !== '/') return response.writeHead(204).end()
  const { script } = KINDS[Number(searchParams.get('kind'))]
  response.writeHead(200, { 'content-type': 'text/html' })
  response.end(`<!doctype html><html lang="en"><title>Boots</title><body>${content}${script}`)
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

/** One visitor who has agreed looks at the page, writes into its form, presses its button and scrolls to its end. */
async function visit(kind) {
  const context = await browser.newContext()
  await context.addCookies([{ name: 'attune_consent', value: 'statistics', url: origin }])
  const page = await context.newPage()
  const client = await context.newCDPSession(page)
  // Time of the thread itself: what others take from it is not the page's.
  await client.send('Performance.enable', { timeDomain: 'threadTicks' })
  await page.addInitScript(() => {
    window.longTasks = 0
    new PerformanceObserver((list) => {
      window.longTasks += list.getEntries().length
    }).observe({ type: 'longtask' })
  })
  await client.send('Emulation.setCPUThrottlingRate', { rate: SLOWED })
  await page.goto(`${origin}/?kind=${kind}&q=boots`)
  const button = await page.locator('button').boundingBox()
  await page.waitForTimeout(300)
  // Keys and pointer only: a helper that runs in the page would be counted.
  await page.mouse.click(button.x - 20, button.y + 5)
  await page.keyboard.type('Oslo')
  await page.mouse.click(button.x + 5, button.y + 5)
  await page.mouse.wheel(0, 20_000)
  await page.waitForTimeout(1_500)
  const { metrics } = await client.send('Performance.getMetrics')
  const { ScriptDuration, TaskDuration } = Object.fromEntries(metrics.map(({ name, value }) => [name, value]))
  const longTasks = await page.evaluate(() => window.longTasks)
  await context.close()
  return { script: ScriptDuration * 1_000, task: TaskDuration * 1_000, longTasks }
}

function report(visits) {
  const [load] = loadavg()
  const middle = (runs, part) => percentiles(runs.map((run) => run[part])).p50
  console.log(`${ROUNDS} visits each, processor slowed ${SLOWED} times, load ${load.toFixed(1)}; medians, ms`)
  console.log('page                 script   all of the main thread   long tasks   added script')
  for (const [at, { name }] of KINDS.entries()) {
    const runs = visits[at]
    const added = middle(runs, 'script') - middle(visits[0], 'script')
    const longTasks = runs.reduce((total, run) => total + run.longTasks, 0)
    const cells = [
      middle(runs, 'script').toFixed(1).padStart(9),
      middle(runs, 'task').toFixed(1).padStart(24),
      String(longTasks).padStart(12),
      added.toFixed(1).padStart(14),
    ]
    console.log(`${name.padEnd(17)} ${cells.join(' ')}${at === KINDS.length - 1 ? verdict(added, load) : ''}`)
  }
}

function verdict(added, load) {
  if (load > QUIET) return `   goal ${GOAL}: not judged, the machine is busy`
  return `   goal ${GOAL}: ${added <= GOAL ? 'held' : 'missed'}`
}
