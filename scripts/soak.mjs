// npm run soak [-- --cases n] [-- --from seed] [-- --workers n] [-- --twin n]: the oracle on millions of visitors, PHP beside
// TypeScript on another million, then the hostile documents.
import { fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { below } from './lib/paths.mjs'
import { endAll, onStop } from './lib/processes.mjs'
import { step } from './lib/progress.mjs'
import { findNode, install, isInstalled, toolEnv } from './lib/toolchain.mjs'
import { explain, Trouble } from './lib/trouble.mjs'
import { runVitest } from './lib/vitest.mjs'

const CASES = 5_000_000
// `npm test` asks the seeds below.
const FIRST_SEED = 1_000_000
const SEEDS_AT_ONCE = 100
const REPORT_EVERY = 100_000
const TWIN_CASES = 1_000_000
const TWIN = 'packages/wordpress/test/twin/chance.test.ts'
const HOSTILE = 'packages/core/test/hostile'

const workers = new Set()

onStop(async () => {
  for (const worker of workers) worker.kill()
  await endAll()
  process.exit(130)
})

async function main() {
  const { cases, from, hands, twin } = readArguments(process.argv.slice(2))
  if (!isInstalled()) await step('Installing', install)
  await soakOracle(cases, from, hands)
  await soakTwin(twin, from)
  await soakHostile()
}

function readArguments(args) {
  const { values } = parseArgs({
    args,
    options: {
      cases: { type: 'string' },
      from: { type: 'string' },
      workers: { type: 'string' },
      twin: { type: 'string' },
    },
  })
  return {
    cases: whole('cases', values.cases, CASES),
    from: whole('from', values.from, FIRST_SEED),
    hands: whole('workers', values.workers, availableParallelism()),
    twin: whole('twin', values.twin, TWIN_CASES),
  }
}

function whole(name, given, otherwise) {
  if (given === undefined) return otherwise
  const value = Number(given)
  if (Number.isInteger(value) && value > 0) return value
  throw new Trouble(`--${name} ${given} is no whole number above 0.`, {
    cure: `For example --${name} ${otherwise}.`,
  })
}

/** Lets workers ask seed after seed until enough cases were asked or something is wrong. */
async function soakOracle(wanted, from, hands) {
  const started = performance.now()
  const total = { cases: 0, wrong: [], seed: from, reported: 0 }
  const isDone = () => total.cases >= wanted || total.wrong.length > 0
  process.stdout.write(`— oracle: ${number(wanted)} cases from seed ${from}, ${hands} workers\n`)
  await Promise.all(Array.from({ length: hands }, () => runWorker(total, isDone, started)))
  if (total.wrong.length > 0) {
    process.stdout.write(`${total.wrong[0]}\n`)
    throw new Trouble(`The evaluator and the oracle differ after ${number(total.cases)} cases.`, {
      cure: 'Mend the one that is not what the language page says; the seed above repeats the case.',
    })
  }
  report(total, started)
}

function runWorker(total, isDone, started) {
  return new Promise((resolve, reject) => {
    const worker = fork(below('packages/core/test/oracle/soak.ts'), {
      execPath: findNode(),
      execArgv: [
        '--disable-warning=ExperimentalWarning',
        '--import',
        pathToFileURL(below('scripts', 'lib', 'resolve-source.mjs')).href,
      ],
      env: toolEnv(),
    })
    workers.add(worker)
    worker.on('message', ({ cases, wrong }) => {
      total.cases += cases
      total.wrong.push(...wrong)
      if (Math.floor(total.cases / REPORT_EVERY) > total.reported) report(total, started)
      if (isDone()) return worker.disconnect()
      worker.send({ from: total.seed, end: total.seed + SEEDS_AT_ONCE })
      total.seed += SEEDS_AT_ONCE
    })
    worker.on('error', reject)
    worker.on('exit', (code) => {
      workers.delete(worker)
      if (code === 0) resolve()
      else reject(new Trouble('A worker of the oracle failed; the lines above say why.'))
    })
  })
}

function report(total, started) {
  total.reported = Math.floor(total.cases / REPORT_EVERY)
  const seconds = Math.round((performance.now() - started) / 1000)
  process.stdout.write(
    `  ${number(total.cases)} cases, ${total.wrong.length} wrong, ${seconds} s, before seed ${total.seed}\n`,
  )
}

/** PHP answers what TypeScript does; the test says which PHP it was. */
async function soakTwin(cases, from) {
  process.stdout.write(`— PHP beside TypeScript: ${number(cases)} cases from seed ${from}\n`)
  const env = { ATTUNE_TWIN_CASES: String(cases), ATTUNE_TWIN_SEED: String(from) }
  const { failed, passed } = await runVitest('unit', [TWIN], { env })
  if (failed > 0 || passed === 0) throw new Trouble('PHP and TypeScript differ; the lines above say where.')
}

async function soakHostile() {
  process.stdout.write('— hostile documents and events\n')
  if (!existsSync(below(HOSTILE))) throw new Trouble(`There is no ${HOSTILE}.`)
  const { failed, passed } = await runVitest('unit', [HOSTILE], { env: { ATTUNE_SOAK: '1' } })
  if (failed > 0) throw new Trouble(`${failed} of the hostile tests failed.`)
  process.stdout.write(`  ${passed} tests passed\n`)
}

const number = (value) => value.toLocaleString('en-GB')

main().catch((error) => {
  process.stdout.write(explain(error))
  for (const worker of workers) worker.kill()
  process.exitCode = 1
})
