import type { AttuneEvent, History, SignalPlan } from '@attune/core'
import { type KeptEvent, readEvent } from '../kept-event.ts'
import { readProfile, writeProfile } from './profile-text.ts'
import type { Database } from './sqlite-database.ts'

/** A visitor's row. */
export interface ProfileRow {
  /** Id of the plan that the profile was folded for. */
  readonly plan: string
  readonly profile: string
  readonly recent_count: number
}

/** Finds a visitor's row. */
export function readRow({ sql }: Database, visitor: string): ProfileRow | undefined {
  // The columns are those of our schema.
  return sql('SELECT plan, profile, recent_count FROM profiles WHERE visitor = ?').get(visitor) as unknown as
    | ProfileRow
    | undefined
}

/** The history of a visitor's row. Its base is read when it is asked for: most folding does not. */
export function historyOf(database: Database, visitor: string, row: ProfileRow): History {
  const plan = planOf(database, row.plan)
  const history = { profile: readProfile(row.profile, plan), plan, recentCount: row.recent_count }
  // Not enumerable, so that a copy of the history with another profile does not ask for it either.
  Object.defineProperty(history, 'base', { get: () => readBase(database, visitor, plan) })
  return history as History
}

/** Writes a visitor's history and answers the profile's text. A base that was never asked for stays as it is. */
export function writeHistory(
  database: Database,
  visitor: string,
  plan: SignalPlan,
  history: History,
): string {
  const { sql } = database
  const text = writeProfile(history.profile, plan)
  sql(
    `INSERT INTO profiles (visitor, plan, profile, recent_count, last) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (visitor) DO UPDATE SET plan = excluded.plan, profile = excluded.profile,
       recent_count = excluded.recent_count, last = excluded.last`,
  ).run(visitor, plan.id, text, history.recentCount, history.profile.last?.seconds ?? 0)
  if (history.base) {
    sql(
      'INSERT INTO bases (visitor, base) VALUES (?, ?) ON CONFLICT (visitor) DO UPDATE SET base = excluded.base',
    ).run(visitor, writeProfile(history.base, plan))
  }
  return text
}

/** Reads the events that a visitor's base has not taken in. */
export function readRecent({ sql }: Database, visitor: string): readonly AttuneEvent[] {
  const rows = sql(
    'SELECT id, name, time, properties, context FROM events WHERE visitor = ? AND recent = 1',
  ).all(visitor) as unknown as readonly KeptEvent[]
  return rows.map(readEvent)
}

/** Keeps a plan with the profiles that are folded for it: without it nobody could read them. */
export function keepPlan({ sql, plans }: Database, plan: SignalPlan): void {
  sql('INSERT OR IGNORE INTO plans (id, plan) VALUES (?, ?)').run(plan.id, JSON.stringify(plan))
  plans.set(plan.id, plan)
}

/** The plan of an id that some profile names. */
export function planOf({ sql, plans }: Database, id: string): SignalPlan {
  const known = plans.get(id)
  if (known !== undefined) return known
  const row = sql('SELECT plan FROM plans WHERE id = ?').get(id)
  if (row === undefined) throw new Error(`The plan ${id} of a profile is not there.`)
  const plan: SignalPlan = JSON.parse(String(row.plan))
  plans.set(id, plan)
  return plan
}

function readBase({ sql }: Database, visitor: string, plan: SignalPlan): History['base'] {
  const row = sql('SELECT base FROM bases WHERE visitor = ?').get(visitor)
  return row === undefined ? null : readProfile(String(row.base), plan)
}
