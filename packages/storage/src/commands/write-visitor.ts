import type { AttuneEvent, History, SignalPlan } from '@attune/core'
import { writeProfile } from '../drivers/profile-text.ts'
import type { KeptEvent } from '../kept-event.ts'
import type { AbsorbedVisitor } from './absorbed-visitor.ts'
import { writeEventText } from './event-text.ts'
import { ERASED } from './read-visitor.ts'
import type { RedisCommands } from './redis-commands.ts'
import { WRITE } from './scripts.ts'
import type { VisitorKeys } from './store-keys.ts'

/** Where accepted events are passed on: one entry an event, with the fields `visitor`, `id` and `event`. */
export interface EventStream {
  /** The stream's key. */
  readonly key: string
  /** It keeps about so many of the newest entries. Default 1,000,000. */
  readonly length?: number
}

/** What is written of a visitor whatever its profile says. */
interface Write {
  readonly visitor: string
  readonly keys: VisitorKeys
  /** The version that was read; empty when there was none. */
  readonly version: string
  /** Milliseconds until the visitor vanishes by itself; missing: as it was. */
  readonly expiry?: number
  readonly stream?: EventStream | undefined
  readonly fresh?: readonly KeptEvent[]
  /** Fresh ones and recent ones that the base has taken in. */
  readonly settled?: readonly Pick<AttuneEvent, 'id'>[]
  /** Ids of recent events that go. */
  readonly forgotten?: readonly string[]
  /** Visitors that are merged into this one by it. */
  readonly absorbed?: readonly AbsorbedVisitor[]
}

/** A visitor to be written that was folded. */
export interface VisitorWrite extends Write {
  readonly history: History
  readonly plan: SignalPlan
  /** Whether the base is another than the stored one. */
  readonly rebased: boolean
  /** When the oldest kept event was, milliseconds; `null` when none is kept. */
  readonly oldest: number | null
}

/** A visitor to be written whom nobody needs to read. */
export interface RowWrite extends Write {
  /** Id of the plan that the profile was folded for. */
  readonly plan: string
  readonly profile: string
  /** `-`: none; empty: as it is. */
  readonly base: string
  /** How many recent events there must be. */
  readonly count: number
  /** The second of the last event. */
  readonly last: number
  /** When the oldest kept event was, milliseconds; empty when none is kept. */
  readonly oldest: number | string
}

/**
 * Writes a visitor in one atomic step, and answers whether it did: somebody else may have written, or erased the visitor, since it
 * was read.
 */
export function writeVisitor(
  commands: RedisCommands,
  { history, plan, rebased, oldest, ...write }: VisitorWrite,
): Promise<boolean | typeof ERASED> {
  return writeRow(commands, {
    ...write,
    plan: plan.id,
    profile: writeProfile(history.profile, plan),
    base: baseText(history, plan, rebased),
    count: history.recentCount,
    last: history.profile.last?.seconds ?? 0,
    oldest: oldest ?? '',
  })
}

/** As `writeVisitor`, of texts as they stand. */
export async function writeRow(commands: RedisCommands, write: RowWrite): Promise<boolean | typeof ERASED> {
  const { keys, stream, fresh = [], settled = [], forgotten = [], absorbed = [] } = write
  const gone = new Set(settled.map(({ id }) => id))
  const at = [keys.profile, keys.recent, keys.settled]
  const wrote = await commands.run(WRITE, stream === undefined ? at : [...at, stream.key], [
    write.version,
    write.expiry ?? '',
    write.plan,
    write.profile,
    write.base,
    write.count,
    write.last,
    write.oldest,
    write.visitor,
    stream?.length ?? 1_000_000,
    ...pairs(fresh.filter(({ id }) => !gone.has(id))),
    ...pairs(fresh.filter(({ id }) => gone.delete(id))),
    gone.size,
    ...gone,
    forgotten.length,
    ...forgotten,
    absorbed.length,
    ...absorbed.flat(),
  ])
  return wrote === -1 ? ERASED : wrote === 1
}

function baseText({ base }: History, plan: SignalPlan, rebased: boolean): string {
  if (!rebased) return ''
  return base === null ? '-' : writeProfile(base, plan)
}

function pairs(events: readonly KeptEvent[]): readonly (string | number)[] {
  return [events.length, ...events.flatMap((event) => [event.id, writeEventText(event)])]
}
