import { pipeline, Readable } from 'node:stream'
import { parse } from 'csv-parse'
import { CannotRun } from '../command.ts'
import { didYouMean } from '../terminal/near-name.ts'
import type { Names } from './access-log.ts'
import { createCounter } from './counter.ts'
import { createEventDrafter, type Draft, type EventDrafter, type Row } from './draft-event.ts'
import { columnsOf, type Mapping } from './mapping.ts'
import { createOpenGroups } from './open-groups.ts'
import type { ReplayEvent, ReplaySource } from './replay-event.ts'

// Room for a row with long free text, and an end to one whose quote is never closed.
const MAX_ROW = 1024 * 1024
const EVENTS_AT_ONCE = 500
const HEADER_BOUND = 80

/** Reads a CSV with headings in its first row: its rows become events as the mapping says. */
export function createCsvSource(
  bytes: AsyncIterable<Uint8Array>,
  mapping: Mapping,
  names: Names,
): ReplaySource {
  const leftOut = createCounter()
  let records = 0

  function readRow(row: Row, drafter: EventDrafter): Draft | undefined {
    const reading = drafter.read(row)
    if (typeof reading !== 'string') return reading
    leftOut.add(reading)
    return undefined
  }

  async function* read(): AsyncGenerator<readonly ReplayEvent[]> {
    const groups = createOpenGroups()
    const rows = openRows(bytes, mapping, () => {
      records++
      leftOut.add('malformed')
    })
    let drafter: EventDrafter | undefined
    let ready: ReplayEvent[] = []
    for await (const row of rows) {
      if (drafter === undefined) {
        checkHeader(mapping, row)
        drafter = createEventDrafter(mapping, row)
        continue
      }
      records++
      const draft = readRow(row, drafter)
      if (draft === undefined) continue
      const finished = mapping.group === true ? groups.take(draft, drafter) : draft
      if (finished !== undefined) ready.push(drafter.finish(finished, names))
      if (ready.length < EVENTS_AT_ONCE) continue
      yield ready
      ready = []
    }
    if (drafter === undefined) throw new CannotRun('The CSV is empty. Its first row holds the headings.')
    for (const draft of groups.rest()) ready.push(drafter.finish(draft, names))
    yield ready
  }

  return { unit: 'row', read, records: () => records, leftOut: () => leftOut.counts }
}

function openRows(
  bytes: AsyncIterable<Uint8Array>,
  { delimiter = ',' }: Mapping,
  onMalformed: () => void,
): AsyncIterable<Row> {
  const parser = parse({
    bom: true,
    delimiter,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: MAX_ROW,
    on_skip: () => {
      onMalformed()
      return undefined
    },
  })
  // An error reaches the reader of `parser` as well, which is where it is told.
  pipeline(Readable.from(bytes), parser, () => {})
  return parser
}

function checkHeader(mapping: Mapping, header: Row): void {
  for (const [path, column] of columnsOf(mapping)) {
    if (header.includes(column)) continue
    const hint = didYouMean(column, header, (near) => JSON.stringify(near))
    const headings = header
      .map((name) => JSON.stringify(name))
      .join(', ')
      .slice(0, 10 * HEADER_BOUND)
    throw new CannotRun(
      `The mapping's ${path} names a column ${JSON.stringify(column)} that the CSV has not.${hint} Its columns: ${headings}.`,
    )
  }
  const twice = columnsOf(mapping).find(([, column]) => header.indexOf(column) !== header.lastIndexOf(column))
  if (twice !== undefined)
    throw new CannotRun(
      `The CSV has two columns ${JSON.stringify(twice[1])}. Rename one, so that ${twice[0]} is clear.`,
    )
}
