import type { RekeyResult, RekeySettings } from '../rekey-result.ts'
import { KEY_GLOB, KEY_START, keyNameOf } from '../rights/key-name.ts'
import type { StandingKeys } from '../standing-keys.ts'
import { type Database, openDatabase } from './sqlite-database.ts'
import { eraseVisitor, scrub } from './sqlite-erase.ts'
import { planOf, readRow } from './sqlite-history.ts'
import { mergeVisitors } from './sqlite-merge.ts'
import { erasedAt } from './sqlite-moved.ts'

/** What is done to a file. */
export interface RekeyOptions extends RekeySettings {
  readonly path: string
  /** How long another process may hold the file before this gives up, milliseconds. Default 5,000. */
  readonly busyTimeout?: number | undefined
}

const BUSY = 5_000
// So many a transaction that others hardly wait for one.
const SLICE = 200
// Writing a larger file anew would hold up whoever writes.
const VACUUM_BELOW = 256 * 2 ** 20

/** Tells under what visitors stand in a file, by a few looks into its index. */
export function sqliteKeyNames(path: string): StandingKeys {
  const database = openDatabase(path, BUSY)
  try {
    const next = database.sql('SELECT visitor FROM profiles WHERE visitor >= ? ORDER BY visitor LIMIT 1')
    const names: string[] = []
    let hasPlain = false
    for (let from = ''; ; ) {
      const visitor = next.get(from)?.visitor
      if (visitor === undefined) return { names, hasPlain }
      const name = keyNameOf(String(visitor))
      if (name !== undefined) names.push(name)
      else hasPlain = true
      // Past all of that name; of plain ids, past all that stand before the keys, or to the end.
      if (name !== undefined) from = `${KEY_START}${name}/`
      else if (String(visitor) < KEY_START) from = KEY_START
      else return { names, hasPlain }
    }
  } finally {
    database.close()
  }
}

/**
 * Moves whoever stands under their id as it is to the key of the newest secret, a few in one transaction after another: broken off, it goes on
 * when it is asked again, and at every moment everybody stands under one of the two. Tombstones and markers of who was merged go with them.
 * Who stands under both, because they came while it ran, is made one.
 */
export function rekeySqlite({ path, keys, now, busyTimeout = BUSY, onStep }: RekeyOptions): RekeyResult {
  const database = openDatabase(path, busyTimeout)
  try {
    const newest = (visitor: string): string => keys.of(visitor)[0]
    const one = (visitor: string): void => moveOne(database, visitor, newest(visitor), now)
    let moved = 0
    const step = (visitors: readonly string[], work: (visitor: string) => void): void => {
      database.transaction(() => visitors.forEach(work))
      moved += visitors.length
      onStep?.(moved)
    }
    for (const table of ['profiles', 'erased', 'rejected'] as const) {
      for (let found = plainIn(database, table, ''); found.length > 0; ) {
        step(found, one)
        found = plainIn(database, table, found.at(-1)!)
      }
    }
    // Of whom nothing is left but where they went.
    for (let found = plainIn(database, 'moved', ''); found.length > 0; ) {
      step(found, (visitor) => renameMarker(database, visitor, newest(visitor)))
      found = plainIn(database, 'moved', found.at(-1)!)
    }
    // Of whom there is nothing but that others went there.
    for (let found = plainIn(database, 'moved', '', 'target'); found.length > 0; ) {
      database.transaction(() => {
        for (const target of found) renameTarget(database, target, newest(target))
      })
      found = plainIn(database, 'moved', found.at(-1)!, 'target')
    }
    const older = countOlder(database, keys.names[0] ?? '')
    // Also of one who was broken off before it came to this.
    return { moved, older, leftovers: scrub(database, VACUUM_BELOW) }
  } finally {
    database.close()
  }
}

function plainIn(
  { sql }: Database,
  table: string,
  after: string,
  column: 'visitor' | 'target' = 'visitor',
): readonly string[] {
  return sql(
    `SELECT DISTINCT ${column} AS id FROM ${table} WHERE ${column} > ? AND ${column} NOT GLOB ? ORDER BY ${column} LIMIT ${SLICE}`,
  )
    .all(after, KEY_GLOB)
    .map(({ id }) => String(id))
}

function moveOne(database: Database, visitor: string, key: string, now: number): void {
  const { sql } = database
  const tombstone = erasedAt(database, visitor) ?? erasedAt(database, key)
  if (tombstone !== undefined) {
    // Erased under one of both, erased.
    sql('UPDATE OR IGNORE erased SET visitor = ? WHERE visitor = ?').run(key, visitor)
    for (const name of [visitor, key]) eraseVisitor(database, name, tombstone)
    sql('DELETE FROM erased WHERE visitor = ?').run(visitor)
    return
  }
  unmark(database, key, visitor)
  const row = readRow(database, visitor)
  if (row !== undefined && readRow(database, key) !== undefined) {
    mergeVisitors(database, { from: visitor, into: key, at: now }, planOf(database, row.plan))
    sql('DELETE FROM moved WHERE visitor = ?').run(visitor)
    return
  }
  for (const table of ['profiles', 'bases', 'events', 'rejected'])
    sql(`UPDATE ${table} SET visitor = ? WHERE visitor = ?`).run(key, visitor)
  renameTarget(database, visitor, key)
}

// The key was merged into the id that it is made of: that was one visitor all along.
function unmark({ sql }: Database, key: string, visitor: string): void {
  sql('DELETE FROM moved WHERE visitor = ? AND target = ?').run(key, visitor)
}

function renameTarget(database: Database, visitor: string, key: string): void {
  unmark(database, key, visitor)
  database.sql('UPDATE moved SET target = ? WHERE target = ?').run(key, visitor)
}

function renameMarker({ sql }: Database, visitor: string, key: string): void {
  // Who came back while it ran was moved to their own newer key: that leads nowhere else.
  sql('DELETE FROM moved WHERE visitor = ? AND target = ?').run(visitor, key)
  sql('UPDATE OR IGNORE moved SET visitor = ? WHERE visitor = ?').run(key, visitor)
  sql('DELETE FROM moved WHERE visitor = ?').run(visitor)
}

function countOlder({ sql }: Database, newest: string): number {
  const keyed = 'SELECT count(*) AS n FROM profiles WHERE visitor GLOB ? AND visitor NOT GLOB ?'
  return Number(sql(keyed).get(KEY_GLOB, `${KEY_START}${newest}.*`)?.n)
}
