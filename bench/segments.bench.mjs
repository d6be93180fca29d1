// Time of segments that ask what visitors did: 100 segments of ten mixed conditions, all of them and for one route; 1,000.
import { performance } from 'node:perf_hooks'
import {
  applyEvents,
  compileRuleset,
  decide,
  emptyProfile,
  evaluateSegments,
} from '../packages/core/dist/index.js'
import { publishRuleset } from '../packages/core/dist/publish.js'
import { ask } from '../packages/core/test/oracle/ask.ts'
import { makeBehaviour, makeBehaviourRuleset, makeContext } from './support/behaviour-ruleset.mjs'

const NOW = Date.UTC(2026, 10, 22, 12)
const VISITORS = 64
const WARM_UP = 60
const ROUNDS = 200
const ROUTE = ['p0', 'p1', 'p2', 'p3', 'p4']
const consent = { preferences: true, statistics: true }

let broken = 0
console.log(`${VISITORS} visitors of 20 to 220 events, ${ROUNDS} rounds; µs of one evaluation\n`)
console.log('segments  what                          median      p99   goals')
await measureRuleset(100, [40, 200])
await measureRuleset(1_000, [undefined, 1_000])
if (broken > 0) process.exitCode = 1

async function measureRuleset(count, [medianGoal, p99Goal]) {
  const document = makeBehaviourRuleset(count)
  const compiled = compileRuleset(publishRuleset(document))
  const questions = Array.from({ length: VISITORS }, (_, seed) => makeQuestion(seed, compiled))
  const matched = checkAnswers(document, compiled, questions)
  const all = run(questions, (question) => evaluateSegments(compiled, question))
  print(count, 'all segments', all, medianGoal, p99Goal)
  if (count === 100) {
    const route = run(questions, (question) => decide(compiled, question, ROUTE))
    print(count, 'a route that needs 5 of them', route, 5, undefined)
  }
  const bytes = allocated(questions, (question) => evaluateSegments(compiled, question))
  const { nodes, plan } = compiled.ruleset
  console.log(
    `          ${plan.signals.length} signals, ${count * 10} conditions, ${nodes.filter((node) => !Array.isArray(node.of)).length} of them different; ${(matched * 100).toFixed(1)} % of the answers are true; ${bytes} bytes allocated, the answers' own included`,
  )
}

function makeQuestion(seed, compiled) {
  const events = makeBehaviour(seed, NOW)
  const folded = applyEvents(emptyProfile(compiled.plan), events, compiled.plan)
  // As a store gives it back.
  const profile = JSON.parse(JSON.stringify(folded))
  return { profile, context: makeContext(seed), consent, now: NOW, visitor: `v${seed}`, events }
}

// The oracle scans the raw events by the words of the language, without signals.
function checkAnswers(document, compiled, questions) {
  let matched = 0
  let asked = 0
  for (const question of questions) {
    const answers = evaluateSegments(compiled, question)
    const events = question.events.map(({ time, ...rest }) => ({ ...rest, at: Math.floor(time / 1000) }))
    const world = { ruleset: document, events, traits: {}, context: question.context, consent, visitor: 'v' }
    // Every 7th segment of 1,000 keeps the check short.
    Object.entries(document.segments).forEach(([key, { when }], place) => {
      if (place % Math.ceil(Object.keys(document.segments).length / 100) !== 0) return
      const wanted = ask(world, when, NOW / 1000)
      if (answers[key].match !== wanted) throw new Error(`${key} is ${answers[key].match}, not ${wanted}.`)
      asked++
      if (wanted === true) matched++
    })
  }
  return matched / asked
}

function run(questions, evaluate) {
  for (let round = 0; round < WARM_UP; round++) for (const question of questions) evaluate(question)
  const times = []
  for (let round = 0; round < ROUNDS; round++) {
    const order = round % 2 === 0 ? questions : [...questions].reverse()
    for (const question of order) {
      const from = performance.now()
      evaluate(question)
      times.push((performance.now() - from) * 1000)
    }
  }
  return times.sort((a, b) => a - b)
}

// Bytes of one evaluation; the collector is asked before, and does not come by itself in so few.
function allocated(questions, evaluate) {
  const rounds = 4
  globalThis.gc?.()
  const before = process.memoryUsage().heapUsed
  for (let round = 0; round < rounds; round++) for (const question of questions) evaluate(question)
  return Math.round((process.memoryUsage().heapUsed - before) / rounds / questions.length)
}

function print(count, what, times, medianGoal, p99Goal) {
  const median = times[Math.floor(times.length / 2)]
  const p99 = times[Math.floor(times.length * 0.99)]
  const verdict = (name, value, goal) => {
    if (goal === undefined) return ''
    if (value > goal) broken++
    return `${name} <= ${goal} ${value > goal ? 'BROKEN' : 'held'}  `
  }
  console.log(
    `${String(count).padStart(8)}  ${what.padEnd(28)} ${median.toFixed(1).padStart(7)}  ${p99.toFixed(1).padStart(7)}   ${verdict('median', median, medianGoal)}${verdict('p99', p99, p99Goal)}`,
  )
}
