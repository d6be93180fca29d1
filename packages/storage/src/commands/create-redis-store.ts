import type { SignalPlan } from '@attune/core'
import { type KeptEvent, writeEvent } from '../kept-event.ts'
import { checkTwo } from '../merge/moves.ts'
import type { AppendBatch, AppendResult, Quarantine, RehearsingStore } from '../profile-store.ts'
import type { TellsKeys } from '../standing-keys.ts'
import { isMoved, StoreBusyError } from '../store-error.ts'
import type { VisitorMerging } from '../visitor-merging.ts'
import type { VisitorRights } from '../visitor-rights.ts'
import { appendEvents, rehearseEvents } from './append-events.ts'
import { eraseVisitor } from './erase-visitor.ts'
import { exportVisitor } from './export-visitor.ts'
import { findAbsorbed } from './find-absorbed.ts'
import { finishMerge } from './finish-merge.ts'
import { createGathering } from './gather.ts'
import { dropRejected, listRejected } from './list-rejected.ts'
import { loadProfile, mergeVisitors } from './merge-visitors.ts'
import type { RedisCommands } from './redis-commands.ts'
import { countRejected, rejectEvents } from './reject-events.ts'
import { standingKeys } from './standing-keys.ts'
import { createStoreSpace, type RedisStoreSettings } from './store-space.ts'
import { sweepVisitors } from './sweep-visitors.ts'

// What waits longer than a Redis in trouble needs is refused at once: its sender keeps it and comes again.
const MAX_WAITING = 2_000
// Appends of one visitor that go together: with more than these, the last of them would wait too long.
const MAX_GROUP = 64

interface KeptBatch {
  readonly events: readonly KeptEvent[]
  readonly plan: SignalPlan
}

/**
 * Keeps events and profiles in a Redis. `name` is the driver's, for errors. An append is read, folded here, and written by
 * one script that does nothing when another process wrote the visitor meanwhile; then all is done again.
 */
export function createRedisStore(
  name: string,
  commands: RedisCommands,
  settings: RedisStoreSettings = {},
): RehearsingStore & Quarantine & VisitorRights & VisitorMerging & TellsKeys {
  if (settings.stream !== undefined && commands.clustered) {
    throw new Error(
      `[storage] ${name}: \`stream\` cannot be used with a cluster. Leave it out, or name one node.`,
    )
  }
  const space = createStoreSpace(name, commands, settings)
  const { patience } = space
  const appends = createGathering<KeptBatch, AppendResult>({
    work: (visitor, batches) =>
      appendEvents(space, { visitor, batches: batches.map(({ events }) => events), plan: batches[0]!.plan }),
    fits: (first, next) => first.plan.id === next.plan.id,
    most: MAX_GROUP,
    patience,
    late: () =>
      new StoreBusyError(
        `[storage] ${name}: earlier appends of the same visitor took more than ${patience} ms. Try again.`,
      ),
  })
  const underWay = new Set<Promise<unknown>>()
  let closing: Promise<void> | undefined

  const opened = <T>(ask: () => Promise<T>): Promise<T> => {
    if (closing !== undefined) {
      return Promise.reject(new Error(`[storage] ${name}: the store is closed. Create another one.`))
    }
    const asked = ask()
    underWay.add(asked)
    const done = () => void underWay.delete(asked)
    asked.then(done, done)
    return asked
  }

  // Whoever finds a visitor on the way into another one brings what is left of it over.
  const finishing = async <T>(visitor: string, plan: SignalPlan, ask: () => Promise<T>): Promise<T> => {
    try {
      return await ask()
    } catch (error) {
      // What cannot be finished now is finished by the next one.
      if (isMoved(error)) await finishMerge(space, visitor, plan).catch(() => {})
      throw error
    }
  }

  const append = async ({ visitor, events, plan }: AppendBatch) => {
    const batch = { events: events.map(writeEvent), plan }
    if (appends.waiting < MAX_WAITING) return finishing(visitor, plan, () => appends.add(visitor, batch))
    throw new StoreBusyError(`[storage] ${name}: ${MAX_WAITING} appends wait already. Try again.`)
  }

  return {
    load: (visitor, plan) => opened(() => loadProfile(space, visitor, plan)),
    append: (batch) => opened(() => append(batch)),
    rehearse: ({ visitor, events, plan }) =>
      opened(async () => rehearseEvents(space, { visitor, events: events.map(writeEvent), plan })),
    reject: (rejected) => opened(() => rejectEvents(space, rejected)),
    rejectedCounts: () => opened(() => countRejected(space)),
    listRejected: (query) => opened(() => listRejected(space, query)),
    dropRejected: (ids) => opened(() => dropRejected(space, ids)),
    exportVisitor: (visitor) => opened(() => exportVisitor(space, visitor)),
    erase: (visitor, at, files) => opened(() => eraseVisitor(space, visitor, at, files)),
    mergeVisitor: (from, into, plan, at) =>
      opened(async () => {
        checkTwo(name, from, into)
        return mergeVisitors(space, { from, into, plan, at })
      }),
    standingKeys: () => opened(() => standingKeys(space)),
    absorbedBy: (into) => opened(() => findAbsorbed(space, into)),
    sweep: (now, retention) => opened(() => sweepVisitors(space, now, retention)),
    close: () => {
      closing ??= Promise.allSettled(underWay).then(() => commands.close())
      return closing
    },
  }
}
