import { type AttuneEvent, type Decision, EXPOSURE, fillExperience, type Profile } from '@attune/core'
import type { IntakeResult } from '@attune/storage'
import type { Judged, TakenEvent } from './judge-events.ts'
import type { Rejection } from './rejection.ts'
import type { Site } from './site.ts'

/** What became of a batch: every event of it is counted in exactly one of the three. */
export interface Kept {
  readonly accepted: number
  readonly duplicates: number
  readonly rejected: readonly Rejection[]
  /** The visitor's profile after the batch; `null` when nothing was kept under the visitor's id. */
  readonly profile: Profile | null
  /** Gives the profile before it; `null` for a new visitor. Few batches need it. */
  readonly readBefore: () => Profile | null
}

/** Whose events they are. */
export interface Owner {
  /** Missing when the visitor has not granted `preferences`: then nothing may join the events to each other. */
  readonly visitor: string | undefined
  /** Decides what a placement showed, given the profile before the batch. */
  readonly decisionOf: (placement: string, before: Profile | null) => Decision | undefined
}

/** Stores a judged batch; resolves when all of it is durable. Rejects when the store does. */
export async function keepEvents(site: Site, judged: Judged, owner: Owner, now: number): Promise<Kept> {
  const { taken, refused } = judged
  const appended = await append(site, taken, owner)
  const conflicts = conflictsOf(taken, appended.conflicts)
  await reject(site, [
    ...refused.map(({ rejection, content }) => ({ reason: rejection.reason, time: now, event: content })),
    ...conflicts.map(({ event }) => ({ reason: 'conflict', time: now, event: JSON.stringify(event) })),
  ])
  const rejected = [...refused.map(({ rejection }) => rejection), ...conflicts.map(toRejection)]
  return {
    accepted: appended.accepted,
    duplicates: taken.length - appended.accepted - conflicts.length,
    rejected: rejected.sort((a, b) => a.index - b.index),
    profile: appended.profile,
    readBefore: appended.readBefore,
  }
}

interface Appended {
  readonly accepted: number
  readonly conflicts: readonly string[]
  readonly profile: Profile | null
  readonly readBefore: () => Profile | null
}

const nothing = () => null

async function append(site: Site, taken: readonly TakenEvent[], owner: Owner): Promise<Appended> {
  const { visitor } = owner
  if (taken.length === 0) return { accepted: 0, conflicts: [], profile: null, readBefore: nothing }
  if (visitor === undefined) return appendUnlinked(site, taken)
  const events = await fillExperiences(site, taken, visitor, owner.decisionOf)
  const result = await site.store.append({ visitor, events, plan: site.compiled.plan })
  const { accepted, conflicts, profile } = result
  return { accepted: accepted.length, conflicts, profile, readBefore: () => result.before }
}

// Each event stands under an id of its own, made from its own, so that a repetition is still found.
async function appendUnlinked({ store, compiled }: Site, taken: readonly TakenEvent[]): Promise<Appended> {
  const append = ({ event }: TakenEvent) =>
    store.append({ visitor: `~${event.id}`, events: [event], plan: compiled.plan })
  const results: readonly IntakeResult[] = await Promise.all(taken.map(append))
  return {
    accepted: results.flatMap(({ accepted }) => accepted).length,
    conflicts: results.flatMap(({ conflicts }) => conflicts),
    profile: null,
    readBefore: nothing,
  }
}

async function fillExperiences(
  { store, compiled }: Site,
  taken: readonly TakenEvent[],
  visitor: string,
  decisionOf: Owner['decisionOf'],
): Promise<readonly AttuneEvent[]> {
  const events = taken.map(({ event }) => event)
  if (!events.some(({ name }) => name === EXPOSURE)) return events
  const before = await store.load(visitor, compiled.plan)
  return events.map((event) => fillExperience(event, (placement) => decisionOf(placement, before)))
}

// What we ourselves wrote into an exposure may differ at the next try: for it a known id is a repetition.
function conflictsOf(taken: readonly TakenEvent[], ids: readonly string[]): readonly TakenEvent[] {
  const left = [...ids]
  // Of several events with one id the first may be the one that was taken.
  const found = [...taken].reverse().filter(({ event }) => {
    const at = left.indexOf(event.id)
    if (at >= 0) left.splice(at, 1)
    return at >= 0 && event.name !== EXPOSURE
  })
  return found.reverse()
}

async function reject({ store }: Site, rejected: Parameters<Site['store']['reject']>[0]): Promise<void> {
  if (rejected.length > 0) await store.reject(rejected)
}

function toRejection({ index, event }: TakenEvent): Rejection {
  const message =
    'An event with this id and other content was taken before. Give every event an id of its own.'
  return { id: event.id, index, reason: 'conflict', message }
}
