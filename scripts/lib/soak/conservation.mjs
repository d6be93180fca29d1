import { ensureRedis } from '../ensure-redis.mjs'
import { Trouble } from '../trouble.mjs'
import { number } from './progress-bar.mjs'
import { runWithBar } from './run-with-bar.mjs'

const WRONG = ['lost', 'doubled', 'different', 'unaccounted', 'miscounted']

/** Sends events, 5 % twice, 1 % late and shuffled, into SQLite and Redis, and compares every profile with a fold by core. */
export async function soakConservation({ events, seed }) {
  await conserveIn('sqlite', 'SQLite', events, seed)
  const lacks = await ensureRedis()
  if (lacks === undefined) await conserveIn('redis', 'Redis', events, seed)
  else process.stdout.write(`! ${lacks}\n`)
}

async function conserveIn(kind, name, events, seed) {
  process.stdout.write(`— conservation in ${name}: ${number(events)} events, seed ${seed}\n`)
  const report = await runWithBar('test/faults/conserve/soak.ts', [kind, events, seed], {
    unit: 'events',
    all: events,
    done: 'sent',
  })
  const { ledger, made, visitors, seconds, size } = report
  const line = (what, value) => process.stdout.write(`  ${what.padEnd(34)} ${value}\n`)
  line('events made, of so many visitors', `${number(made)}, ${number(visitors)}`)
  line('sent, with repetitions', number(ledger.sent))
  line('acknowledged as new', number(ledger.accepted))
  line('acknowledged as known', number(ledger.duplicates))
  line('refused with a reason', number(ledger.refused))
  line('told to come again', number(ledger.throttled))
  line('answers lost', number(ledger.unanswered))
  line('visitors who lost events', number(report.lost))
  line('visitors with events counted twice', number(report.doubled))
  line('visitors otherwise different', number(report.different))
  line('events in no column of the ledger', number(report.unaccounted))
  line('refusals counted wrongly', number(report.miscounted))
  line('time, rate, size', `${Math.round(seconds)} s, ${number(Math.round(made / seconds))}/s, ${size}`)
  if (WRONG.some((key) => report[key] > 0))
    throw new Trouble(`Events were not conserved in ${name}.`, {
      cure: `Replay with conservation --seed ${seed}.`,
    })
}
