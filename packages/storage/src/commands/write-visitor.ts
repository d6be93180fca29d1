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

/** What is written of a visitor. */
export interface VisitorWrite {
  readonly visitor: string
  readonly keys: VisitorKeys
  /** The version that was read; empty when there was none. */
  readonly version: string
  readonly history: History
  readonly plan: SignalPlan
  /** Whether the base is another than the stored one. */
  readonly rebased: boolean
  /** When the oldest kept event was, milliseconds; `null` when none is kept. */
  readonly oldest: number | null
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

/**
 * Writes a visitor in one atomic step, and answers whether it did: somebody else may have written, or erased the visitor, since it
 * was read.
 */
export async function writeVisitor(
  commands: RedisCommands,
  write: VisitorWrite,
): Promise<boolean | typeof ERASED> {
  const {
    keys,
    version,
    history,
    plan,
    stream,
    fresh = [],
    settled = [],
    forgotten = [],
    absorbed = [],
  } = write
  const gone = new Set(settled.map(({ id }) => id))
  const at = [keys.profile, keys.recent, keys.settled]
  const wrote = await commands.run(WRITE, stream === undefined ? at : [...at, stream.key], [
    version,
    write.expiry ?? '',
    plan.id,
    writeProfile(history.profile, plan),
    baseText(write),
    history.recentCount,
    history.profile.last?.seconds ?? 0,
    write.oldest ?? '',
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

function baseText({ rebased, history, plan }: VisitorWrite): string {
  if (!rebased) return ''
  return history.base === null ? '-' : writeProfile(history.base, plan)
}

function pairs(events: readonly KeptEvent[]): readonly (string | number)[] {
  return [events.length, ...events.flatMap((event) => [event.id, writeEventText(event)])]
}
