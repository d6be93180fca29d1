// Time of what the collector does to an event before it is kept: reading, schema, consent, bots, enrichment, redaction, limits, alarms.
import { performance } from 'node:perf_hooks'
import { parseBatch } from '../packages/collector/src/batch/parse-batch.ts'
import { createBehaviour } from '../packages/collector/src/bot/create-behaviour.ts'
import { isBot } from '../packages/collector/src/bot/is-bot.ts'
import { readConsent } from '../packages/collector/src/consent/read-consent.ts'
import { findProgram } from '../packages/collector/src/find-program.ts'
import { hearEvents } from '../packages/collector/src/hear-events.ts'
import { judgeEvents } from '../packages/collector/src/judge-events.ts'
import { createLimiter } from '../packages/collector/src/limit/create-limiter.ts'
import { createWatch } from '../packages/collector/src/quality/create-watch.ts'
import { createRedactor } from '../packages/collector/src/redact/create-redactor.ts'
import { createOnlookers } from '../packages/collector/src/watching/create-onlookers.ts'
import { measureSpin, percentiles } from './support/machine-noise.mjs'

const BATCHES = 4_000
const EVENTS = 5
const WARM_UP = 3
const ROUNDS = 15
const GOAL = 60
const NOW = Date.UTC(2026, 10, 22, 12)
const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0'

const events = {
  page_view: { properties: { page_path: 'string', page_referrer: 'string' } },
  view_item: {
    properties: { item_id: 'string', item_category: 'string', price: 'number', currency: 'string' },
    bounds: { price: { atLeast: 0, atMost: 5_000 } },
    defaults: { currency: 'EUR' },
    required: ['item_id'],
  },
  scroll: { purpose: 'statistics', properties: { percent_scrolled: 'number' } },
  user_engagement: { purpose: 'statistics', properties: { engagement_time_msec: 'number' } },
}
const asked = { events, recorded: ['utm.source', 'utm.campaign', 'referrer.host', 'url.path'] }

const steps = {
  limits: (work) =>
    work.limiter.take({ address: work.limiter.blockOf(work.address, null), visitor: work.visitor }),
  consent: (work) => {
    work.consent = readConsent('preferences.statistics', null)
  },
  read: (work) => {
    work.batch = parseBatch(work.text)
  },
  bots: (work) => {
    const { behaviour, batch, visitor, consent, received } = work
    work.program = isBot(AGENT)
      ? 'user-agent'
      : findProgram(behaviour, batch, { visitor, consent, events, received })
  },
  'schema, enrichment': (work) => {
    const { batch, consent, received, program } = work
    const sender = {
      consent,
      isBot: program !== undefined,
      program,
      page: 'https://shop.example/',
      sent: batch.sent,
      received,
    }
    work.judged = judgeEvents(batch.events, batch.problems, sender, asked)
  },
  redaction: (work) => {
    work.kept = work.judged.taken.map(({ event }) => work.redactor.event(event))
  },
  alarms: (work) => hearEvents(work.watch, work.batch, work.judged, work.received),
  'live, nobody looks': ({ onlookers, judged: { taken, refused }, consent, visitor, redactor }) => {
    const accepted = taken.map(({ event }) => event.id)
    onlookers.hear({ consent, visitor, taken, accepted, conflicts: [], refused, clean: redactor.text })
  },
}

const texts = Array.from({ length: BATCHES }, (_, at) => makeText(at))
const shared = () => ({
  limiter: createLimiter(),
  behaviour: createBehaviour(),
  watch: createWatch({ events }),
  redactor: createRedactor(),
  onlookers: createOnlookers(),
})

const times = Object.fromEntries([...Object.keys(steps), 'all'].map((name) => [name, []]))
for (let round = 0; round < WARM_UP + ROUNDS; round++) measure(round, round >= WARM_UP)

const spin = measureSpin()
console.log(
  `${ROUNDS} rounds of ${BATCHES} batches of ${EVENTS} events; µs an event; the machine itself varies ${(spin.p99 / spin.p50).toFixed(2)} ×\n`,
)
console.log('step                      median      p99')
for (const [name, values] of Object.entries(times)) {
  const { p50, p99 } = percentiles(values)
  console.log(`${name.padEnd(24)}${micro(p50)} ${micro(p99)}`)
}
const { p50 } = percentiles(times.all)
console.log(`\nall steps, median ≤ ${GOAL} µs: ${p50 * 1000 <= GOAL ? 'held' : 'BROKEN'}`)
if (p50 * 1000 > GOAL) process.exitCode = 1

function measure(round, counts) {
  const parts = shared()
  texts.forEach((text, at) => {
    const received = NOW + round * 3_600_000 + at * 37
    const work = { ...parts, text, received, visitor: `visitor ${at % 500}`, address: `198.51.${at % 200}.7` }
    const begun = performance.now()
    let last = begun
    for (const [name, step] of Object.entries(steps)) {
      step(work)
      const now = performance.now()
      if (counts) times[name].push((now - last) / EVENTS)
      last = now
    }
    if (counts) times.all.push((last - begun) / EVENTS)
    if (work.kept.length !== EVENTS) throw new Error(`[bench] ${JSON.stringify(work.judged.refused[0])}`)
  })
}

function makeText(at) {
  const properties = [
    { page_path: `/product/boots-${at}`, page_referrer: 'https://news.example/autumn?mail=a@b.example' },
    { item_id: `boots-${at}`, item_category: 'hiking', price: 129 + (at % 7) },
    { percent_scrolled: 50 },
    { item_id: `tent-${at}`, item_category: 'camping', price: 12_900, brand: 'Fell' },
    { engagement_time_msec: 12_000 + at },
  ]
  const names = ['page_view', 'view_item', 'scroll', 'view_item', 'user_engagement']
  const sent = NOW
  return JSON.stringify({
    sent,
    utcOffset: 60,
    page: '/',
    events: names.map((name, place) => ({
      id: `${at}-${place}-abcdefghijkl`,
      name,
      time: sent - (EVENTS - place) * 800,
      properties: properties[place],
    })),
  })
}

function micro(milliseconds) {
  return (milliseconds * 1000).toFixed(2).padStart(8)
}
