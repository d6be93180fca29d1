// The rounds of the collector benchmarks: durable events over real HTTP, server and client on one machine. Every acknowledged
// event is looked for in the store afterwards.
import { readFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { makeRequest, makeVisitors, openConnections } from './collector-load.mjs'
import { report } from './collector-report.mjs'
import { startServer } from './collector-server.mjs'
import { measureDisk, measureSpin, percentiles } from './machine-noise.mjs'

const ROUNDS = Number(process.env.ROUNDS ?? 3)
const VISITORS = 1_000
const BATCH = 20
const GOAL = 5_000
const P99 = 25
const RATES = [500, 1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000, 8_000]
const WARM_UP = 1_000
const MEASURED = 3_000
const SECRET = 'the secret of a benchmark that nobody has to keep'
const RULESET = fileURLToPath(new URL('../../examples/next-shop/ruleset.json', import.meta.url))
const ruleset = JSON.parse(readFileSync(RULESET, 'utf8'))

/** Measures a collector over a store and prints what it came to; `openStore` as `startServer` takes it. */
export async function benchCollector(title, openStore) {
  await checkAnswers(openStore)
  const rounds = []
  for (let round = 0; round < ROUNDS; round++) rounds.push(await measureRound(round, openStore))
  report(rounds, { title, visitors: VISITORS, batch: BATCH, goal: GOAL, p99: P99 })
}

/**
 * Measures how long an event takes into its profile at a steady rate, and prints it. Without a worker the collector folds before it answers:
 * the answer carries a token of the profile with the event in it, so it is in the profile when it is answered.
 */
export async function benchDelay(title, openStore, rate, goal) {
  const rounds = []
  for (let round = 0; round < ROUNDS; round++) {
    const measured = await withServer(openStore, async (server, visitors) => {
      const { p50, p99 } = await offer(server, visitors, rate)
      return { answer: { p50, p99 }, delay: (await server.delays()) ?? { p50, p99 } }
    })
    rounds.push(measured)
  }
  const told = (read) => {
    const values = rounds.map(read).toSorted((a, b) => a - b)
    const [least, middle, most] = [values[0], values[Math.floor(values.length / 2)], values.at(-1)]
    return `${middle.toFixed(0)} (${least.toFixed(0)}–${most.toFixed(0)})`
  }
  process.stdout.write(`\n${title}, ${rate} single events/s, ${ROUNDS} rounds, ms\n`)
  process.stdout.write(
    `answered        p50 ${told(({ answer }) => answer.p50)}  p99 ${told(({ answer }) => answer.p99)}\n`,
  )
  process.stdout.write(
    `in the profile  p50 ${told(({ delay }) => delay.p50)}  p99 ${told(({ delay }) => delay.p99)}  (goal p99 ${goal})\n`,
  )
}

/** Nothing is measured before the answers are right: 1,000 requests, one of them sent twice. */
async function checkAnswers(openStore) {
  await withServer(openStore, async ({ port }, visitors) => {
    const connections = await openConnections(port, 16)
    const requests = visitors.map((visitor) => makeRequest(visitor, 3, Date.now()))
    const taken = await Promise.all(requests.map(connections.send))
    const again = await connections.send(requests[0])
    connections.close()
    if (taken.some((isTaken) => !isTaken)) throw new Error('Some good events were not accepted.')
    if (again) throw new Error('A repeated batch was accepted twice.')
  })
}

async function measureRound(round, openStore) {
  const noise = { disk: measureDisk(), spin: measureSpin() }
  const held = await withServer(openStore, (server, visitors) => climb(server, visitors))
  const single = await withServer(openStore, (server, visitors) => flood(server, visitors, 1, 64))
  const batches = await withServer(openStore, (server, visitors) => flood(server, visitors, BATCH, 32))
  process.stderr.write(`  round ${round + 1} of ${ROUNDS}: holds ${held.rate}/s\n`)
  return { ...noise, held, single, batches }
}

/** A fresh server, store and visitors; afterwards every acknowledged event must be in the store, once. */
async function withServer(openStore, work) {
  const server = await startServer(RULESET, SECRET, openStore)
  const visitors = makeVisitors(VISITORS, SECRET, ruleset)
  let rows = []
  let result
  try {
    result = await work(server, visitors)
  } finally {
    rows = await server.end()
  }
  const there = new Set(rows.map(({ visitor, id }) => `${visitor} ${id}`))
  const acknowledged = visitors.flatMap(({ visitor, acknowledged }) =>
    acknowledged.map((id) => `${visitor} ${id}`),
  )
  const lost = acknowledged.filter((one) => !there.has(one))
  if (lost.length > 0 || there.size !== rows.length)
    throw new Error(`${lost.length} acknowledged events are lost.`)
  return result
}

/** Raises the rate of arrivals until the 99th percentile passes its bound; answers the last step that held. */
async function climb(server, visitors) {
  // V8 compiles while it runs, and a collector runs for days: its first seconds are no measure.
  for (let times = 0; times < 4; times++) await flood(server, visitors, 1, 64)
  let best = { rate: 0, p50: 0, p99: 0, all: 0, main: 0, others: 0 }
  for (const rate of RATES) {
    // A neighbour on the machine may spoil one try.
    const step = await holds(server, visitors, rate)
    if (step === undefined) break
    best = { rate, ...step }
  }
  return best
}

async function holds(server, visitors, rate) {
  for (let tries = 0; tries < 2; tries++) {
    const step = await offer(server, visitors, rate)
    if (step.p99 <= P99 && step.failed === 0 && step.answered >= 0.98) return step
  }
  return undefined
}

/** Offers single-event requests at a steady rate, whatever the answers; waiting counts from when each was due. */
async function offer(server, visitors, rate) {
  const connections = await openConnections(server.port, 256)
  const latencies = []
  const start = performance.now()
  let sent = 0
  let failed = 0
  let offered = 0
  const send = async (due) => {
    const isGood = await connections.send(makeRequest(pick(visitors), 1, Date.now()))
    if (!isGood) failed++
    if (due >= start + WARM_UP) latencies.push(performance.now() - due)
  }
  let before
  for (let now = start; now < start + WARM_UP + MEASURED; now = performance.now()) {
    if (before === undefined && now >= start + WARM_UP) before = usage(server)
    for (; sent < ((now - start) / 1_000) * rate; sent++) {
      const due = start + (sent / rate) * 1_000
      if (due >= start + WARM_UP) offered++
      send(due)
    }
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  const [from, to] = [await before, await usage(server)]
  // What is answered later than a second after the end has failed its bound long ago.
  for (let tries = 0; tries < 20 && latencies.length < offered; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  connections.close()
  const answered = latencies.length / offered
  return { ...percentiles(latencies), failed, answered, ...perRequest(from, to, offered) }
}

/** Sends as fast as answers come on so many connections. */
async function flood(server, visitors, size, count) {
  const connections = await openConnections(server.port, count)
  let isOver = false
  let done = 0
  let refused = 0
  const latencies = []
  const client = async () => {
    while (!isOver) {
      const begun = performance.now()
      const isGood = await connections.send(makeRequest(pick(visitors), size, Date.now()))
      latencies.push(performance.now() - begun)
      if (isGood) done++
      else refused++
    }
  }
  const clients = Array.from({ length: count }, client)
  await new Promise((resolve) => setTimeout(resolve, WARM_UP))
  const [from, begun, before] = [await usage(server), performance.now(), done]
  latencies.length = 0
  await new Promise((resolve) => setTimeout(resolve, MEASURED))
  const requests = done - before
  const seconds = (performance.now() - begun) / 1_000
  const cost = perRequest(from, await usage(server), requests)
  isOver = true
  await Promise.all(clients)
  connections.close()
  return { rate: (requests * size) / seconds, refused, ...percentiles(latencies), ...cost }
}

function pick(visitors) {
  return visitors[Math.floor(Math.random() * visitors.length)]
}

/** Processor time so far, microseconds: of the server, of its answering thread, of us, and of the whole machine. */
async function usage(server) {
  const { user, system } = process.cpuUsage()
  const busy = cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0)
  return { ...(await server.cpu()), client: user + system, machine: busy * 1_000, time: performance.now() }
}

function perRequest(from, to, requests) {
  const spent = (name) => to[name] - from[name]
  const others = spent('machine') - spent('all') - spent('client')
  const whole = spent('time') * 1_000 * availableParallelism()
  return {
    all: spent('all') / requests,
    main: spent('main') / requests,
    others: (100 * Math.max(0, others)) / whole,
  }
}
