import type { ImportCounts } from './import-rows.ts'
import type { Columns } from './match-columns.ts'

/** What an import came to. */
export interface ImportReport extends ImportCounts {
  readonly file: string
  /** Names the store; missing when nothing was to be kept. */
  readonly store?: string
  readonly columns: Pick<Columns, 'leftOut' | 'traits'>
  /** Where the rows are that were not taken. */
  readonly rejects?: string
  /** It was ended before the last row. */
  readonly isStopped: boolean
}
