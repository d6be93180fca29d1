import type { TraitValue } from '@attune/core'
import { CannotRun } from '../../command.ts'
import type { Columns, TraitDefinitions } from './match-columns.ts'
import { isBad, readCell } from './read-cell.ts'
import type { Row } from './read-rows.ts'
import type { RowOutcome, TellRow, ToldRow } from './tell-store.ts'

/** A row that was not taken. */
export interface RejectedRow {
  readonly line: number
  readonly column: string
  readonly value: string
  readonly problem: string
  readonly cells: readonly string[]
}

/** What became of a file's rows; each is counted once. */
export interface ImportCounts {
  readonly rows: number
  readonly taken: number
  /** Told before, by an earlier run. */
  readonly known: number
  readonly rejected: number
  /** Without a value in any column that is read. */
  readonly empty: number
  /** The last line that was done. */
  readonly line: number
}

/** How rows are imported. */
export interface RowImport {
  readonly columns: Columns
  readonly traits: TraitDefinitions
  readonly separator: string
  /** Rows up to this line were done before. */
  readonly fromLine: number
  readonly tell: TellRow
  readonly onReject: (row: RejectedRow) => Promise<void>
  readonly onProgress: (rows: number) => void
  readonly isStopped: () => boolean
}

// Enough that a store which writes many at once can, and little enough that memory stays flat.
const AT_ONCE = 64

/** Imports rows, so many at once that the store is busy; ends early when it is stopped, with every row that was begun done. */
export async function importRows(rows: AsyncIterable<Row>, options: RowImport): Promise<ImportCounts> {
  const counts = { rows: 0, taken: 0, known: 0, rejected: 0, empty: 0, line: 0 }
  const { columns, tell, onReject, onProgress, fromLine, isStopped } = options
  const reject = async (rejected: RejectedRow): Promise<void> => {
    counts.rejected++
    await onReject(rejected)
  }
  let batch: { readonly row: ToldRow; readonly cells: readonly string[] }[] = []
  const flush = async (): Promise<void> => {
    const told = batch
    batch = []
    const outcomes: readonly RowOutcome[] = await Promise.all(told.map(({ row }) => tell(row)))
    for (const [at, outcome] of outcomes.entries()) {
      if (typeof outcome === 'string') counts[outcome]++
      else
        await reject({ ...placeOf(told[at]!.row, columns), problem: outcome.problem, cells: told[at]!.cells })
    }
  }
  for await (const row of rows) {
    if (row.line < fromLine) continue
    if (isStopped()) break
    counts.rows++
    counts.line = row.line
    const read = readRow(row, options)
    if ('problem' in read) await reject(read)
    else if (read.traits === undefined) counts.empty++
    else batch.push({ row: { ...read, traits: read.traits }, cells: row.cells })
    if (batch.length >= AT_ONCE) await flush()
    onProgress(counts.rows)
  }
  await flush()
  return counts
}

type Read = { readonly line: number; readonly userId: string; readonly traits: ToldRow['traits'] | undefined }

function readRow(row: Row, { columns, traits, separator }: RowImport): Read | RejectedRow {
  const { line } = row
  const { cells } = row
  if ('problem' in row) return { line, column: '', value: '', problem: row.problem, cells }
  if (cells.length !== columns.header.length) {
    const problem = `has ${cells.length} cells where the header has ${columns.header.length}. Mend its quotes or separators.`
    return { line, column: '', value: '', problem, cells }
  }
  const userId = (cells[columns.id] ?? '').trim()
  if (userId === '' || userId.length > 256 || !userId.isWellFormed()) {
    const problem = 'is no user’s id. Give text of 1 to 256 characters.'
    return { line, column: columns.header[columns.id] ?? '', value: userId, problem, cells }
  }
  const told: [string, TraitValue][] = []
  for (const { at, heading, trait } of columns.traits) {
    const text = cells[at] ?? ''
    const value = readCell(text, traits[trait]?.type ?? 'string', separator)
    if (isBad(value)) return { line, column: heading, value: text, problem: value.problem, cells }
    if (value !== undefined) told.push([trait, value])
  }
  // A row of empty cells says nothing.
  return { line, userId, traits: told.length === 0 ? undefined : Object.fromEntries(told) }
}

function placeOf({ line, userId }: ToldRow, { header, id }: Columns) {
  return { line, column: header[id] ?? '', value: userId }
}

/** The first row of a file. @throws CannotRun when there is none. */
export async function readHeader(rows: AsyncGenerator<Row, void, undefined>): Promise<readonly string[]> {
  const first = await rows.next()
  if (first.done === true) throw new CannotRun('The file is empty. Its first row holds the headings.')
  if ('problem' in first.value) throw new CannotRun(`The first row ${first.value.problem}`)
  const header = first.value.cells.map((heading) => heading.trim())
  if (header.some((heading) => heading.includes('�')))
    throw new CannotRun('The file is not UTF-8. Save it as UTF-8.')
  return header
}
