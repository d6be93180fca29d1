// What sockets hold: 5,000 that are idle beside 500 that send as fast as they are answered, server and client on one machine. Each message is a
// batch that is durable before it is answered; afterwards each acknowledged event is looked for in the store.
import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { openSqlite } from './support/collector-stores.mjs'
import { percentiles } from './support/machine-noise.mjs'
import { ask, makeMessage, openSockets } from './support/socket-load.mjs'

const ROUNDS = Number(process.env.ROUNDS ?? 3)
const IDLE = Number(process.env.IDLE ?? 5_000)
const ACTIVE = Number(process.env.ACTIVE ?? 500)
const MEASURED = Number(process.env.SECONDS ?? 5) * 1_000
const WARM_UP = 1_000
const BATCH = 20
const GOAL = { rate: 20_000, megabytes: 600 }
const SECRET = 'the secret of a benchmark that nobody has to keep'
const RULESET = fileURLToPath(new URL('../examples/next-shop/ruleset.json', import.meta.url))
const SERVER = fileURLToPath(new URL('support/socket-server.mjs', import.meta.url))
const ruleset = JSON.parse(readFileSync(RULESET, 'utf8'))

const STORES = {
  'SQLite, synchronised at each commit': {},
  'in memory: what sockets and judging cost without a disk': { ATTUNE_BENCH_STORE: 'memory' },
}

for (const [title, env] of Object.entries(STORES)) {
  const rounds = []
  for (let round = 0; round < ROUNDS; round++) rounds.push(await measureRound(env))
  report(title, rounds)
}

async function measureRound(env) {
  const store = await openSqlite()
  const child = fork(SERVER, [RULESET, store.folder], {
    env: { ...process.env, ...env, ATTUNE_SECRET: SECRET },
    execArgv: ['--disable-warning=ExperimentalWarning', '--expose-gc'],
  })
  const hear = () => new Promise((resolve) => child.once('message', resolve))
  const look = () => {
    const heard = hear()
    child.send('look')
    return heard
  }
  const { port } = await hear()
  const lines = await openSockets({ port, count: IDLE + ACTIVE, secret: SECRET, ruleset })
  const active = lines.slice(IDLE)
  await checkAnswer(lines[0])
  const idle = await look()
  const single = await drive(active, 1, look)
  const batches = await drive(active, BATCH, look)
  const loaded = await look()
  if (loaded.open !== lines.length) throw new Error(`${lines.length - loaded.open} sockets were lost.`)
  for (const { socket } of lines) socket.destroy()
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
  const kept = env.ATTUNE_BENCH_STORE === 'memory' ? undefined : (await store.read()).length
  await store.close()
  const acknowledged = 1 + single.events + batches.events
  // What was answered after the last look may be in the store as well.
  if (kept !== undefined && kept < acknowledged)
    throw new Error(`${acknowledged} events were acknowledged, ${kept} are in the store.`)
  return {
    single,
    batches,
    idle: idle.rss / 1e6,
    loaded: Math.max(loaded.rss, single.rss, batches.rss) / 1e6,
  }
}

async function checkAnswer(line) {
  const { n, status, answer } = JSON.parse(await ask(line, makeMessage(line, 1)))
  const { accepted, duplicates, rejected, decisions } = answer
  const told = JSON.stringify({ n, status, accepted, duplicates, rejected, decisions })
  const wanted = '{"n":1,"status":200,"accepted":1,"duplicates":0,"rejected":[],"decisions":{"offer":"none"}}'
  if (told !== wanted) throw new Error(`The answer is ${told}, not ${wanted}.`)
}

/** Each line sends its next message when the one before is answered. */
async function drive(lines, size, look) {
  let isOver = false
  let measured = 0
  let events = 0
  let refused = 0
  const latencies = []
  let begun = performance.now() + WARM_UP
  const work = async (line) => {
    while (!isOver) {
      const sent = performance.now()
      const answer = await ask(line, makeMessage(line, size))
      if (!answer.includes(`"accepted":${size},`)) {
        refused++
        // As a page would, though sooner.
        await new Promise((resolve) => setTimeout(resolve, 50))
        continue
      }
      events += size
      if (sent < begun) continue
      measured++
      latencies.push(performance.now() - sent)
    }
  }
  const working = lines.map(work)
  await new Promise((resolve) => setTimeout(resolve, WARM_UP))
  const before = await look()
  begun = performance.now()
  measured = 0
  await new Promise((resolve) => setTimeout(resolve, MEASURED))
  const seconds = (performance.now() - begun) / 1_000
  const [messages, after] = [measured, await look()]
  isOver = true
  await Promise.all(working)
  const used = after.cpu.user + after.cpu.system - before.cpu.user - before.cpu.system
  return {
    rate: messages / seconds,
    ...percentiles(latencies),
    cpu: used / Math.max(1, messages),
    refused,
    events,
    rss: Math.max(before.rss, after.rss),
  }
}

function report(title, rounds) {
  const line = (label, read, digits = 0) => {
    const values = rounds.map(read).toSorted((a, b) => a - b)
    const shown = [values[Math.floor(values.length / 2)], values[0], values.at(-1)]
    const cells = shown.map((value) => value.toFixed(digits).padStart(10))
    process.stdout.write(`${label.padEnd(52)}${cells.join('')}\n`)
    return shown[0]
  }
  process.stdout.write(
    `\n${title}: ${IDLE} idle and ${ACTIVE} active sockets, ${availableParallelism()} cores with the client beside it, ${rounds.length} rounds\n`,
  )
  process.stdout.write(
    `${''.padEnd(52)}${['median', 'lowest', 'highest'].map((w) => w.padStart(10)).join('')}\n`,
  )
  const rate = line('messages/s of one event', ({ single }) => single.rate)
  line('  p50, ms', ({ single }) => single.p50, 1)
  line('  p99, ms', ({ single }) => single.p99, 1)
  line('  server CPU per message, µs', ({ single }) => single.cpu)
  line('  put off', ({ single }) => single.refused)
  line(`messages/s of ${BATCH} events`, ({ batches }) => batches.rate)
  line('  events/s', ({ batches }) => batches.rate * BATCH)
  line('  p99, ms', ({ batches }) => batches.p99, 1)
  line('server RSS with all sockets idle, MB', ({ idle }) => idle)
  const megabytes = line('server RSS under load, at most, MB', ({ loaded }) => loaded)
  const verdict = (isHeld) => (isHeld ? 'held' : 'not held here')
  process.stdout.write(
    `Goals: ${GOAL.rate} messages/s ${verdict(rate >= GOAL.rate)}; ${GOAL.megabytes} MB ${verdict(megabytes <= GOAL.megabytes)}.\n`,
  )
}
