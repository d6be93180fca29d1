// MurmurHash3 and buckets beside what npm has: right on any text, fast, evenly spread, experiments independent.
import { spawnSync } from 'node:child_process'
import { performance } from 'node:perf_hooks'
import { bucketOf, murmur3 } from '../packages/core/dist/index.js'
import { installPeers } from './rules/install-peers.mjs'
import { createRandom } from './rules/random.mjs'
import { inRound, middle, percentileOf } from './rules/statistics.mjs'

const ROUNDS = 61
const WARM_UPS = 20
const TEXTS = 20_000
const CHECKED = 10_000
const VISITORS = 1_000_000
const CELLS = 1_000
// 3.29 standard errors: one in a thousand by chance.
const MOST_CORRELATED = 3.29 / Math.sqrt(VISITORS)

await installPeers()
const { hashes } = await import('./rules/hashes.mjs')
const random = createRandom(11)
const ours = { name: 'Attune', hash: (text) => murmur3(text) }
const contestants = [ours, ...hashes].map((contestant) => ({ ...contestant, times: [] }))
const goals = []

checkPhp()
checkOthers()
measure()
spread()
console.log('\ngoals')
for (const { text, isHeld } of goals) console.log(`${text.padEnd(100)}${isHeld ? 'held' : 'BROKEN'}`)
if (goals.some(({ isHeld }) => !isHeld)) process.exitCode = 1

// Fifty characters: a visitor's id of 22 and the key of an experiment.
function asciiText() {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  return Array.from({ length: 50 }, () => random.pick(letters)).join('')
}

function anyText() {
  const letters = [
    'a',
    'Z',
    '0',
    '-',
    'é',
    'ß',
    'ø',
    'Ω',
    'я',
    '中',
    '日',
    '€',
    '😀',
    '👩‍🚀',
    '\u0000',
    '\uffff',
  ]
  return Array.from({ length: random.below(40) }, () => random.pick(letters)).join('')
}

function checkPhp() {
  const texts = Array.from({ length: CHECKED }, anyText)
  const script =
    '$t = json_decode(stream_get_contents(STDIN)); echo json_encode(array_map(fn($s) => hexdec(hash("murmur3a", $s)), $t));'
  const { status, stdout } = spawnSync('php', ['-r', script], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
  })
  if (status !== 0) {
    console.log('skipped: PHP 8.1 or newer is not on this machine, so nothing is compared with its murmur3a')
    return
  }
  const theirs = JSON.parse(stdout)
  const same = texts.filter((text, at) => murmur3(text) === theirs[at]).length
  goal(`equal to PHP's murmur3a on texts of any language: ${same} of ${CHECKED}`, same === CHECKED)
}

function checkOthers() {
  const ascii = Array.from({ length: CHECKED }, asciiText)
  const others = Array.from({ length: CHECKED }, anyText).filter((text) => /[^\0-\x7f]/.test(text))
  for (const { name, hash } of hashes) {
    const wrong = (texts) => texts.filter((text) => hash(text) !== murmur3(text)).length
    if (wrong(ascii) > 0) throw new Error(`${name} and ours differ on ASCII.`)
    const share = (wrong(others) / others.length) * 100
    console.log(
      `${name.padEnd(26)}equal on ASCII; ${share === 0 ? 'equal on other text' : `another value than UTF-8's for ${share.toFixed(1)} % of other texts`}`,
    )
  }
}

function measure() {
  const texts = Array.from({ length: TEXTS }, asciiText)
  let sum = 0
  const time = ({ hash }) => {
    const began = performance.now()
    for (const text of texts) sum += hash(text)
    return ((performance.now() - began) * 1e6) / TEXTS
  }
  for (let round = 0; round < WARM_UPS; round++) for (const contestant of contestants) time(contestant)
  for (let round = 0; round < ROUNDS; round++) {
    const order = round % 2 === 0 ? contestants : [...contestants].reverse()
    for (const contestant of order) contestant.times.push(time(contestant))
  }
  console.log(`\n${'50 characters of ASCII'.padEnd(26)}       ns      quartiles   x ours      quartiles`)
  for (const { name, times } of contestants) {
    const ratios = inRound(times, contestants[0].times)
    const quartiles = (list, digits) =>
      `${percentileOf(list, 0.25).toFixed(digits)}–${percentileOf(list, 0.75).toFixed(digits)}`
    console.log(
      `${name.padEnd(26)}${middle(times).toFixed(0).padStart(9)}${quartiles(times, 0).padStart(15)}${middle(ratios).toFixed(2).padStart(9)}${quartiles(ratios, 2).padStart(15)}`,
    )
  }
  const ratios = contestants.slice(1).map(({ times }) => middle(inRound(times, contestants[0].times)))
  const fastest = Math.min(...ratios)
  goal(
    `at least 1.3 x the fastest of npm, ${hashes[ratios.indexOf(fastest)].name}: ${fastest.toFixed(2)}`,
    fastest >= 1.3,
  )
  if (!Number.isFinite(sum)) throw new Error('A hash is no number.')
}

function spread() {
  const counts = new Float64Array(CELLS)
  let both = 0
  let first = 0
  let second = 0
  for (let visitor = 0; visitor < VISITORS; visitor++) {
    const bucket = bucketOf(String(visitor), 'first-experiment')
    const isFirst = bucket < 5_000
    const isSecond = bucketOf(String(visitor), 'second-experiment') < 5_000
    counts[Math.floor((bucket * CELLS) / 10_000)]++
    if (isFirst) first++
    if (isSecond) second++
    if (isFirst && isSecond) both++
  }
  const expected = VISITORS / CELLS
  const even = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0) / (CELLS - 1)
  const spread = Math.sqrt(first * (VISITORS - first) * second * (VISITORS - second))
  const correlation = (both * VISITORS - first * second) / spread
  goal(
    `${VISITORS} ids in a row in ${CELLS} buckets, chi²/df 0.85 to 1.15: ${even.toFixed(3)}`,
    even >= 0.85 && even <= 1.15,
  )
  goal(
    `halves of two experiments, correlation within ±${MOST_CORRELATED.toFixed(4)}: ${correlation.toFixed(5)}`,
    Math.abs(correlation) <= MOST_CORRELATED,
  )
}

function goal(text, isHeld) {
  goals.push({ text, isHeld })
}
