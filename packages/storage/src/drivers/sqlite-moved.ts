import type { Fate } from '../merge/moves.ts'
import type { Database } from './sqlite-database.ts'

/** When a visitor was erased, milliseconds; `undefined` of others. */
export function erasedAt({ sql }: Database, visitor: string): number | undefined {
  const row = sql('SELECT time FROM erased WHERE visitor = ?').get(visitor)
  return row === undefined ? undefined : Number(row.time)
}

/** What became of a visitor who has no row. */
export function fateOf(database: Database, visitor: string): Fate {
  const row = database.sql('SELECT target, time FROM moved WHERE visitor = ?').get(visitor)
  return {
    erased: erasedAt(database, visitor) !== undefined,
    into: row === undefined ? undefined : String(row.target),
    at: row === undefined ? undefined : Number(row.time),
  }
}

/** The visitors that were merged into this one. */
export function absorbedBy({ sql }: Database, into: string): readonly string[] {
  return sql('SELECT visitor FROM moved WHERE target = ?')
    .all(into)
    .map(({ visitor }) => String(visitor))
}
