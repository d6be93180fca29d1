import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createWatch } from '../../packages/collector/src/quality/create-watch.ts'
import { createAuditKeys } from '../../packages/storage/src/audit/audit-keys.ts'
import { NO_RECORD } from '../../packages/storage/src/audit/audit-record.ts'
import { sealEntry } from '../../packages/storage/src/audit/seal-entry.ts'
import { WRITE } from '../../packages/storage/src/commands/scripts.ts'
import { storeKeys } from '../../packages/storage/src/commands/store-keys.ts'
import { createSqliteConsentLog } from '../../packages/storage/src/consent/sqlite-consent-log.ts'
import { openDatabase } from '../../packages/storage/src/drivers/sqlite-database.ts'
import { queueKeys } from '../../packages/storage/src/queue/queue-keys.ts'
import { openErasedList } from '../../packages/storage/src/rights/erased-list.ts'
import { RULESET_KEY } from '../../packages/storage/src/sources/ruleset-key.ts'
import { readPhp } from '../architecture/php.ts'
import { readSources } from '../architecture/source.ts'
import { readPage } from './markdown.ts'

const sources = readSources()
const php = readPhp()

/** The members of a document's schema, those of objects inside it by a path with dots. */
export function schemaMembers(file: string): readonly string[] {
  const schema: unknown = JSON.parse(readPage(`packages/core/schemas/${file}`).text)
  return membersOf(schema)
}

function membersOf(schema: unknown): readonly string[] {
  return Object.entries(memberOf(schema, 'properties') ?? {}).flatMap(([name, member]) => {
    const inner = membersOf(member)
    return inner.length === 0 ? [name] : inner.map((deeper) => `${name}.${deeper}`)
  })
}

function memberOf(value: unknown, name: string): object | undefined {
  const member: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
  return typeof member === 'object' && member !== null ? member : undefined
}

/** The members of a record of the audit log. */
export function auditMembers(): readonly string[] {
  const entry = { action: 'profile.read', outcome: 'done', actor: 'a', role: 'b', subject: 'c' } as const
  const { line } = sealEntry({ ...entry, counts: { d: 1 } }, NO_RECORD, createAuditKeys('x'.repeat(32)), 0)
  return Object.keys(JSON.parse(line))
}

/** What stands in the list of whom was erased. */
export async function erasedMembers(): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'attune-'))
  try {
    const list = openErasedList(join(folder, 'erased.list'))
    await list.add([{ key: 'a', at: 1 }])
    const { entries } = await list.read()
    return entries.flatMap((entry) => Object.keys(entry))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The members of what a watch saves; those of an event and of its tallies by a path with dots. */
export function watchMembers(): readonly string[] {
  const watch = createWatch({ events: { visit: {} } })
  watch.hear({ name: 'visit', properties: {}, time: 0 }, 0)
  watch.look(3_600_000)
  const { events, ...whole } = watch.save()
  const [, { tallies, ...event }] = events[0]!
  const paths = (path: string, members: object = {}): readonly string[] =>
    Object.keys(members).map((name) => `${path}.${name}`)
  return [
    ...Object.keys(whole),
    'events.name',
    ...paths('events', event),
    ...paths('events.tallies', tallies[0]),
  ]
}

/** `table.column` of the file that the profile store makes. */
export function profileColumns(): readonly string[] {
  return columnsOf((path) => openDatabase(path, 0).close())
}

/** The same of the consent log. */
export async function consentColumns(): Promise<readonly string[]> {
  return columnsOf((path) => createSqliteConsentLog({ path }).close())
}

function columnsOf(make: (path: string) => void): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'attune-map-'))
  try {
    const path = join(folder, 'made.db')
    make(path)
    const db = new DatabaseSync(path)
    const rows = db
      .prepare(
        `SELECT t.name AS "table", c.name AS "column" FROM sqlite_schema t, pragma_table_info(t.name) c
         WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'`,
      )
      .all()
    db.close()
    return rows.map(({ table, column }) => `${String(table)}.${String(column)}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Tables that any source makes, so that no file of its own is overlooked. */
export function tablesMade(): readonly string[] {
  const made = [...sources.map(({ text }) => text), ...php.map(({ text }) => text)]
  return unique(made.flatMap((text) => found(text, /CREATE TABLE (?:IF NOT EXISTS )?(\w+)/gi)))
}

/** The keys of a store in Redis. */
export function redisKeys(): readonly string[] {
  const { visitor, answer, told, plans, rejected, rejectedCounts } = storeKeys('SITE')
  const ofOne = [...Object.values(visitor('VISITOR')), ...Object.values(answer('PSEUDONYM'))]
  return [...ofOne, told, plans, rejected, rejectedCounts, RULESET_KEY].map(named)
}

/** How many members the keys of a store have, so that a new one is not overlooked. */
export const STORE_KEY_MEMBERS: readonly string[] = Object.keys(storeKeys('SITE'))

/** The keys of a queue. */
export function queueKeyNames(): readonly string[] {
  const { partitions, ...others } = queueKeys('SITE', 1)
  return [...partitions.flatMap((keys) => Object.values(keys)), ...Object.values(others)].map(named)
}

/** The fields of an entry in an event stream. */
export function streamFields(): readonly string[] {
  const [, added = ''] = /'XADD', KEYS\[4\], .*?'\*', (.*?)\)/.exec(WRITE.source) ?? []
  return found(added, /'(\w+)'/g)
}

/** Files that write keys of ours. */
export function filesWithKeys(): readonly string[] {
  return sources
    .filter(({ text }) => /= (?:`attune:\$\{|'attune:ruleset')/.test(text))
    .map(({ path }) => path)
}

function named(key: string): string {
  return key
    .replace('SITE', '<site>')
    .replace('VISITOR', '<visitor>')
    .replace('PSEUDONYM', '<pseudonym>')
    .replace('queue-0', 'queue-<n>')
}

/** Names that scripts give to what may lie in a browser: every text that begins with `attune_`. */
export function scriptNames(): readonly string[] {
  return unique(sources.flatMap(({ text }) => found(text, /['"`](?:__Host-)?(attune_[a-z_]+)/g)))
}

/** Options that PHP writes. */
export function optionNames(): readonly string[] {
  return unique(
    php.flatMap(({ text }) => [
      ...found(text, /const \w+_OPTION\s*=\s*'(\w+)'/g),
      ...found(text, /(?:add|update)_option\(\s*['"]([\w$]+)/g).map((name) =>
        name.replace(/\$(\w+)$/, '<$1>'),
      ),
    ]),
  )
}

/** Metadata that PHP writes. */
export function metaNames(): readonly string[] {
  return unique(php.flatMap(({ text }) => found(text, /const \w+_META\s*=\s*'(\w+)'/g)))
}

/** Other places where PHP keeps something, with what and in which file. */
export function otherPhpPlaces(): readonly string[] {
  const calls = /\b(set_(?:site_)?transient|setcookie|update_site_option|dbDelta|file_put_contents)\s*\(/g
  return unique(php.flatMap(({ path, code }) => found(code, calls).map((call) => `${call} in ${path}`)))
}

function found(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([, name = '']) => name)
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort()
}
