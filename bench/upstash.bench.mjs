// What a profile costs that is read through Upstash's REST protocol, over the bare round trip: the same request, sent by plain
// fetch and read as text. A bridge before a real Redis, in processes of their own, stands for the service.
import { strict as assert } from 'node:assert'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { compileRuleset, createSealKeys, encodeToken, encodeVisitor } from '../packages/core/dist/index.js'
import { publishRuleset } from '../packages/core/dist/publish.js'
import { createPersonalizer } from '../packages/edge/dist/index.js'
import { createUpstashReader, createUpstashStore } from '../packages/storage/dist/upstash.js'
import { makeBehaviour, makeBehaviourRuleset } from './support/behaviour-ruleset.mjs'
import { percentiles } from './support/machine-noise.mjs'

const VISITORS = 200
const WARM_UP = 3
const ROUNDS = 15
const GOAL = 3
const NOW = Date.now()
const SECRET = 'a-secret-of-at-least-thirty-two-characters'
const CATEGORIES = ['hiking', 'climbing', 'camping', 'cycling']

const shop = publishRuleset(
  JSON.parse(readFileSync(new URL('../examples/next-shop/ruleset.json', import.meta.url), 'utf8')),
)
const compiled = compileRuleset(shop)
const { plan } = compileRuleset(publishRuleset(makeBehaviourRuleset(100)))
// Another revision of it: what it asks about in other ways is filled from the recent events.
const { plan: otherPlan } = compileRuleset(publishRuleset(makeBehaviourRuleset(100, 8)))
const keys = createSealKeys(SECRET)
const visitors = Array.from({ length: VISITORS }, (_, at) => `visitor${String(at).padStart(15, '0')}`)

const bridge = fork(new URL('./support/upstash-bridge-process.mjs', import.meta.url))
const notStarted = once(bridge, 'exit').then(() => {
  throw new Error('The bridge did not start: see above.')
})
const [address] = await Promise.race([once(bridge, 'message'), notStarted])
try {
  const ways = await makeWays()
  for (const way of ways) await countCalls(way)
  report(ways, await measure(ways))
} finally {
  bridge.disconnect()
  await notStarted.catch(() => undefined)
}

async function makeWays() {
  const profiles = await keepProfiles('shop', compiled.plan, makeShopping)
  await keepProfiles('behaviour', plan, (at) => makeBehaviour(at, NOW))
  const [ofShop, ofBehaviour] = ['shop', 'behaviour'].map((site) =>
    createUpstashReader({ ...address, site, timeout: 5_000 }),
  )
  const ofPages = await requestsFor('shop', compiled.plan)
  const ofSame = await requestsFor('behaviour', plan)
  const ofOther = await requestsFor('behaviour', otherPlan)
  const personalizer = createPersonalizer({
    ruleset: shop,
    secret: SECRET,
    store: ofShop,
    // Nothing is cut off that is measured.
    deadline: 5_000,
    clock: () => NOW,
    onError: (error) => {
      throw error
    },
  })
  const cold = visitors.map((visitor) => pageOf(visitor))
  const warm = visitors.map((visitor, at) => pageOf(visitor, profiles[at]))
  return [
    { name: 'the shop: bare request', calls: 1, ask: (at) => bare(ofPages[at]) },
    { name: 'profile read', calls: 1, over: 0, ask: (at) => ofShop.load(visitors[at], compiled.plan) },
    { name: 'page decided, cold', calls: 1, over: 0, ask: (at) => personalizer.personalize(cold[at]) },
    { name: 'page decided, warm', calls: 0, ask: (at) => personalizer.personalize(warm[at]) },
    { name: `${plan.keys.length} signals: bare request`, calls: 1, ask: (at) => bare(ofSame[at]) },
    { name: 'profile read', calls: 1, over: 4, ask: (at) => ofBehaviour.load(visitors[at], plan) },
    { name: 'another plan: bare request', calls: 1, ask: (at) => bare(ofOther[at]) },
    {
      name: 'profile read and adopted',
      calls: 1,
      over: 6,
      ask: (at) => ofBehaviour.load(visitors[at], otherPlan),
    },
  ]
}

async function keepProfiles(site, plan, makeEvents) {
  const store = createUpstashStore({ ...address, site, timeout: 5_000 })
  const profiles = []
  for (const [at, visitor] of visitors.entries()) {
    profiles.push((await store.append({ visitor, events: makeEvents(at), plan })).profile)
  }
  await store.close()
  return profiles
}

// Between 5 and 104 events over 30 days, different for each visitor and the same in each run.
function makeShopping(at) {
  const count = 5 + (at % 100)
  return Array.from({ length: count }, (_, event) => ({
    id: `event-${at}-${event}`,
    name: event % 11 === 10 ? 'add_to_cart' : 'view_item',
    time: NOW - Math.floor(((count - event) * 30 * 86_400_000) / (count + 1)) - at * 1000,
    properties: {
      item_id: `item-${(at * 7 + event) % 24}`,
      item_category: CATEGORIES[(at + event) % CATEGORIES.length],
      value: 50,
    },
  }))
}

/** The requests that a reader sends, one a visitor. */
async function requestsFor(site, asked) {
  const requests = []
  const fetchAndKeep = (url, init) => {
    requests.push({ url, init: { ...init, signal: null } })
    return fetch(url, init)
  }
  const reader = createUpstashReader({ ...address, site, timeout: 5_000, fetch: fetchAndKeep })
  for (const visitor of visitors) assert.ok(await reader.load(visitor, asked))
  assert.equal(requests.length, VISITORS)
  return requests
}

async function bare({ url, init }) {
  return (await fetch(url, init)).text()
}

function pageOf(visitor, profile) {
  const cookies = ['attune_consent=preferences', `attune_visitor=${encodeVisitor(keys, 'site', visitor)}`]
  if (profile !== undefined) {
    const issuedAt = Math.floor(NOW / 1000)
    const owner = { site: 'site', visitor }
    const token = encodeToken(keys, owner, compiled, { profile, issuedAt, utcOffset: 0 })
    assert.ok(token !== undefined, 'the token is too large')
    cookies.push(`attune_token=${token}`)
  }
  const headers = { cookie: cookies.join('; '), 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate' }
  return new Request('http://shop.example/', { headers })
}

/** A way asks the service exactly as often as it says; and what it answers is there. */
async function countCalls({ name, ask, calls }) {
  const before = await callsSoFar()
  for (let at = 0; at < VISITORS; at++) {
    const answer = await ask(at)
    assert.ok(answer, name)
    const reasons = answer.decisions?.map(({ reason }) => reason) ?? []
    assert.ok(!reasons.includes('ERROR'), name)
  }
  assert.equal((await callsSoFar()) - before, calls * VISITORS, `${name}: calls`)
}

async function callsSoFar() {
  bridge.send('calls')
  const [{ calls }] = await once(bridge, 'message')
  return calls
}

async function measure(ways) {
  const times = ways.map(() => [])
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    for (let at = 0; at < VISITORS; at++) {
      // Every way takes every place in turn: what the one before leaves behind falls on all.
      for (let turn = 0; turn < ways.length; turn++) {
        const way = (round + at + turn) % ways.length
        const from = performance.now()
        await ways[way].ask(at)
        const took = performance.now() - from
        if (round >= WARM_UP) times[way].push(took)
      }
    }
  }
  return times.map(percentiles)
}

function report(ways, seen) {
  console.log(`${VISITORS} visitors, ${ROUNDS} interleaved rounds, one request at a time`)
  console.log(
    'ms                            calls    median       p99    over the bare request, median and p99',
  )
  let over = 0
  for (const [at, { name, calls, over: base }] of ways.entries()) {
    const { p50, p99 } = seen[at]
    const line = `${name.padEnd(29)} ${String(calls).padStart(5)} ${number(p50)} ${number(p99)}`
    if (base === undefined) {
      console.log(line)
      continue
    }
    const [extra, extraP99] = [p50 - seen[base].p50, p99 - seen[base].p99]
    if (extra > GOAL) over++
    console.log(
      `${line}    ${(p50 / seen[base].p50).toFixed(2)} ×, ${extra.toFixed(3)} and ${extraP99.toFixed(3)} ms`,
    )
  }
  console.log(
    `goal: one call, at most ${GOAL} ms over the bare request (medians)    ${over === 0 ? 'held' : 'BROKEN'}`,
  )
  if (over > 0) process.exitCode = 1
}

function number(value) {
  return value.toFixed(3).padStart(9)
}
