import type { AttuneEvent } from '@attune/core'
import { type AbsorbedVisitor, toAbsorbed } from './absorbed-visitor.ts'
import { READ_FROZEN } from './merge-scripts.ts'
import { isThere, toEvents, toRow, type VisitorRow } from './read-visitor.ts'
import type { StoreSpace } from './store-space.ts'

/** A visitor that is on the way into another one. */
export interface FrozenVisitor {
  readonly from: string
  readonly into: string
  /** Its version when it was frozen: another one is of another merge. */
  readonly version: string
  /** When it was frozen, milliseconds. */
  readonly at: number
  /** Missing when nobody had heard of it. */
  readonly row?: VisitorRow
  /** The second of its last event. */
  readonly last: number
  /** Events that its base has taken in. */
  readonly settled: readonly AttuneEvent[]
  /** Visitors that were merged into it, or were to be. */
  readonly absorbed: readonly AbsorbedVisitor[]
}

/** Reads all that is left of a frozen visitor in one step; `undefined` of one that is not frozen. */
export async function readFrozen(space: StoreSpace, from: string): Promise<FrozenVisitor | undefined> {
  const { commands, keys, plansBeside } = space
  const { profile, recent, settled } = keys.visitor(from)
  const at = [profile, recent, settled, ...(plansBeside === undefined ? [] : [plansBeside])]
  const reply = (await commands.run(READ_FROZEN, at, [])) as readonly unknown[]
  if (reply.length === 0) return undefined
  // What our own script answers.
  const [older, into, since, absorbed, last] = reply.slice(9) as [
    readonly string[],
    string,
    string,
    readonly string[],
    string | null | undefined,
  ]
  const row = typeof reply[1] === 'string' ? toRow(reply, []) : undefined
  return {
    from,
    into,
    version: String(reply[0]),
    at: Number(since),
    last: Number(last ?? 0),
    ...(isThere(row) ? { row } : {}),
    settled: toEvents(older),
    // One that was to go the other way is not its own.
    absorbed: toAbsorbed(absorbed).filter(([visitor]) => visitor !== into),
  }
}

/** Whether it is still on its way, as it was read. Whatever it was read for may be written only then: a marker may be gone that said it was done. */
export async function isStillFrozen({ commands, keys }: StoreSpace, frozen: FrozenVisitor): Promise<boolean> {
  const [version] = await commands.pipeline([['HGET', keys.visitor(frozen.from).profile, 'frozen']])
  return version === frozen.version
}
