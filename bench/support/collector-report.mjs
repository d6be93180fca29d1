// The table of a collector benchmark: medians, and from the lowest to the highest round.
import { availableParallelism } from 'node:os'

/** Prints what the rounds came to. `p99` are milliseconds, `batch` events. */
export function report(rounds, { title, visitors, batch, goal, p99 }) {
  const line = (label, read, digits = 0) => lineOf(rounds.map(read), label, digits)
  const table = [
    ['', 'median', 'lowest', 'highest'],
    line(`single events/s held at p99 ≤ ${p99} ms`, (round) => round.held.rate),
    line('  p50 there, ms', (round) => round.held.p50, 1),
    line('  p99 there, ms', (round) => round.held.p99, 1),
    line('  server CPU per request there, µs', (round) => round.held.all),
    line('  … of it the answering thread, µs', (round) => round.held.main),
    line('single events/s at most (64 connections)', (round) => round.single.rate),
    line('  p99 there, ms', (round) => round.single.p99, 1),
    line('  server CPU per request there, µs', (round) => round.single.all),
    line('  … of it the answering thread, µs', (round) => round.single.main),
    line('  refused to come again later', (round) => round.single.refused),
    line(`events/s in batches of ${batch} (32 connections)`, (round) => round.batches.rate),
    line('  p99 there, ms', (round) => round.batches.p99, 1),
    line('  server CPU per batch there, µs', (round) => round.batches.all),
    line('  refused to come again later', (round) => round.batches.refused),
    line('disk: 4 KB durable, p50, ms', (round) => round.disk.p50, 2),
    line('disk: 4 KB durable, p99, ms', (round) => round.disk.p99, 2),
    line('noise: p99 / p50 of the same work', (round) => round.spin.p99 / round.spin.p50, 2),
    line('noise: % of the machine that others took meanwhile', (round) => round.single.others),
  ]
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)))
  const text = table.map(([label, ...numbers]) =>
    [label.padEnd(widths[0]), ...numbers.map((number, at) => number.padStart(widths[at + 1]))].join('  '),
  )
  const median = medianOf(rounds.map(({ held }) => held.rate))
  process.stdout.write(
    `\n${title}: ${visitors} visitors, ${availableParallelism()} cores with the client beside it, ${rounds.length} rounds\n`,
  )
  process.stdout.write(`${text.join('\n')}\n`)
  process.stdout.write(
    `Goal ${goal} durable single-event requests/s: ${median >= goal ? 'reached' : 'not reached here'}.\n`,
  )
  process.stdout.write('Every acknowledged event was found in the store, once.\n')
}

function lineOf(values, label, digits) {
  const show = (value) => value.toFixed(digits)
  return [label, show(medianOf(values)), show(Math.min(...values)), show(Math.max(...values))]
}

function medianOf(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}
