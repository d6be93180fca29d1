import { pipeline, Readable } from 'node:stream'
import { isObject } from '@attune/core'
import { type CsvError, type Parser, parse } from 'csv-parse'

/** A row of a file, or why it is none. */
export type Row =
  | { readonly line: number; readonly cells: readonly string[] }
  | { readonly line: number; readonly problem: string; readonly cells: readonly string[] }

// Room for a row with long free text, and an end to one whose quote is never closed.
const MAX_ROW = 1024 * 1024
const UNCLOSED = 'has a quote that is never closed: neither it nor what follows was read. Mend the quote.'
const MISPLACED = 'has a quote where none may stand. Double it, or take it out.'

/** Reads the rows of a CSV one by one, the header first; what cannot be read as a row is told with its line. Rejects when the file cannot be read. */
export async function* readRows(
  bytes: AsyncIterable<Uint8Array>,
  delimiter: string,
): AsyncGenerator<Row, void, undefined> {
  let skipped: number[] = []
  const parser: Parser = parse({
    bom: true,
    delimiter,
    info: true,
    relax_column_count: true,
    // Else everything up to the next quote would be lost with a misplaced one.
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: MAX_ROW,
    on_skip: (error) => {
      skipped.push(lineOf(error))
      return undefined
    },
  })
  // An error reaches the reader of `parser` as well, which is where it is told.
  pipeline(Readable.from(bytes), parser, () => {})
  let previous = 0
  for await (const read of parser) {
    if (!isRead(read)) continue
    const { lines: line } = read.info
    // The parser is a chunk ahead: what it skipped is told in its place.
    if (skipped.some((end) => end < line)) yield { line: previous + 1, problem: UNCLOSED, cells: [] }
    skipped = skipped.filter((end) => end >= line)
    previous = line
    yield { line, cells: read.record, ...(read.record.some(isMisquoted) ? { problem: MISPLACED } : {}) }
  }
  if (skipped.length > 0) yield { line: previous + 1, problem: UNCLOSED, cells: [] }
}

interface Read {
  readonly info: { readonly lines: number }
  readonly record: readonly string[]
}

// As the option `info` has the parser answer.
function isRead(value: unknown): value is Read {
  return isObject(value) && Array.isArray(value.record) && isObject(value.info)
}

// What the parser leaves of a quote that it could not make sense of.
function isMisquoted(cell: string): boolean {
  return cell.startsWith('"')
}

function lineOf(error: CsvError | undefined): number {
  return error !== undefined && 'lines' in error && typeof error.lines === 'number' ? error.lines : 0
}
