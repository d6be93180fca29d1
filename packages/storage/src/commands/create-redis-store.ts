import type { SignalPlan } from '@attune/core'
import { type KeptEvent, writeEvent } from '../kept-event.ts'
import {
  type AppendBatch,
  type AppendResult,
  MIN_EVENT_RETENTION,
  type RehearsingStore,
} from '../profile-store.ts'
import { StoreBusyError } from '../store-error.ts'
import type { VisitorRights } from '../visitor-rights.ts'
import { appendEvents, readHistory, rehearseEvents } from './append-events.ts'
import { eraseVisitor } from './erase-visitor.ts'
import { exportVisitor } from './export-visitor.ts'
import { adopted } from './fold-batches.ts'
import { createGathering } from './gather.ts'
import { createPlanShelf } from './plan-shelf.ts'
import { readVisitor } from './read-visitor.ts'
import type { RedisCommands } from './redis-commands.ts'
import { countRejected, rejectEvents } from './reject-events.ts'
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
): RehearsingStore & VisitorRights {
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

  const append = async ({ visitor, events, plan }: AppendBatch) => {
    const batch = { events: events.map(writeEvent), plan }
    if (appends.waiting < MAX_WAITING) return appends.add(visitor, batch)
    throw new StoreBusyError(`[storage] ${name}: ${MAX_WAITING} appends wait already. Try again.`)
  }

  return {
    load: (visitor, plan) =>
      opened(async () => {
        const row = await readVisitor(commands, keys.visitor(visitor), space.plansBeside, { plan })
        return typeof row === 'object' ? adopted(await readHistory(space, row, plan), plan) : null
      }),
    append: (batch) => opened(() => append(batch)),
    rehearse: ({ visitor, events, plan }) =>
      opened(async () => rehearseEvents(space, { visitor, events: events.map(writeEvent), plan })),
    reject: (rejected) => opened(() => rejectEvents(space, rejected)),
    rejectedCounts: () => opened(() => countRejected(space)),
    exportVisitor: (visitor) => opened(() => exportVisitor(space, visitor)),
    erase: (visitor, at) => opened(() => eraseVisitor(space, visitor, at)),
    sweep: (now, retention) => opened(() => sweepVisitors(space, now, retention)),
    close: () => {
      closing ??= Promise.allSettled(underWay).then(() => commands.close())
      return closing
    },
  }
}
