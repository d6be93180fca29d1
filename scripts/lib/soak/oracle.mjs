import { Trouble } from '../trouble.mjs'
import { number } from './progress-bar.mjs'
import { runSource } from './run-source.mjs'

const SEEDS_AT_ONCE = 100
const REPORT_EVERY = 100_000

/** Lets workers ask seed after seed until enough cases were asked or something is wrong. */
export async function soakOracle({ cases, from, workers }) {
  const started = performance.now()
  const total = { cases: 0, wrong: [], seed: from, reported: 0 }
  const isDone = () => total.cases >= cases || total.wrong.length > 0
  process.stdout.write(`— oracle: ${number(cases)} cases from seed ${from}, ${workers} workers\n`)
  await Promise.all(Array.from({ length: workers }, () => runWorker(total, isDone, started)))
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
    const worker = runSource('packages/core/test/oracle/soak.ts')
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
