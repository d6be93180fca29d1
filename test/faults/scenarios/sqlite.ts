import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { ProfileStore } from '@attune/storage'
import { createSqliteStore } from '@attune/storage/sqlite'
import { mountSmallDisk, type SmallDisk } from '../../support/fault-disk.ts'
import { makeFolder } from '../../support/fault-folder.ts'
import { pause } from '../../support/fault-time.ts'
import { type PageRow, pageScenario } from './play-page-row.ts'
import { type StoreRow, storeScenario } from './play-store-row.ts'
import { type Closing, type Scenario, SOAK } from './scenario.ts'

interface SqliteStage {
  readonly store: ProfileStore
  readonly direct: ProfileStore
  readonly reader: ProfileStore
  /** Another program that has the file open. */
  readonly other: DatabaseSync
  readonly disk: SmallDisk | undefined
}

const BUSY_MS = 40
// A commit that waits for another program, and those before it in the same group.
const APPEND_LIMIT_MS = 1_000
const DISK_MB = 12
const FIRST = '0'.padStart(22, '0')

function openSqlite({ later }: Closing, disk?: SmallDisk): SqliteStage {
  const path = join(disk?.folder ?? makeFolder(later), 'attune.db')
  const store = createSqliteStore({ path, busyTimeout: BUSY_MS })
  later(() => store.close())
  const direct = createSqliteStore({ path, busyTimeout: BUSY_MS })
  later(() => direct.close())
  const other = new DatabaseSync(path, { timeout: 5_000 })
  later(() => other.close())
  return { store, direct, reader: store, other, disk }
}

function openOnSmallDisk(closing: Closing): SqliteStage {
  return openSqlite(closing, mountSmallDisk(DISK_MB, closing.later))
}

const trigger =
  (how: string) =>
  ({ other }: SqliteStage) =>
    other.exec(
      `CREATE TRIGGER bad BEFORE INSERT ON events WHEN NEW.visitor = '${FIRST}' BEGIN SELECT RAISE(${how}, 'no'); END`,
    )
const noTrigger = ({ other }: SqliteStage) => other.exec('DROP TRIGGER bad')

const ROWS: readonly StoreRow<SqliteStage>[] = [
  {
    name: 'a SQLite file that another program writes is told of soon, and taken when it is free',
    strike: ({ other }) => other.exec('BEGIN IMMEDIATE'),
    heal: ({ other }) => other.exec('COMMIT'),
    answer: 'later',
    within: APPEND_LIMIT_MS,
  },
  {
    name: 'a SQLite file that another program holds for moments loses nothing',
    strike: () => {},
    during: async ({ other }) => {
      other.exec('BEGIN IMMEDIATE')
      await pause(BUSY_MS / 2)
      other.exec('COMMIT')
    },
    rounds: 6,
    answer: 'either',
    within: APPEND_LIMIT_MS,
  },
  {
    name: 'a write that SQLite refuses fails alone within its group',
    strike: trigger('ABORT'),
    heal: noTrigger,
    answer: 'first-later',
    within: APPEND_LIMIT_MS,
  },
  {
    name: 'a write that takes the whole transaction along fails its group whole',
    strike: trigger('ROLLBACK'),
    heal: noTrigger,
    rounds: 4,
    answer: 'either',
    within: APPEND_LIMIT_MS,
  },
]

const ON_SMALL_DISK: readonly StoreRow<SqliteStage>[] = [
  {
    name: 'a full disk is told of, and everything is taken when there is room',
    strike: ({ disk }) => disk?.fill(),
    heal: ({ disk }) => disk?.free(),
    answer: 'later',
    within: APPEND_LIMIT_MS,
  },
  {
    name: 'a disk that is full and free by turns loses nothing of what was acknowledged',
    strike: () => {},
    during: async ({ disk }, round) => {
      if (round % 2 === 0) disk?.fill()
      else disk?.free()
      await pause(round % 3)
    },
    heal: ({ disk }) => disk?.free(),
    rounds: SOAK ? 60 : 10,
    answer: 'either',
    within: APPEND_LIMIT_MS,
  },
]

const PAGE_ROWS: readonly PageRow<SqliteStage>[] = [
  {
    name: 'pages read from SQLite while another program writes it',
    strike: ({ other }) => other.exec('BEGIN IMMEDIATE'),
    heal: ({ other }) => other.exec('COMMIT'),
    answer: 'read',
  },
]
const PAGE_ROWS_ON_SMALL_DISK: readonly PageRow<SqliteStage>[] = [
  {
    name: 'pages read from SQLite on a full disk',
    strike: ({ disk }) => disk?.fill(),
    heal: ({ disk }) => disk?.free(),
    answer: 'read',
  },
]

/** What goes wrong with the embedded store. */
export const SQLITE: readonly Scenario[] = [
  ...ROWS.map((row) => storeScenario(row, async (closing) => openSqlite(closing))),
  ...ON_SMALL_DISK.map((row) => storeScenario(row, async (closing) => openOnSmallDisk(closing), 'root')),
  ...PAGE_ROWS.map((row) => pageScenario(row, async (closing) => openSqlite(closing))),
  ...PAGE_ROWS_ON_SMALL_DISK.map((row) =>
    pageScenario(row, async (closing) => openOnSmallDisk(closing), 'root'),
  ),
]
