import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { SignalPlan } from '@attune/core'
import { isErased, isMoved } from '../store-error.ts'
import type { Failure } from './sqlite-messages.ts'

/** An open database: its statements, prepared once, and its transactions. */
export interface Database {
  /** Prepares on first use. */
  readonly sql: (text: string) => StatementSync
  /** Runs a statement that may not stand in a transaction. */
  readonly run: (text: string) => void
  /** Signal plans by id, as far as they were needed yet. */
  readonly plans: Map<string, SignalPlan>
  /** Runs `work` in one transaction that is on the disk when this returns; when it throws, nothing was done. */
  readonly transaction: <T>(work: () => T) => T
  /** Runs `work`, which only reads, on one state of the file, whoever writes meanwhile. */
  readonly snapshot: <T>(work: () => T) => T
  /** Runs `work` so that its failure undoes it alone. Throws only when the whole transaction is lost. */
  readonly attempt: <T>(work: () => T) => Attempt<T>
  readonly close: () => void
}

/** What came of a part of a transaction. */
export type Attempt<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure }

const SCHEMA_VERSION = 5
// How long opening waits for whoever makes or upgrades the file at this moment: less than the asker's patience.
const MAKING_MS = 4_000
const ASK_AGAIN_MS = 5
const BUSY = 5
const LOCKED = 6
const FULL = 13

const SCHEMA = `
CREATE TABLE IF NOT EXISTS profiles (
  visitor TEXT NOT NULL UNIQUE,
  plan TEXT NOT NULL,
  profile TEXT NOT NULL,
  recent_count INTEGER NOT NULL,
  last INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS bases (visitor TEXT NOT NULL UNIQUE, base TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS events (
  visitor TEXT NOT NULL,
  id TEXT NOT NULL,
  time REAL NOT NULL,
  name TEXT NOT NULL,
  properties TEXT NOT NULL,
  recent INTEGER NOT NULL,
  context TEXT,
  PRIMARY KEY (visitor, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS plans (id TEXT PRIMARY KEY, plan TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS rejected (
  id INTEGER PRIMARY KEY,
  reason TEXT NOT NULL,
  time REAL NOT NULL,
  event TEXT NOT NULL,
  visitor TEXT,
  sent REAL
) STRICT;
CREATE TABLE IF NOT EXISTS rejected_counts (reason TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS erased (visitor TEXT PRIMARY KEY, time REAL NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS moved (visitor TEXT PRIMARY KEY, target TEXT NOT NULL, time REAL NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS moved_target ON moved (target);
PRAGMA user_version = ${SCHEMA_VERSION};
`

// What a file of an earlier version lacks.
const TO_3 = 'ALTER TABLE rejected ADD COLUMN visitor TEXT; ALTER TABLE rejected ADD COLUMN sent REAL;'
const UPGRADES: { readonly [version: number]: string } = {
  1: `ALTER TABLE events ADD COLUMN context TEXT; ${TO_3}`,
  2: TO_3,
}

/** Opens a database file, making its tables when they are not there. `busyTimeout` in milliseconds. */
export function openDatabase(
  path: string,
  busyTimeout: number,
  plans: Map<string, SignalPlan> = new Map(),
): Database {
  const db = new DatabaseSync(path)
  try {
    db.exec(`PRAGMA busy_timeout = ${Math.floor(busyTimeout)}`)
    whenFree(MAKING_MS, () => prepareFile(db, path))
  } catch (error) {
    db.close()
    throw error
  }
  const statements = new Map<string, StatementSync>()
  const sql = (text: string) => {
    const known = statements.get(text)
    if (known !== undefined) return known
    const statement = db.prepare(text)
    statements.set(text, statement)
    return statement
  }
  const run = (text: string) => void sql(text).run()
  const between = <T>(begin: string, work: () => T): T => {
    run(begin)
    try {
      const value = work()
      run('COMMIT')
      return value
    } catch (error) {
      // SQLite itself has rolled back after some errors.
      if (db.isTransaction) run('ROLLBACK')
      throw error
    }
  }
  return {
    sql,
    run: (text) => db.exec(text),
    plans,
    transaction: (work) => between('BEGIN IMMEDIATE', work),
    snapshot: (work) => between('BEGIN', work),
    attempt: (work) => {
      run('SAVEPOINT one')
      try {
        const value = work()
        run('RELEASE one')
        return { ok: true, value }
      } catch (error) {
        if (!db.isTransaction) throw error
        run('ROLLBACK TO one')
        run('RELEASE one')
        return { ok: false, failure: failureOf(error) }
      }
    },
    close: () => db.close(),
  }
}

/** An error as it crosses to the main thread. */
export function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error)
  if (isErased(error)) return { code: 'erased', message }
  if (isMoved(error)) return { code: 'moved', message, into: error.into, at: error.at }
  const code = primaryCode(error)
  return { code: code === BUSY || code === LOCKED ? 'busy' : 'write', message }
}

/** Tells whether the file was held by another process, or the disk is full: later it may be otherwise. */
export function isPassing(error: unknown): boolean {
  return [BUSY, LOCKED, FULL].includes(primaryCode(error) ?? 0)
}

// The low byte of SQLite's result code; the others say more precisely what.
function primaryCode(error: unknown): number | undefined {
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined
  return typeof code === 'number' ? code & 0xff : undefined
}

// May be begun again from its start wherever another connection came between.
function prepareFile(db: DatabaseSync, path: string): void {
  db.exec('PRAGMA journal_mode = WAL')
  // FULL: COMMIT returns after the log was synchronised, so what is acknowledged survives a power cut.
  db.exec('PRAGMA synchronous = FULL')
  db.exec('PRAGMA cache_size = -16000')
  // What is deleted is overwritten with noughts: it must not be found in the file.
  db.exec('PRAGMA secure_delete = ON')
  // 32 MB: pages that change again and again are written back once, and the log is still read within a second.
  db.exec('PRAGMA wal_autocheckpoint = 8000')
  const version = versionOf(db)
  if (version > SCHEMA_VERSION) {
    throw new Error(
      `[storage] sqlite: ${path} has schema ${version}, this version knows ${SCHEMA_VERSION}. Update @attune/storage.`,
    )
  }
  if (version === SCHEMA_VERSION) return
  db.exec('BEGIN IMMEDIATE')
  try {
    // While this one waited, the other may have been quicker.
    db.exec(`${UPGRADES[versionOf(db)] ?? ''} ${SCHEMA} COMMIT`)
  } finally {
    if (db.isTransaction) db.exec('ROLLBACK')
  }
}

function versionOf(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.user_version)
}

// Our own other thread, or another process, may be making the tables. Giving a new file its log takes the file alone for a
// moment, SQLite does not wait for that by itself, and on a busy machine the moment is long.
function whenFree(patience: number, work: () => void): void {
  for (const end = performance.now() + patience; ; ) {
    try {
      return work()
    } catch (error) {
      if (failureOf(error).code !== 'busy' || performance.now() >= end) throw error
      // This thread has nothing else to do.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ASK_AGAIN_MS)
    }
  }
}
