// The PHP twin: 100 segments beside a function written by hand, and a request beside json_decode and walking the tree.
// The machine's own PHP with opcode cache is needed. Requests are answered by `php -S`, whose opcode cache lies in shared
// memory and is warm, as that of php-fpm is; nothing but files stays from one request to the next.
import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { decide, evaluateSegments } from '../packages/core/dist/index.js'
import { fileOfCore } from '../packages/wordpress/scripts/bundle-core.mjs'
import { below } from '../scripts/lib/paths.mjs'
import { findPhp } from '../scripts/lib/php.mjs'
import { startServer } from './php/server.mjs'
import { attributeWorkload, behaviourWorkload } from './php/workloads.mjs'
import { inRound, middle, percentileOf } from './rules/statistics.mjs'

const VISITORS = 64
const WARM_UP = 2
const ROUNDS = 30
const PLUGIN = below('packages', 'wordpress')
const CORE = `${PLUGIN}/includes/core/load.php`
// What a request calls; the plugin's own pages load as much of core in one file, and no more.
const CALLED =
  'Question consent_bits create_seal_keys decide decode_token empty_profile evaluate_segments'.split(' ')
// A plain build, as hosts have it: no JIT, files looked at for changes now and then.
const OPCACHE = [
  'opcache.enable=1',
  'opcache.jit=off',
  'opcache.revalidate_freq=2',
  'display_errors=stderr',
].flatMap((line) => ['-d', line])

const php = findPhp({ extensions: ['Zend OPcache'] })
if (php.missing !== undefined) {
  console.error(`${php.missing} Install PHP 8.1 or newer with opcache (Debian: apt-get install php-cli).`)
  process.exit(1)
}
const folder = below('.attune', 'bench', 'php')
const goals = []
const attributes = attributeWorkload(VISITORS)
const behaviour = behaviourWorkload(VISITORS)
mkdirSync(folder, { recursive: true })
writeFileSync(`${folder}/core.php`, fileOfCore(`${PLUGIN}/includes`, CALLED))
console.log(`PHP ${php.version}, ${ROUNDS} rounds of ${VISITORS} visitors; medians and quartiles\n`)
for (const workload of [attributes, behaviour]) await write(workload)
await printByHand(attributes)
const server = await startServer(php.path, OPCACHE, below('bench', 'php'))
try {
  await printRequests(attributes)
  await printRequests(behaviour)
} finally {
  await server.stop()
}
console.log('\ngoals')
for (const { text, isHeld } of goals) console.log(`${text.padEnd(100)}${isHeld ? 'held' : 'BROKEN'}`)
if (goals.some(({ isHeld }) => !isHeld)) process.exitCode = 1

async function write({ name, document, published, visitors, byHand }) {
  const at = `${folder}/${name}`
  mkdirSync(at, { recursive: true })
  writeFileSync(`${at}/published.json`, JSON.stringify(published))
  writeFileSync(`${at}/document.json`, JSON.stringify(document))
  writeFileSync(`${at}/visitors.json`, JSON.stringify(visitors.map(({ context }) => context)))
  visitors.forEach(({ question: _, ...visitor }, place) => {
    writeFileSync(`${at}/visitor-${place}.json`, JSON.stringify(visitor))
  })
  if (byHand !== undefined) writeFileSync(`${at}/by-hand.php`, byHand)
  await run(['bench/php/compile.php', PLUGIN, at])
}

async function run(args) {
  const { stdout } = await promisify(execFile)(php.path, args, { cwd: below(), maxBuffer: 64 * 1024 * 1024 })
  return stdout
}

async function printByHand({ name }) {
  const flags = ['-d', 'opcache.enable_cli=1', ...OPCACHE]
  const printed = await run([...flags, 'bench/php/evaluate.php', `${folder}/core.php`, `${folder}/${name}`])
  const { hand, ours, matching, opcache } = JSON.parse(printed)
  mustCache(opcache)
  const ratio = inRound(ours, hand)
  console.log(`100 segments on attributes, one visitor; ${(matching * 100).toFixed(1)} % match`)
  console.log(`  written by hand          ${micro(hand)}`)
  console.log(`  ours, with until         ${micro(ours)}`)
  console.log(`  ours / by hand           ${middle(ratio).toFixed(2)} (${quartiles(ratio, 2)})`)
  goal(`100 segments: at most 2.5 x written by hand: ${middle(ratio).toFixed(2)}`, middle(ratio) <= 2.5)
}

async function printRequests(workload) {
  const { name, visitors } = workload
  const contestants = {
    'one file': `by=ours&core=${folder}/core.php`,
    'load.php': `by=ours&core=${CORE}`,
    timed: `by=ours&timed=1&core=${folder}/core.php`,
    ...(name === 'attributes' ? { walk: 'by=walk', hand: 'by=hand' } : {}),
  }
  const samples = Object.fromEntries(Object.keys(contestants).map((key) => [key, []]))
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    for (let place = 0; place < visitors.length; place++) {
      const keys = Object.keys(contestants)
      for (const key of round % 2 === 0 ? keys : keys.reverse()) {
        const answer = await server.ask(`${contestants[key]}&folder=${folder}/${name}&visitor=${place}`)
        if (round === -WARM_UP) check(workload, place, key, answer)
        if (round >= 0) samples[key].push(answer)
      }
    }
  }
  const part = (key, member) => samples[key].map((sample) => sample[member])
  console.log(`\na request of ${name}: 100 segments, ten placements with ten experiences each`)
  console.log(`  the core, one file       ${micro(part('one file', 'code'))}`)
  console.log(`  the core, load.php       ${micro(part('load.php', 'code'))}`)
  console.log(`  the ruleset's file       ${micro(part('one file', 'ruleset'))}`)
  if (name === 'behaviour') console.log(`  the visitor's token      ${micro(part('one file', 'profile'))}`)
  console.log(`  ten placements           ${micro(part('one file', 'decide'))}`)
  console.log(`  and then 100 segments    ${micro(part('one file', 'segments'))}`)
  console.log(
    `  both, and until when     ${micro(samples.timed.map(({ decide, segments }) => decide + segments))}`,
  )
  const whole = samples['one file'].map(({ request, segments }) => request + segments)
  goal(
    `${name}: at most 0.3 ms for 100 segments and ten placements: ${(middle(whole) / 1000).toFixed(3)}`,
    middle(whole) <= 300,
  )
  if (contestants.walk === undefined) return
  console.log(`  the segments by hand     ${micro(part('hand', 'segments'))}`)
  console.log(`  json_decode              ${micro(part('walk', 'decode'))}`)
  console.log(`  walking the tree         ${micro(part('walk', 'walk'))}`)
  const ratio = inRound(part('one file', 'request'), part('walk', 'request'))
  console.log(`  ours / decode and walk   ${middle(ratio).toFixed(3)} (${quartiles(ratio, 3)})`)
  goal(`a request: at most 0.1 x json_decode and walking: ${middle(ratio).toFixed(3)}`, middle(ratio) <= 0.1)
}

// All must show what TypeScript shows.
function check({ compiled, visitors }, place, key, { shown, matching, opcache }) {
  const { question } = visitors[place]
  const wanted = decide(compiled, question).map(({ variant }) => variant)
  const matches = Object.values(evaluateSegments(compiled, question)).filter(({ match }) => match === true)
  const isRight =
    (key === 'hand' || JSON.stringify(shown) === JSON.stringify(wanted)) &&
    (key === 'walk' || matching === matches.length)
  if (!isRight) throw new Error(`${key} answers otherwise for visitor ${place}.`)
  if (opcache !== undefined) mustCache(opcache)
}

function mustCache(opcache) {
  if (!opcache) throw new Error('The opcode cache is off. Look at opcache.enable in php.ini.')
}

function micro(times) {
  return `${middle(times).toFixed(1).padStart(8)} µs (${quartiles(times, 1)})`
}

function quartiles(values, digits) {
  return [0.25, 0.75].map((share) => percentileOf(values, share).toFixed(digits)).join('–')
}

function goal(text, isHeld) {
  goals.push({ text, isHeld })
}
