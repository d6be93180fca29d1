// What the proxy costs: one page of a production build, asked for by 1,000 visitors with warm tokens, beside the same
// page without a proxy, with an empty one, and with one that rewrites without deciding.
import { readFileSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { join } from 'node:path'
import { shopFolder } from '../scripts/lib/paths.mjs'
import { endAll, onStop } from '../scripts/lib/processes.mjs'
import { buildApp, cpuMs, startApp } from './support/pages-apps.mjs'
import { visitorCookies } from './support/visitors.mjs'

const VISITORS = 1_000
const ROUNDS = 15
const REQUESTS = 1_000
const CONNECTIONS = 8
const GOAL = 0.9
const NAMES = ['static', 'empty', 'rewrite', 'attune']
const LABELS = { static: 'no proxy', empty: 'empty proxy', rewrite: 'a bare rewrite', attune: 'Attune' }

onStop(async () => {
  await endAll()
  process.exit(130)
})

const secret = 'the secret of a benchmark that nobody has to keep'
const env = { ATTUNE_SECRET: secret }
const ruleset = JSON.parse(readFileSync(join(shopFolder, 'ruleset.json'), 'utf8'))
const cookies = visitorCookies({ ruleset, secret, count: VISITORS, now: Date.now() })

try {
  const servers = []
  for (const name of NAMES) servers.push(await startApp(name, await buildApp(name, env), env))
  await checkAnswers(servers.at(-1))
  for (const server of servers) await load(server, REQUESTS)
  const rounds = []
  for (let round = 0; round < ROUNDS; round++) rounds.push(await measureAll(servers, round))
  report(rounds)
} finally {
  await endAll()
}

/** One round: each server in turn, another one first each time. */
async function measureAll(servers, round) {
  const results = {}
  for (let at = 0; at < servers.length; at++) {
    const server = servers[(at + round) % servers.length]
    const [cpu, from] = [cpuMs(server.pid), performance.now()]
    await load(server, REQUESTS)
    results[server.name] = {
      perSecond: (REQUESTS * 1000) / (performance.now() - from),
      cpu: (cpuMs(server.pid) - cpu) / REQUESTS,
    }
  }
  return results
}

/** Every visitor's first answer: right, for them alone, and with the pin that they bring from then on. */
async function checkAnswers(server) {
  const agent = new Agent({ keepAlive: true })
  const variants = new Map()
  for (const [at, cookie] of cookies.entries()) {
    const { status, headers, body } = await ask(server, agent, cookie)
    const variant = /data-attune-placement="home-hero" data-attune-variant="([a-z]+)"/.exec(body)?.[1]
    if (
      status !== 200 ||
      variant === undefined ||
      headers['cache-control'] !== 'private, max-age=0, must-revalidate'
    )
      throw new Error(`A wrong answer: ${status} ${JSON.stringify(headers)}`)
    variants.set(variant, (variants.get(variant) ?? 0) + 1)
    cookies[at] = [cookie, ...(headers['set-cookie'] ?? []).map((line) => line.split(';')[0])].join('; ')
  }
  agent.destroy()
  console.log(`heroes shown: ${[...variants].map(([name, count]) => `${name} ${count}`).join(', ')}`)
}

async function load(server, requests) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  let next = 0
  const worker = async () => {
    while (next < requests) {
      const { status } = await ask(server, agent, cookies[next++ % cookies.length])
      if (status !== 200) throw new Error(`${server.name} answered ${status}`)
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, worker))
  agent.destroy()
}

function ask({ port }, agent, cookie) {
  const headers = { cookie, 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate', accept: 'text/html' }
  return new Promise((resolve, reject) => {
    get({ host: 'localhost', port, path: '/', headers, agent }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (chunk) => {
        body += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }))
    }).on('error', reject)
  })
}

function report(rounds) {
  console.log(
    `${ROUNDS} interleaved rounds of ${REQUESTS} requests over ${CONNECTIONS} connections; median (least–most)`,
  )
  console.log('page            requests/s                 CPU ms/request       against the empty proxy')
  for (const name of NAMES) {
    const perSecond = rounds.map((round) => round[name].perSecond)
    const cpu = rounds.map((round) => round[name].cpu)
    const ratio = rounds.map((round) => round[name].perSecond / round.empty.perSecond)
    console.log(
      `${LABELS[name].padEnd(14)}  ${spread(perSecond, 0).padEnd(25)}  ${spread(cpu, 2).padEnd(19)}  ${spread(ratio, 2)}`,
    )
  }
  const held = median(rounds.map((round) => round.attune.perSecond / round.empty.perSecond)) >= GOAL
  console.log(`goal: at least ${GOAL} of the empty proxy's requests/s: ${held ? 'held' : 'MISSED'}`)
  if (!held) process.exitCode = 1
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

function spread(values, digits) {
  const show = (value) => value.toFixed(digits)
  return `${show(median(values))} (${show(Math.min(...values))}–${show(Math.max(...values))})`
}
