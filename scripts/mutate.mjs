// npm run mutate [-- <file or glob> …]: changes core's deciding rooms a little, thousands of times, and asks whether a test notices.
import { readFileSync, rmSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { below } from './lib/paths.mjs'
import { endAll, onStop, run } from './lib/processes.mjs'
import { step } from './lib/progress.mjs'
import { findNode, install, isInstalled, toolEnv } from './lib/toolchain.mjs'
import { explain, Trouble } from './lib/trouble.mjs'

const PROGRAM = below('node_modules/@stryker-mutator/core/bin/stryker.js')
const CONFIG = 'packages/core/stryker.config.mjs'
const REPORT = below('.attune/reports/mutation.json')
const GOAL = 85

onStop(async () => {
  await endAll()
  process.exit(130)
})

async function main() {
  const { values, positionals } = parseArgs({
    args: process.argv.slice(2),
    allowPositionals: true,
    options: { concurrency: { type: 'string' } },
  })
  if (!isInstalled()) await step('Installing', install)
  rmSync(REPORT, { force: true })
  const only = positionals.length > 0 ? ['--mutate', positionals.map(toGlob).join(',')] : []
  const hands = values.concurrency === undefined ? [] : ['--concurrency', values.concurrency]
  const { code } = await run(findNode(), [PROGRAM, 'run', CONFIG, ...only, ...hands], { env: toolEnv() })
  const files = readReport()
  for (const line of scoreLines(files)) process.stdout.write(`${line}\n`)
  if (code !== 0) process.exitCode = 1
}

/** A room (`match`), a file of a room (`match/horizon.ts`) or any glob from the root. */
function toGlob(word) {
  if (word.startsWith('packages/')) return word
  return /\.ts$|\*/.test(word) ? `packages/core/src/${word}` : `packages/core/src/${word}/**/*.ts`
}

function readReport() {
  try {
    return JSON.parse(readFileSync(REPORT, 'utf8')).files
  } catch {
    throw new Trouble('Mutation testing ended without a report.', { cure: 'The lines above say why.' })
  }
}

// Stryker's score: of the mutants that could be judged, those that a test noticed or that ran for ever.
function scoreLines(files) {
  const rooms = new Map()
  for (const [path, { mutants }] of Object.entries(files)) {
    const room = /\/src\/([^/]+)\//.exec(path)?.[1] ?? path
    const held = rooms.get(room) ?? { noticed: 0, judged: 0 }
    for (const { status } of mutants) {
      if (['Killed', 'Timeout'].includes(status)) held.noticed += 1
      if (['Killed', 'Timeout', 'Survived', 'NoCoverage'].includes(status)) held.judged += 1
    }
    rooms.set(room, held)
  }
  const all = [...rooms.values()].reduce(
    (sum, { noticed, judged }) => ({ noticed: sum.noticed + noticed, judged: sum.judged + judged }),
    { noticed: 0, judged: 0 },
  )
  return [...rooms, ['all', all]].map(([room, { noticed, judged }]) => {
    const score = judged === 0 ? 100 : (100 * noticed) / judged
    const goal = room === 'all' ? ` (goal ${GOAL} %)` : ''
    return `${room}: ${score.toFixed(1)} %${goal}, ${noticed} of ${judged} mutants noticed`
  })
}

main().catch((error) => {
  process.stdout.write(explain(error))
  process.exitCode = 1
})
