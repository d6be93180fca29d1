// How fast events are folded into a plan of 40 signals of every kind, on one core.
import { performance } from 'node:perf_hooks'
import { applyEvents, emptyProfile } from '../packages/core/dist/index.js'
import { planRuleset } from '../packages/core/dist/publish.js'
import { makeHistories, RULESET } from './support/folding-load.mjs'
import { checkStates } from './support/folding-naive.mjs'

const ROUNDS = Number(process.env.ROUNDS ?? 15)
const WARM_UP = 3
const VISITORS = 200
const EVENTS = 640
const GOAL = 500_000
// A collector folds the events of one request, at most 50, and refolds up to 255 when one comes late.
const BATCHES = [1, 20, 128]
const JUDGED = 20

const plan = planRuleset(RULESET)
const histories = makeHistories(VISITORS, EVENTS)
checkAnswers()

const rounds = []
for (let round = -WARM_UP; round < ROUNDS; round++) {
  // Every other round the other way round, so that none is always the one after another.
  const order = round % 2 === 0 ? BATCHES : [...BATCHES].reverse()
  const measured = Object.fromEntries(order.map((size) => [size, measure(size)]))
  if (round >= 0) rounds.push(measured)
}
report()

/** Nothing is measured before the answers are right: counted naively from all events, and the same for every batch size. */
function checkAnswers() {
  if (plan.signals.length !== 40) throw new Error(`The plan has ${plan.signals.length} signals, not 40.`)
  for (const events of histories.slice(0, 20)) {
    const [one, ...others] = BATCHES.map((size) => JSON.stringify(fold(events, size)))
    if (others.some((other) => other !== one)) throw new Error('The size of a batch changes the profile.')
    checkStates(plan, JSON.parse(one).signals, events)
  }
  console.log(`the states of 20 visitors are what naive counting over their ${EVENTS} events gives`)
}

function fold(events, size) {
  let profile = emptyProfile(plan)
  for (let at = 0; at < events.length; at += size) {
    profile = applyEvents(profile, events.slice(at, at + size), plan)
  }
  return profile
}

function measure(size) {
  const began = process.cpuUsage()
  const from = performance.now()
  for (const events of histories) fold(events, size)
  const seconds = (performance.now() - from) / 1_000
  const { user, system } = process.cpuUsage(began)
  return {
    rate: (VISITORS * EVENTS) / seconds,
    perProcessor: (VISITORS * EVENTS) / ((user + system) / 1e6),
  }
}

function report() {
  console.log(
    `${VISITORS} visitors, ${EVENTS} events each, 40 signals, an event touches ${touched().toFixed(1)} of them; ${ROUNDS} rounds`,
  )
  console.log('events a second            median      best     worst    of processor time')
  for (const size of BATCHES) {
    const rates = sorted(rounds.map((round) => round[size].rate))
    const perProcessor = middle(sorted(rounds.map((round) => round[size].perProcessor)))
    console.log(
      `in batches of ${String(size).padEnd(3)}     ${[middle(rates), rates.at(-1), rates[0], perProcessor].map(thousands).join('')}`,
    )
  }
  const rate = middle(sorted(rounds.map((round) => round[JUDGED].rate)))
  console.log(
    `goal: >= ${GOAL.toLocaleString('en')}/s in batches of ${JUDGED}   ${rate >= GOAL ? 'held' : 'BROKEN'}`,
  )
  if (rate < GOAL) process.exitCode = 1
}

/** How many signals' states an event changes, on average. */
function touched() {
  const sample = histories.slice(0, 5)
  let changes = 0
  for (const events of sample) {
    let profile = emptyProfile(plan)
    for (const event of events) {
      const next = applyEvents(profile, [event], plan)
      changes += plan.keys.filter((key) => next.signals[key] !== profile.signals[key]).length
      profile = next
    }
  }
  return changes / (sample.length * EVENTS)
}

function thousands(value) {
  return Math.round(value).toLocaleString('en').padStart(10)
}

function sorted(values) {
  return [...values].sort((a, b) => a - b)
}

function middle(ordered) {
  return ordered[Math.floor(ordered.length / 2)]
}
