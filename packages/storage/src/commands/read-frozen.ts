import type { AttuneEvent } from '@attune/core'
import { type AbsorbedVisitor, toAbsorbed } from './absorbed-visitor.ts'
import { READ_FROZEN } from './merge-scripts.ts'
import { isThere, toEvents, toRow, type VisitorRow } from './read-visitor.ts'
import type { StoreSpace } from './store-space.ts'

/** A visitor that is on the way into another one. */
export interface FrozenVisitor {
  readonly from: string
  readonly into: string
  /** When it was frozen, milliseconds. */
  readonly at: number
  /** Missing when nobody had heard of it. */
  readonly row?: VisitorRow
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
  const [older, into, since, absorbed] = reply.slice(9) as [
    readonly string[],
    string,
    string,
    readonly string[],
  ]
  const row = typeof reply[1] === 'string' ? toRow(reply, []) : undefined
  return {
    from,
    into,
    at: Number(since),
    ...(isThere(row) ? { row } : {}),
    settled: toEvents(older),
    absorbed: toAbsorbed(absorbed),
  }
}
