import type { PlanShelf } from './plan-shelf.ts'
import type { RedisCommands } from './redis-commands.ts'
import type { StoreKeys } from './store-keys.ts'
import type { EventStream } from './write-visitor.ts'

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
