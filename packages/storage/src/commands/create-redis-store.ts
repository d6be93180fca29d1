import type { SignalPlan } from '@attune/core'
import { type KeptEvent, writeEvent } from '../kept-event.ts'
import { checkTwo } from '../merge/moves.ts'
import {
  type AppendBatch,
  type AppendResult,
  MIN_EVENT_RETENTION,
  type Quarantine,
  type RehearsingStore,
} from '../profile-store.ts'
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
import { createPlanShelf } from './plan-shelf.ts'
import type { RedisCommands } from './redis-commands.ts'
import { countRejected, rejectEvents } from './reject-events.ts'
import { standingKeys } from './standing-keys.ts'
import { storeKeys } from './store-keys.ts'
import type { StoreSpace } from './store-space.ts'
import { sweepVisitors } from './sweep-visitors.ts'
import type { EventStream } from './write-visitor.ts'

/** What a store in Redis may be told, whichever way the Redis is reached. */
export interface RedisStoreSettings {
  /** Several sites may share one Redis: each has keys of its own, `attune:<site>:…`. Default `default`. */
  readonly site?: string | undefined
  /**
   * Milliseconds after the last write that a visitor vanishes even if nobody sweeps; not below `MIN_EVENT_RETENTION`.
   * Default 400 days, as rulesets have it: with a longer `retention.profile` set it as well.
   */
  readonly expiry?: number | undefined
  /** Milliseconds that an append waits for earlier ones of the same visitor before it is refused. Default 2000. */
  readonly patience?: number | undefined
  /** Passes accepted events on, in the same atomic step. Not in a cluster, where one step stays on one node. */
  readonly stream?: EventStream | undefined
}

const DAY = 86_400_000
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
  { site = 'default', expiry = 400 * DAY, patience = 2_000, stream }: RedisStoreSettings = {},
): RehearsingStore & Quarantine & VisitorRights & VisitorMerging & TellsKeys {
  if (stream !== undefined && commands.clustered) {
    throw new Error(
      `[storage] ${name}: \`stream\` cannot be used with a cluster. Leave it out, or name one node.`,
    )
  }
  const keys = storeKeys(site)
  const space: StoreSpace = {
    name,
    commands,
    keys,
    shelf: createPlanShelf(commands, keys.plans),
    plansBeside: commands.clustered ? undefined : keys.plans,
    expiry: Math.max(expiry, MIN_EVENT_RETENTION),
    patience,
    stream,
  }
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
    erase: (visitor, at) => opened(() => eraseVisitor(space, visitor, at)),
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
