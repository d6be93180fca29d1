// Segments on attributes beside other evaluators: same segments, same visitors, answers checked equal before timing.
// The peers are packages of bench/rules, which the first run installs there. ATTUNE_BENCH_SIZES=10,100 chooses sizes.
import { mkdirSync, writeFileSync } from 'node:fs'
import { publishRuleset } from '../packages/core/dist/publish.js'
import { publishSweep } from '../packages/core/dist/sweep.js'
import { installPeers } from './rules/install-peers.mjs'
import { toRuleset } from './rules/ours.mjs'
import { runNode } from './rules/run-node.mjs'
import { inRound, middle, percentileOf } from './rules/statistics.mjs'
import { makeSegments, makeVisitors } from './rules/workload.mjs'

const SIZES = (process.env.ATTUNE_BENCH_SIZES ?? '1,10,100,1000').split(',').map(Number)
const COLD_RUNS = 25
const OURS = 'Attune, sweep'
const HAND = 'written by hand'
const LARGE_YOUNG_GENERATION = ['--min-semi-space-size=128', '--max-semi-space-size=128']
const goals = []

await installPeers()
for (const size of SIZES) {
  const times = JSON.parse(await runNode('measure.mjs', [String(size), 'times']))
  const bytes = JSON.parse(await runNode('measure.mjs', [String(size), 'bytes'], LARGE_YOUNG_GENERATION))
  printSize({ ...times, rows: times.rows.map((row, at) => ({ ...row, bytes: bytes[at] })) })
}
for (const size of [100, 1000].filter((each) => SIZES.includes(each))) await printCold(size)
console.log('\ngoals')
for (const { text, isHeld } of goals) console.log(`${text.padEnd(100)}${isHeld ? 'held' : 'BROKEN'}`)
if (goals.some(({ isHeld }) => !isHeld)) process.exitCode = 1

function printSize({ size, conditions, distinct, matching, rows }) {
  const find = (name) => rows.find((row) => row.name.startsWith(name))
  const ours = find(OURS)
  const hand = find(HAND)
  const sorted = [...rows].sort((a, b) => middle(a.times) - middle(b.times))
  console.log(
    `\n${size} segments, ${conditions} conditions, ${distinct} of them different; ${(matching * 100).toFixed(1)} % match; ${ours.times.length} rounds`,
  )
  console.log(
    `${'all segments of one visitor'.padEnd(38)}${'µs'.padStart(9)}${'quartiles'.padStart(18)}${'x by hand'.padStart(11)}${'x ours'.padStart(9)}${'quartiles'.padStart(16)}${'bytes'.padStart(10)}`,
  )
  for (const row of sorted) console.log(rowText(row, hand, ours))
  addGoals(size, rows, ours, hand)
}

function rowText({ name, generatesCode, times, bytes }, hand, ours) {
  const micro = (share) => (percentileOf(times, share) * 1000).toFixed(2)
  const toOurs = inRound(times, ours.times)
  return [
    `${name}${generatesCode ? ' *' : ''}`.padEnd(38),
    micro(0.5).padStart(9),
    `${micro(0.25)}–${micro(0.75)}`.padStart(18),
    middle(inRound(times, hand.times)).toFixed(1).padStart(11),
    middle(toOurs).toFixed(2).padStart(9),
    `${percentileOf(toOurs, 0.25).toFixed(1)}–${percentileOf(toOurs, 0.75).toFixed(1)}`.padStart(16),
    bytes.toFixed(0).padStart(10),
  ].join('')
}

function addGoals(size, rows, ours, hand) {
  const times = (row) => middle(inRound(row.times, ours.times))
  const peers = rows.filter(({ isPeer, generatesCode }) => isPeer && !generatesCode)
  const least = (names, wanted) => {
    for (const row of peers.filter(({ name }) => names.some((word) => name.includes(word)))) {
      goal(`${size}: at least ${wanted} x ${row.name}: ${times(row).toFixed(1)}`, times(row) >= wanted)
    }
  }
  if (size === 100) {
    const ratio = middle(inRound(ours.times, hand.times))
    goal(`100: at most 2.5 x written by hand: ${ratio.toFixed(2)}`, ratio <= 2.5)
    goal(`100: fewer than 128 bytes of garbage: ${ours.bytes.toFixed(0)}`, ours.bytes < 128)
    least(['ucast', 'json-logic-engine'], 8)
    least(['GrowthBook', 'vercel'], 14)
    least(['json-rules-engine'], 600)
    return
  }
  const fastest = peers.reduce((a, b) => (times(a) < times(b) ? a : b))
  const wanted = size === 1000 ? 30 : 1
  const text = `${size}: at least ${wanted} x every peer without code generation, ${fastest.name}: ${times(fastest).toFixed(1)}`
  goal(text, times(fastest) >= wanted)
}

function goal(text, isHeld) {
  goals.push({ text, isHeld })
}

async function runCold(files, flags) {
  const runs = []
  for (let run = 0; run < COLD_RUNS; run++) runs.push(JSON.parse(await runNode('cold.mjs', files, flags)))
  return runs
}

async function printCold(size) {
  const published = publishRuleset(toRuleset(makeSegments(size)), { document: false })
  const texts = [publishSweep(published), published, makeVisitors(1)[0]].map((each) => JSON.stringify(each))
  const folder = new URL('../.attune/bench/', import.meta.url)
  mkdirSync(folder, { recursive: true })
  const files = texts.map((text, at) => {
    const file = new URL(`cold-${at}.json`, folder)
    writeFileSync(file, text)
    return file.pathname
  })
  const runs = await runCold(files)
  // Node.js compiles a function when it is first called; with this flag when its module loads.
  const compiled = await runCold(files, ['--no-lazy'])
  const quartiles = (list, name) =>
    [0.25, 0.5, 0.75]
      .map((share) =>
        percentileOf(
          list.map((run) => run[name]),
          share,
        ).toFixed(2),
      )
      .join(' / ')
  console.log(
    `\n${size} segments, a fresh process, from an artefact's text to the first answer, ms (quartiles of ${COLD_RUNS})`,
  )
  console.log(`  sweep, ${texts[0].length} characters: ${quartiles(runs, 'sweep')}`)
  console.log(`  the same, its functions compiled as they load: ${quartiles(compiled, 'sweep')}`)
  console.log(`  the same, a second time in the process: ${quartiles(runs, 'again')}`)
  console.log(`  closures, ${texts[1].length} characters: ${quartiles(runs, 'closures')}`)
  const median = middle(runs.map(({ sweep }) => sweep))
  if (size === 100)
    goal(`100: at most 0.8 ms from the artefact to the first answer: ${median.toFixed(2)}`, median <= 0.8)
}
