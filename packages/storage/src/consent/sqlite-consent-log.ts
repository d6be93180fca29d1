import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { isPurpose, type Purpose } from '@attune/core'
import { StoreWriteError } from '../store-error.ts'
import { type ConsentChange, type ConsentLog, type ConsentRow, contentOf, MOST_ROWS } from './consent-log.ts'

/** Where the log is. */
export interface SqliteConsentLogOptions {
  /** A file of its own; it and its folder are made when they are not there. */
  readonly path: string
}

const SCHEMA_VERSION = 1
const SCHEMA = `
CREATE TABLE IF NOT EXISTS consent (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pseudonym TEXT,
  time REAL NOT NULL,
  content TEXT NOT NULL,
  grants INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS consent_of ON consent (pseudonym, id);
CREATE TABLE IF NOT EXISTS absorbed (
  pseudonym TEXT PRIMARY KEY,
  target TEXT NOT NULL,
  time REAL NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS absorbed_by ON absorbed (target);
CREATE TABLE IF NOT EXISTS let_go (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pseudonym TEXT NOT NULL UNIQUE,
  until INTEGER NOT NULL
) STRICT;
PRAGMA user_version = ${SCHEMA_VERSION};
`
// How long a write waits for another process that holds the file.
const BUSY_MS = 2_000

interface Kept {
  readonly id: number
  readonly pseudonym: string | null
  readonly time: number
  readonly content: string
}

/**
 * Creates a log in a SQLite file of its own; each change is on the disk before `append` resolves. People answer seldom: it is written
 * on the thread that asks, some milliseconds a row.
 * @throws when the file cannot be opened, or is of a later version.
 */
export function createSqliteConsentLog({ path }: SqliteConsentLogOptions): ConsentLog {
  const db = openFile(path)
  // Whoever was let go of begins anew.
  const last = db.prepare(`
    SELECT content FROM consent WHERE pseudonym = ?1
    AND id > coalesce((SELECT until FROM let_go WHERE pseudonym = ?1), 0) ORDER BY id DESC LIMIT 1`)
  const insert = db.prepare('INSERT INTO consent (pseudonym, time, content, grants) VALUES (?, ?, ?, ?)')
  const all = db.prepare('SELECT * FROM consent WHERE id > ? ORDER BY id LIMIT ?')
  const standing = db.prepare(`
    SELECT * FROM consent WHERE id > ? AND NOT EXISTS (
      SELECT 1 FROM let_go WHERE let_go.pseudonym = consent.pseudonym AND let_go.until >= consent.id
    ) ORDER BY id LIMIT ?`)
  const some = db.prepare(
    'SELECT * FROM consent WHERE id > ? AND pseudonym IN (SELECT value FROM json_each(?)) ORDER BY id LIMIT ?',
  )
  // One step into the index for each pseudonym.
  const newest = db.prepare(`
    SELECT * FROM consent WHERE id IN (
      SELECT (SELECT max(id) FROM consent WHERE pseudonym = value) FROM json_each(?)
    ) ORDER BY id DESC LIMIT 1`)
  const sweep = db.prepare(`
    DELETE FROM consent WHERE time < ? AND NOT (
      grants = 1 AND pseudonym IS NOT NULL
      AND id = (SELECT max(id) FROM consent AS own WHERE own.pseudonym = consent.pseudonym)
    )`)
  const forget = db.prepare(
    'DELETE FROM absorbed WHERE time < ? AND NOT EXISTS (SELECT 1 FROM consent WHERE consent.pseudonym = absorbed.pseudonym)',
  )
  const note = db.prepare('INSERT OR IGNORE INTO absorbed (pseudonym, target, time) VALUES (?, ?, ?)')
  const known = db.prepare('SELECT 1 FROM absorbed WHERE pseudonym = ?')
  const absorbed = db.prepare(`
    WITH RECURSIVE own (pseudonym) AS (
      SELECT value FROM json_each(?)
      UNION SELECT absorbed.pseudonym FROM absorbed JOIN own ON absorbed.target = own.pseudonym
    ) SELECT pseudonym FROM own`)
  // The rows of before have no higher id; what is noted again gets a new one.
  const letGo = db.prepare(`
    REPLACE INTO let_go (pseudonym, until)
    SELECT value, (SELECT coalesce(max(id), 0) FROM consent) FROM json_each(?)`)
  const gone = db.prepare(`
    SELECT id, pseudonym FROM let_go WHERE id > ? AND NOT EXISTS (
      SELECT 1 FROM consent WHERE consent.pseudonym = let_go.pseudonym AND consent.id > let_go.until
    ) ORDER BY id LIMIT ?`)
  const ungone = db.prepare(
    'DELETE FROM let_go WHERE NOT EXISTS (SELECT 1 FROM consent WHERE consent.pseudonym = let_go.pseudonym)',
  )
  const erase = db.prepare('DELETE FROM consent WHERE pseudonym IN (SELECT value FROM json_each(?))')
  const unnote = db.prepare('DELETE FROM absorbed WHERE pseudonym IN (SELECT value FROM json_each(?))')

  const append = (change: ConsentChange, isOther: boolean): boolean => {
    const content = contentOf(change)
    const { pseudonym, time, granted } = change
    // Who is not known by anything has no last row.
    if (!isOther && pseudonym !== null && last.get(pseudonym)?.content === content) return false
    insert.run(pseudonym, time, content, granted.length > 0 ? 1 : 0)
    return true
  }
  // With those that were asked about.
  const allOf = (pseudonyms: readonly string[]): readonly string[] =>
    absorbed.all(JSON.stringify(pseudonyms)).map(({ pseudonym }) => String(pseudonym))
  return {
    append: async (change, isOther = false) => told(() => transaction(db, () => append(change, isOther))),
    read: async ({ pseudonyms, after = 0, limit = MOST_ROWS, withoutLetGo = false } = {}) =>
      told(() => {
        const most = Math.min(limit, MOST_ROWS)
        const anybody = withoutLetGo ? standing : all
        const rows =
          pseudonyms === undefined
            ? anybody.all(after, most)
            : some.all(after, JSON.stringify(pseudonyms), most)
        // The columns are those of the table.
        return (rows as unknown as readonly Kept[]).map(rowOf)
      }),
    last: async (pseudonyms) =>
      told(() => {
        // The columns are those of the table.
        const row = newest.get(JSON.stringify(pseudonyms)) as Kept | undefined
        return row && rowOf(row)
      }),
    absorb: async (from, into, at) =>
      told(() => {
        const fresh = from.filter((one) => one !== into && known.get(one) === undefined)
        // People sign in more often than they become known: most of the time nothing is written.
        if (fresh.length > 0) transaction(db, () => fresh.map((one) => note.run(one, into, at)))
      }),
    absorbedBy: async (pseudonyms) =>
      told(() => allOf(pseudonyms).filter((one) => !pseudonyms.includes(one))),
    sweep: async (before) =>
      told(() =>
        transaction(db, () => {
          const swept = Number(sweep.run(before).changes)
          forget.run(before)
          ungone.run()
          return swept
        }),
      ),
    letGo: async (pseudonyms) => told(() => void letGo.run(JSON.stringify([...new Set(allOf(pseudonyms))]))),
    letGoAfter: async (id, limit) =>
      told(() =>
        gone.all(id, limit).map((row) => ({ id: Number(row.id), pseudonym: String(row.pseudonym) })),
      ),
    erase: async (pseudonyms) =>
      told(() =>
        transaction(db, () => {
          const all = JSON.stringify(allOf(pseudonyms))
          unnote.run(all)
          const erased = Number(erase.run(all).changes)
          ungone.run()
          return erased
        }),
      ),
    close: async () => {
      if (db.isOpen) db.close()
    },
  }
}

function openFile(path: string): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  // Only the owner may read what visitors answered.
  closeSync(openSync(path, 'a', 0o600))
  const db = new DatabaseSync(path)
  try {
    db.exec(`PRAGMA busy_timeout = ${BUSY_MS}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL`)
    // What is erased is not to be read from the file's free pages.
    db.exec('PRAGMA secure_delete = ON')
    const version = Number(db.prepare('PRAGMA user_version').get()?.user_version)
    if (version > SCHEMA_VERSION) {
      throw new Error(
        `[storage] consent log: ${path} has schema ${version}, this version knows ${SCHEMA_VERSION}. Update @attune/storage.`,
      )
    }
    db.exec(SCHEMA)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function transaction<T>(db: DatabaseSync, work: () => T): T {
  // Another process may be about to write the same change.
  db.exec('BEGIN IMMEDIATE')
  try {
    const value = work()
    db.exec('COMMIT')
    return value
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}

function told<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new StoreWriteError(`[storage] consent log: ${message}. Look at the disk and the file's rights.`)
  }
}

function rowOf({ id, pseudonym, time, content }: Kept): ConsentRow {
  // Written by contentOf().
  const [granted, text, by, region, globalPrivacyControl] = JSON.parse(content) as [
    string[], string, string, string | null, boolean,
  ] // biome-ignore format: the members in their order
  const known = granted.filter((name): name is Purpose => isPurpose(name))
  return { id, pseudonym, time, granted: known, text, by, region, globalPrivacyControl }
}
