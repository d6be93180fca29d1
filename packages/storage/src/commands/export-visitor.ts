import { type AttuneEvent, compareEvents } from '@attune/core'
import { readProfile } from '../drivers/profile-text.ts'
import type { VisitorRecord } from '../visitor-rights.ts'
import { findAbsorbed } from './find-absorbed.ts'
import { ERASED, isThere, toEvents, toRow } from './read-visitor.ts'
import { rejectedOf } from './reject-events.ts'
import { READ_ALL } from './scripts.ts'
import type { StoreSpace } from './store-space.ts'

/** Everything that is kept of a visitor: profile and events are of one state. */
export async function exportVisitor(space: StoreSpace, visitor: string): Promise<VisitorRecord | null> {
  const { commands, keys, plansBeside, shelf } = space
  const { profile: key, recent, settled } = keys.visitor(visitor)
  const at = [key, recent, settled, ...(plansBeside === undefined ? [] : [plansBeside])]
  const reply = (await commands.run(READ_ALL, at, [])) as readonly unknown[]
  const row = toRow(reply, [])
  // What was refused of it goes with whom it was merged into.
  if (typeof row === 'object' && !isThere(row)) return null
  const absorbed = await findAbsorbed(space, visitor)
  const found = await rejectedOf(space, [visitor, ...absorbed])
  const rejected = found.map((one) => ({ ...one, visitor }))
  const merged = absorbed.length === 0 ? {} : { absorbed: absorbed.length }
  if (row === undefined || row === ERASED || row.rest === undefined) {
    return rejected.length === 0 ? null : { visitor, profile: null, base: null, events: [], rejected }
  }
  const { base } = row.rest
  const plan = await shelf.find(row.plan, row.rest.plan)
  return {
    visitor,
    // Without its plan nobody can read a profile: its events say what there is.
    profile: plan === undefined ? null : readProfile(row.profile, plan),
    base: plan === undefined || base === null ? null : readProfile(base, plan),
    events: [...row.rest.recent, ...settledOf(reply)].sort(compareEvents),
    rejected,
    ...merged,
  }
}

function settledOf(reply: readonly unknown[]): readonly AttuneEvent[] {
  return toEvents(reply[9] as readonly string[])
}
