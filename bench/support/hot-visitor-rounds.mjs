// The rounds of the hot-visitor benchmark: single events over real HTTP at a steady rate, whatever the answers.
import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { makeRequest, makeVisitors, openConnections } from './collector-load.mjs'
import { startServer } from './collector-server.mjs'
import { measureDisk, measureSpin, percentiles } from './machine-noise.mjs'

const PAIRS = Number(process.env.ROUNDS ?? 6)
const RATE = Number(process.env.RATE ?? 1_000)
const VISITORS = 1_000
const TURN = 3_000
// V8 compiles while it runs.
const WARM_UP = 4_000
const GOAL = 20
const SECRET = 'the secret of a benchmark that nobody has to keep'
const RULESET = fileURLToPath(new URL('../../examples/next-shop/ruleset.json', import.meta.url))

/** Measures what the others wait with and without a hot visitor and prints the ratio. */
export async function benchHotVisitor(title, openStore) {
  const server = await startServer(RULESET, SECRET, openStore)
  const visitors = makeVisitors(VISITORS + PAIRS, SECRET, JSON.parse(readFileSync(RULESET, 'utf8')))
  const others = visitors.slice(0, VISITORS)
  const pairs = []
  let rows = []
  try {
    const connections = await openConnections(server.port, 256)
    await offer(server, connections, evenly(others), WARM_UP)
    for (let at = 0; at < PAIRS; at++) {
      // A hot visitor of its own each time: it begins as everybody does.
      const turns = { even: evenly(others), hot: halfOf(visitors[VISITORS + at], others) }
      const order = at % 2 === 0 ? ['even', 'hot'] : ['hot', 'even']
      const pair = {}
      for (const name of order) pair[name] = await offer(server, connections, turns[name], TURN)
      pairs.push(pair)
    }
    connections.close()
  } finally {
    rows = await server.end()
  }
  checkRows(visitors, rows)
  report(title, pairs)
}

const evenly = (others) => () => ({ visitor: pick(others), isHot: false })

function halfOf(hot, others) {
  let turn = 0
  return () => (turn++ % 2 === 0 ? { visitor: hot, isHot: true } : { visitor: pick(others), isHot: false })
}

const pick = (visitors) => visitors[Math.floor(Math.random() * visitors.length)]

/** Offers requests at the rate for so many milliseconds; what others waited counts from when each was due. */
async function offer(server, connections, next, milliseconds) {
  const latencies = []
  const flying = []
  const from = await server.cpu()
  const start = performance.now()
  let sent = 0
  let failed = 0
  const send = async (due) => {
    const { visitor, isHot } = next()
    const isGood = await connections.send(makeRequest(visitor, 1, Date.now()))
    if (!isGood) failed++
    else if (!isHot) latencies.push(performance.now() - due)
  }
  for (let now = start; now < start + milliseconds; now = performance.now()) {
    for (; sent < ((now - start) / 1_000) * RATE; sent++) flying.push(send(start + (sent / RATE) * 1_000))
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  await Promise.all(flying)
  const to = await server.cpu()
  return { ...percentiles(latencies), failed, cpu: (to.all - from.all) / sent }
}

function checkRows(visitors, rows) {
  const there = new Set(rows.map(({ visitor, id }) => `${visitor} ${id}`))
  const acknowledged = visitors.flatMap(({ visitor, acknowledged }) =>
    acknowledged.map((id) => `${visitor} ${id}`),
  )
  const lost = acknowledged.filter((one) => !there.has(one))
  if (lost.length > 0) throw new Error(`${lost.length} acknowledged events are lost.`)
}

function report(title, pairs) {
  const told = (read, digits) => {
    const values = pairs.map(read).toSorted((a, b) => a - b)
    const [least, middle, most] = [values[0], values[values.length >> 1], values.at(-1)]
    return `${middle.toFixed(digits)} (${least.toFixed(digits)}–${most.toFixed(digits)})`
  }
  const failed = pairs.reduce((sum, { even, hot }) => sum + even.failed + hot.failed, 0)
  const [disk, spin] = [measureDisk(), measureSpin()]
  process.stdout.write(
    `\n${title}: ${RATE} single events/s, ${VISITORS} visitors, ${PAIRS} pairs of turns, ms\n`,
  )
  for (const name of ['p50', 'p99']) {
    const ratio = told(({ even, hot }) => hot[name] / even[name], 2)
    const goal = name === 'p99' ? `  (goal ≤ ${(1 + GOAL / 100).toFixed(2)})` : ''
    process.stdout.write(
      `others' ${name}  even ${told(({ even }) => even[name], 1)}  half one visitor's ${told(({ hot }) => hot[name], 1)}  ratio ${ratio}${goal}\n`,
    )
  }
  const cpu = (name) => told((pair) => pair[name].cpu, 0)
  process.stdout.write(
    `collector's processor time, µs a request: even ${cpu('even')}, half one visitor's ${cpu('hot')}\n`,
  )
  process.stdout.write(
    `not taken ${failed}; the machine: 4 KB durable p99 ${disk.p99.toFixed(1)}, spin p50 ${spin.p50.toFixed(2)} p99 ${spin.p99.toFixed(2)}\n`,
  )
}
