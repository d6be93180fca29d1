// One size in a process of its own: node --expose-gc measure.mjs <segments> times|bytes. Prints a line of JSON.
// `bytes` wants a young generation so large that nothing is collected while it counts.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { compileRuleset, emptyProfile, evaluateSegments } from '../../packages/core/dist/index.js'
import { publishRuleset } from '../../packages/core/dist/publish.js'
import { createSweep, publishSweep } from '../../packages/core/dist/sweep.js'
import { toQuestion, toRuleset } from './ours.mjs'
import { countConditions, flatten, makeSegments, makeVisitors } from './workload.mjs'
import { writeByHand } from './write-by-hand.mjs'

const ROUNDS = 61
const UNTIMED = 64
// Never more than one pass over the visitors: on the second a processor's branch predictor knows a function written by
// hand by heart, and three times as fast as among visitors it has not just met.
const SLICE_MS = 10
// One pass of what takes less would be over before the clock has moved.
const LEAST_MS = 0.15
const WARM_UP_MS = 200
const VISITORS = 256
// The slowest peer needs 40 ms a visitor for 1,000 segments.
const CHECKED = { 1000: 16 }
const GARBAGE_BYTES = 30_000_000
const MOST_COUNTED = 20_000

const [sizeText, wish] = process.argv.slice(2)
const size = Number(sizeText)
const segments = makeSegments(size)
const visitors = makeVisitors(VISITORS)
const contestants = [await byHand(), ...ours(), ...(await peers())]

const wanted = await answersOf(contestants[0])
for (const contestant of contestants.slice(1)) await check(contestant)
for (const contestant of contestants) contestant.count = await warmUp(contestant)
process.stdout.write(`${JSON.stringify(wish === 'bytes' ? await countBytes() : await measureTimes())}\n`)
for (const { run } of contestants) run.close?.()

async function measureTimes() {
  for (let round = 0; round < ROUNDS; round++) {
    // In turn, and the other way round every second time: who runs after whom must not matter.
    const order = round % 2 === 0 ? contestants : [...contestants].reverse()
    for (const contestant of order) contestant.times.push(await timeSlice(contestant))
  }
  const answers = wanted.flat()
  return {
    size,
    ...countConditions(segments),
    matching: answers.filter(Boolean).length / answers.length,
    rows: contestants.map(({ name, generatesCode, isPeer, times }) => ({
      name,
      generatesCode,
      isPeer,
      times,
    })),
  }
}

/** Bytes that one evaluation leaves to the garbage collector: what the heap grows by. */
async function countBytes() {
  const bytes = []
  for (const contestant of contestants) {
    const once = await grow(contestant, 1)
    const count = Math.max(
      1,
      Math.min(MOST_COUNTED, contestant.count, Math.floor(GARBAGE_BYTES / Math.max(once, 1))),
    )
    const tries = []
    for (let again = 0; again < 5; again++) tries.push(await grow(contestant, count))
    bytes.push(tries.sort((a, b) => a - b)[2])
  }
  return bytes
}

async function byHand() {
  const folder = new URL('../../.attune/bench/', import.meta.url)
  mkdirSync(folder, { recursive: true })
  const file = new URL(`by-hand-${size}.ts`, folder)
  writeFileSync(file, writeByHand(segments, visitors[0]))
  const { matchAll } = await import(file.href)
  return contestant('written by hand', visitors, matchAll)
}

function ours() {
  const published = publishRuleset(toRuleset(segments))
  const compiled = compileRuleset(published)
  const sweep = createSweep(publishSweep(published), () => compiled)
  const profile = emptyProfile(compiled.plan)
  const questions = visitors.map((visitor) => toQuestion(visitor, profile, Date.now()))
  const readSweep = (question, out) => {
    const { matches } = sweep.ask(question)
    for (let at = 0; at < size; at++) out[at] = matches(at) ? 1 : 0
  }
  const readAnswers = (question, out) => {
    const answers = evaluateSegments(compiled, question)
    for (let at = 0; at < size; at++) out[at] = answers[`segment-${at}`].match === true ? 1 : 0
  }
  return [
    contestant('Attune, sweep', questions, (question) => sweep.ask(question), readSweep),
    contestant(
      'Attune, closures with until',
      questions,
      (question) => evaluateSegments(compiled, question),
      readAnswers,
    ),
  ]
}

async function peers() {
  const found = []
  for (const file of readdirSync(new URL('peers/', import.meta.url)).sort()) {
    const { peers: list = [] } = await import(`./peers/${file}`)
    for (const { name, generatesCode, prepare = (visitor) => visitor, create } of list) {
      const inputs = visitors.map((visitor) => prepare(flatten(visitor)))
      found.push({ ...contestant(name, inputs, await create(segments)), generatesCode, isPeer: true })
    }
  }
  return found
}

/** `read` is `run` with its answers laid out in `out`; peers do that anyway. */
function contestant(name, inputs, run, read = run) {
  return { name, inputs, run, read, out: new Uint8Array(size), at: 0, times: [] }
}

async function answersOf({ inputs, read }) {
  const answers = []
  for (const input of inputs.slice(0, CHECKED[size] ?? VISITORS)) {
    const out = new Uint8Array(size)
    await read(input, out)
    answers.push([...out])
  }
  return answers
}

async function check(contestant) {
  const answers = await answersOf(contestant)
  const wrong = answers.findIndex((answer, visitor) => answer.some((bit, at) => bit !== wanted[visitor][at]))
  if (wrong >= 0) throw new Error(`${contestant.name} gives another answer for visitor ${wrong}.`)
}

async function warmUp(contestant) {
  const began = performance.now()
  let count = 1
  for (;;) {
    const each = await time(contestant, count)
    if (performance.now() - began > WARM_UP_MS) return sliceOf(each)
    count = Math.max(1, Math.round(5 / each))
  }
}

function sliceOf(each) {
  const pass = Math.max(VISITORS - UNTIMED, Math.round(LEAST_MS / each))
  return Math.min(pass, Math.max(1, Math.round(SLICE_MS / each)))
}

/** A slice of a round. What ran before pushed this contestant's code and tables out of the caches: a few are not timed. */
async function timeSlice(contestant) {
  await time(contestant, Math.min(contestant.count, UNTIMED))
  return time(contestant, contestant.count)
}

/** Milliseconds of one evaluation, over `count` visitors in turn. */
async function time(contestant, count) {
  const { inputs, run, out } = contestant
  const isAsync = run(inputs[0], out) instanceof Promise
  const began = performance.now()
  if (isAsync) for (let left = count; left > 0; left--) await run(next(contestant), out)
  else for (let left = count; left > 0; left--) run(next(contestant), out)
  return (performance.now() - began) / count
}

function next(contestant) {
  const input = contestant.inputs[contestant.at]
  contestant.at = (contestant.at + 1) % VISITORS
  return input
}

async function grow(contestant, count) {
  globalThis.gc()
  const before = process.memoryUsage().heapUsed
  await time(contestant, count)
  return (process.memoryUsage().heapUsed - before) / count
}
