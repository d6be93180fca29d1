import { MIN_EVENT_RETENTION } from '../profile-store.ts'
import { createPlanShelf, type PlanShelf } from './plan-shelf.ts'
import type { RedisCommands } from './redis-commands.ts'
import { type StoreKeys, storeKeys } from './store-keys.ts'
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

/** What every step of a store works with. */
export interface StoreSpace {
  /** The driver's name, for errors. */
  readonly name: string
  readonly commands: RedisCommands
  readonly keys: StoreKeys
  readonly shelf: PlanShelf
  /** The key of the plans where one node holds all keys. */
  readonly plansBeside: string | undefined
  /** Milliseconds after its last event that a visitor vanishes by itself. */
  readonly expiry: number
  /** Milliseconds after which an append is tried no more, and that one waits for its turn. */
  readonly patience: number
  readonly stream: EventStream | undefined
}

/** Prepares the keys of a site in a Redis; `name` is the driver's. */
export function createStoreSpace(
  name: string,
  commands: RedisCommands,
  { site = 'default', expiry = 400 * DAY, patience = 2_000, stream }: RedisStoreSettings,
): StoreSpace {
  const keys = storeKeys(site)
  return {
    name,
    commands,
    keys,
    shelf: createPlanShelf(commands, keys.plans),
    plansBeside: commands.clustered ? undefined : keys.plans,
    expiry: Math.max(expiry, MIN_EVENT_RETENTION),
    patience,
    stream,
  }
}
