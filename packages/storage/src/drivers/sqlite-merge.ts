import { type AttuneEvent, emptyHistory, type SignalPlan } from '@attune/core'
import { writeEvent } from '../kept-event.ts'
import { type KeptVisitor, mergeKept } from '../merge/merge-kept.ts'
import { targetOf } from '../merge/moves.ts'
import { visitorMoved } from '../store-error.ts'
import { loadProfile } from './sqlite-append.ts'
import type { Database } from './sqlite-database.ts'
import { historyOf, keepPlan, type ProfileRow, readRecent, readRow, writeHistory } from './sqlite-history.ts'
import type { MergeAnswer } from './sqlite-messages.ts'
import { fateOf } from './sqlite-moved.ts'

/** Makes one visitor of two inside the transaction under way: all of it or nothing. */
export function mergeVisitors(
  database: Database,
  { from, into: asked, at }: { readonly from: string; readonly into: string; readonly at: number },
  plan: SignalPlan,
): MergeAnswer {
  const into = targetOf('sqlite', from, asked, (visitor) => fateOf(database, visitor))
  const fate = fateOf(database, from)
  if (fate.into !== undefined && fate.into !== into) throw visitorMoved('sqlite', fate.into)
  const isDone = fate.erased || fate.into !== undefined
  const row = isDone ? undefined : readRow(database, from)
  if (!isDone) mark(database, from, into, at)
  if (row === undefined) return { isMerged: false, events: 0, profile: loadProfile(database, into, plan) }
  const before = countEvents(database, into)
  const profile = join(database, from, into, row, plan)
  return { isMerged: true, events: countEvents(database, into) - before, profile }
}

// Whoever was merged into `from` before goes along: a marker never leads to another one.
function mark({ sql }: Database, from: string, into: string, at: number): void {
  sql('UPDATE moved SET target = ? WHERE target = ?').run(into, from)
  sql('INSERT INTO moved (visitor, target, time) VALUES (?, ?, ?)').run(from, into, at)
  sql('UPDATE rejected SET visitor = ? WHERE visitor = ?').run(into, from)
}

function join(database: Database, from: string, into: string, row: ProfileRow, plan: SignalPlan): string {
  const target = readRow(database, into)
  const { history, recent, settled } = mergeKept(
    keptOf(database, from, row, plan),
    keptOf(database, into, target, plan),
    plan,
  )
  const { sql } = database
  sql('UPDATE OR IGNORE events SET visitor = ? WHERE visitor = ? AND recent = 0').run(into, from)
  for (const table of ['events', 'profiles', 'bases']) sql(`DELETE FROM ${table} WHERE visitor = ?`).run(from)
  sql('UPDATE events SET recent = 0 WHERE visitor = ? AND recent = 1').run(into)
  writeEvents(database, into, recent, 1)
  writeEvents(database, into, settled, 0)
  keepPlan(database, plan)
  return writeHistory(database, into, plan, history)
}

function keptOf(
  database: Database,
  visitor: string,
  row: ProfileRow | undefined,
  plan: SignalPlan,
): KeptVisitor {
  if (row === undefined) return { history: emptyHistory(plan), recent: [], settled: new Set() }
  const ids = database.sql('SELECT id FROM events WHERE visitor = ? AND recent = 0').all(visitor)
  return {
    history: historyOf(database, visitor, row),
    recent: readRecent(database, visitor),
    settled: new Set(ids.map(({ id }) => String(id))),
  }
}

function writeEvents(
  { sql }: Database,
  visitor: string,
  events: readonly AttuneEvent[],
  recent: 0 | 1,
): void {
  const write = sql(
    'INSERT OR REPLACE INTO events (visitor, id, time, name, properties, context, recent) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  for (const event of events) {
    const { id, time, name, properties, context } = writeEvent(event)
    write.run(visitor, id, time, name, properties, context, recent)
  }
}

function countEvents({ sql }: Database, visitor: string): number {
  return Number(sql('SELECT count(*) AS n FROM events WHERE visitor = ?').get(visitor)?.n)
}
