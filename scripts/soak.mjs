// npm run soak [-- part …] [-- --seed n] [-- --events n] [-- --cases n] [-- --from seed] [-- --workers n] [-- --twin n] [-- --minutes n]
// [-- --redis]: what takes too long for `npm test`. Without parts it runs all of them; PARTS says what each is and how long it takes on two quiet cores.
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { ensureRedis } from './lib/ensure-redis.mjs'
import { endAll, onStop } from './lib/processes.mjs'
import { step } from './lib/progress.mjs'
import { soakConservation } from './lib/soak/conservation.mjs'
import { soakMemory } from './lib/soak/memory.mjs'
import { soakOracle } from './lib/soak/oracle.mjs'
import { soakQuality } from './lib/soak/quality.mjs'
import { endSources } from './lib/soak/run-source.mjs'
import {
  soakCacheGrid,
  soakErase,
  soakHostile,
  soakPages,
  soakScenarios,
  soakTwin,
} from './lib/soak/vitest-parts.mjs'
import { whole } from './lib/soak/whole.mjs'
import { install, isInstalled } from './lib/toolchain.mjs'
import { explain, Trouble } from './lib/trouble.mjs'

const CASES = 5_000_000
const TWIN_CASES = 1_000_000
const EVENTS = 10_000_000
const MINUTES = 20
// `npm test` asks the seeds below.
const FIRST_SEED = 1_000_000

const PARTS = {
  oracle: { run: soakOracle, takes: 'about 25 minutes' },
  twin: { run: soakTwin, takes: 'about 10 minutes' },
  hostile: { run: soakHostile, takes: 'about 10 minutes, not timed on a quiet machine yet' },
  erase: { run: soakErase, takes: 'about half an hour, not timed on a quiet machine yet' },
  scenarios: { run: soakScenarios, takes: 'about 6 minutes' },
  pages: { run: soakPages, takes: 'about 2 minutes' },
  quality: { run: soakQuality, takes: 'about 3 minutes' },
  conservation: { run: soakConservation, takes: 'about 15 minutes' },
  'cache-grid': { run: soakCacheGrid, takes: 'ten times what `npm test` takes for it, not timed yet' },
  memory: { run: soakMemory, takes: '20 minutes, or as long as --minutes says; twice that with --redis' },
}
/** Names for several. */
const GROUPS = { faults: ['scenarios', 'pages', 'conservation', 'cache-grid', 'memory'] }

onStop(async () => {
  endSources()
  await endAll()
  process.exit(130)
})

async function main() {
  const { parts, options } = readArguments(process.argv.slice(2))
  if (!isInstalled()) await step('Installing', install)
  if (parts.some((part) => part === 'erase' || GROUPS.faults.includes(part))) await ensureRedis()
  for (const part of parts) {
    const { run, takes } = PARTS[part]
    process.stderr.write(`${part}: ${takes} on two quiet cores\n`)
    await run(options)
  }
}

function readArguments(args) {
  const names = ['cases', 'from', 'workers', 'twin', 'events', 'seed', 'minutes']
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
      redis: { type: 'boolean', default: false },
    },
  })
  const unknown = positionals.find((name) => !(name in PARTS) && !(name in GROUPS))
  if (unknown !== undefined)
    throw new Trouble(`There is no part ${unknown}.`, {
      cure: `Parts are ${[...Object.keys(PARTS), ...Object.keys(GROUPS)].join(', ')}.`,
    })
  const asked = positionals.flatMap((name) => GROUPS[name] ?? [name])
  return {
    parts: asked.length > 0 ? asked : Object.keys(PARTS),
    options: {
      cases: whole('cases', values.cases, CASES),
      from: whole('from', values.from, FIRST_SEED),
      workers: whole('workers', values.workers, availableParallelism()),
      twin: whole('twin', values.twin, TWIN_CASES),
      events: whole('events', values.events, EVENTS),
      minutes: whole('minutes', values.minutes, MINUTES),
      // Of `memory`; the others that have to do with it always are on Redis too.
      redis: values.redis,
      // Another one each day.
      seed: whole('seed', values.seed, Math.floor(Date.now() / 86_400_000)),
    },
  }
}

main().catch((error) => {
  process.stdout.write(explain(error))
  endSources()
  process.exitCode = 1
})
