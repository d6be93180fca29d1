import type { SignalPlan } from '@attune/core'
import { writeEvent } from '../kept-event.ts'
import { checkTwo } from '../merge/moves.ts'
import type { AppendResult, Quarantine, RehearsingStore } from '../profile-store.ts'
import type { VisitorMerging } from '../visitor-merging.ts'
import type { VisitorRights } from '../visitor-rights.ts'
import { readProfile } from './profile-text.ts'
import { acquire, release } from './shared-connection.ts'
import type { AppendAnswer, SweepAnswer } from './sqlite-messages.ts'

export interface SqliteStoreOptions {
  /** The database file; it and its folder are made when they are not there, for the owner alone. */
  readonly path: string
  /** How long another process may hold the file before a write fails, milliseconds. Default 250. */
  readonly busyTimeout?: number
  /**
   * Bytes up to which an erasure writes the whole file anew, which holds up all writes for about a second per 100 MB. In a larger one
   * copies of erased rows may lie between others until `VACUUM` is run on it: the erasure says `pages`. Default 256 MB.
   */
  readonly vacuumBelow?: number
}

/**
 * Keeps events and profiles in one SQLite file, on the disk before an append resolves. SQLite runs in a thread of its
 * own; stores of one file in one process share it. Needs Node 24, or 22.13 and later.
 * @throws when the file cannot be made.
 */
export function createSqliteStore({
  path,
  busyTimeout = 250,
  vacuumBelow = 256 * 2 ** 20,
}: SqliteStoreOptions): RehearsingStore & Quarantine & VisitorRights & VisitorMerging {
  if (typeof path !== 'string' || path === '') {
    throw new Error('[storage] createSqliteStore: `path` is missing. Name the database file.')
  }
  const { file, shared } = acquire({ path, busyTimeout })
  const { connection, reader, writer } = shared
  const underWay = new Set<Promise<unknown>>()
  let closing: Promise<void> | undefined

  const opened = <T>(ask: () => Promise<T>): Promise<T> => {
    if (closing !== undefined) {
      return Promise.reject(
        new Error(`[storage] sqlite: the store of ${file} is closed. Create another one.`),
      )
    }
    const asked = ask()
    underWay.add(asked)
    const done = () => void underWay.delete(asked)
    asked.then(done, done)
    return asked
  }

  return {
    load: (visitor, plan) =>
      opened(async () => {
        const text = await reader.ask('load', { visitor, plan: plan.id }, [plan])
        return text === null ? null : readProfile(text, plan)
      }),
    append: ({ visitor, events, plan }) =>
      opened(async () => {
        const write = { kind: 'append' as const, visitor, events: events.map(writeEvent), plan: plan.id }
        return toResult((await writer.write(write, plan))!, plan)
      }),
    rehearse: ({ visitor, events, plan }) =>
      opened(async () => {
        const asked = { visitor, events: events.map(writeEvent), plan: plan.id }
        return toResult(await reader.ask('rehearse', asked, [plan]), plan)
      }),
    reject: (rejected) =>
      opened(async () => {
        if (rejected.length > 0) await writer.write({ kind: 'reject', rejected })
      }),
    rejectedCounts: () => opened(() => reader.ask('counts', {})),
    listRejected: (query) => opened(() => reader.ask('rejected', query)),
    dropRejected: (ids) =>
      opened(async () => {
        if (ids.length > 0) await connection.ask('drop', { ids })
      }),
    exportVisitor: (visitor) => opened(() => reader.ask('export', { visitor })),
    erase: (visitor, at, files) =>
      opened(() => connection.ask('erase', { visitor, at, vacuumBelow, isLeft: files === 'none' })),
    mergeVisitor: (from, into, plan, at) =>
      opened(async () => {
        checkTwo('sqlite', from, into)
        const merged = await connection.ask('merge', { from, into, plan: plan.id, at }, [plan])
        return { ...merged, profile: merged.profile === null ? null : readProfile(merged.profile, plan) }
      }),
    absorbedBy: (into) => opened(() => reader.ask('absorbed', { into })),
    sweep: (now, retention) =>
      opened(async () => {
        const swept = { events: 0, profiles: 0 }
        for (let after: number | null = 0; after !== null; ) {
          const slice: SweepAnswer = await connection.ask('sweep', { now, retention, after })
          swept.events += slice.events
          swept.profiles += slice.profiles
          after = slice.next
        }
        return swept
      }),
    close: () => {
      closing ??= Promise.allSettled(underWay).then(() => release(file, shared))
      return closing
    },
  }
}

function toResult({ profile, before, ...lists }: AppendAnswer, plan: SignalPlan): AppendResult {
  return {
    profile: readProfile(profile, plan),
    // Few ask for it.
    get before() {
      return before === null ? null : readProfile(before, plan)
    },
    ...lists,
  }
}
