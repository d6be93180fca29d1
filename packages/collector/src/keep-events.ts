import {
  type AttuneEvent,
  type Consent,
  type Decision,
  EXPOSURE,
  fillExperience,
  type Profile,
} from '@attune/core'
import { type IntakeResult, isErased, isMoved, type RejectedEvent } from '@attune/storage'
import type { Judged, RefusedEvent, TakenEvent } from './judge-events.ts'
import { redactJudged } from './redact-judged.ts'
import type { Rejection } from './rejection.ts'
import type { Site } from './site.ts'
import type { SettledBatch } from './watching/outcome.ts'

/** What became of a batch: every event of it is counted in exactly one of the three. */
export interface Kept {
  readonly accepted: number
  readonly duplicates: number
  readonly rejected: readonly Rejection[]
  /** The visitor's profile after the batch; `null` when nothing was kept under the visitor's id. */
  readonly profile: Profile | null
  /** The visitor was erased: nothing was kept, and the id is of no use any more. */
  readonly isErased: boolean
  /** The visitor was merged into another one, who has the events now. Whoever holds the old id may be somebody else. */
  readonly isMoved: boolean
  /** When that was, milliseconds, as far as the store tells. */
  readonly movedAt: number | undefined
  /** Gives the profile before it; `null` for a new visitor. Few batches need it. */
  readonly readBefore: () => Profile | null
}

/** Whose events they are. */
export interface Owner {
  readonly consent: Consent
  /** Missing when the visitor has not granted `preferences`: then nothing may join the events to each other. */
  readonly visitor: string | undefined
  /** Whether what is of a visitor who was merged into an account goes to it. Default yes. */
  readonly isFollowed?: boolean | undefined
  /** When their clock said it was sending, milliseconds. */
  readonly sent?: number | undefined
  /** Who tells, where it is not a browser. */
  readonly source?: string | undefined
  /** What the session was pinned to, and therefore saw; nothing where it was not. */
  readonly pinOf: (placement: string) => Decision | undefined
  /** Decides what another placement showed, given the profile before the batch. */
  readonly decisionOf: (placement: string, before: Profile | null) => Decision | undefined
}

/** Stores a judged batch, cleaned; resolves when all of it is durable. Rejects when the store does. */
export async function keepEvents(site: Site, judged: Judged, sender: Owner, now: number): Promise<Kept> {
  const { taken, refused } = redactJudged(judged, site.redactor)
  const appended = await append(site, taken, sender)
  if (typeof appended === 'string') {
    const nothingKept = refuseAll(judged, appended)
    site.onlookers?.hear(untold(nothingKept, sender))
    return nothingKept
  }
  const { movedTo } = appended
  const owner = movedTo === undefined ? sender : { ...sender, visitor: movedTo }
  const conflicts = conflictsOf(taken, appended.conflicts)
  await reject(site, [
    ...refused.map((event) => toRejected(event, owner, now)),
    ...conflicts.map(({ event }) => ({
      reason: 'conflict',
      time: now,
      event: JSON.stringify(event),
      ...(owner.visitor === undefined ? {} : { visitor: owner.visitor }),
    })),
  ])
  const clashes = conflicts.map(toRejection)
  const rejected = [...refused.map(({ rejection }) => rejection), ...clashes]
  const { consent, visitor, source } = owner
  const { accepted } = appended
  site.onlookers?.hear({
    consent,
    visitor,
    source,
    taken,
    accepted,
    conflicts: clashes,
    refused,
    clean: site.redactor.text,
  })
  return {
    accepted: accepted.length,
    duplicates: taken.length - accepted.length - conflicts.length,
    rejected: rejected.sort((a, b) => a.index - b.index),
    profile: appended.profile,
    isErased: false,
    isMoved: movedTo !== undefined,
    movedAt: appended.movedAt,
    readBefore: appended.readBefore,
  }
}

interface Appended {
  readonly accepted: readonly string[]
  readonly conflicts: readonly string[]
  readonly profile: Profile | null
  readonly readBefore: () => Profile | null
  /** Whose they are since the visitor was merged into somebody. */
  readonly movedTo?: string
  readonly movedAt?: number | undefined
}

const nothing = () => null
// An account may have moved once more, with another secret.
const MOST_HOPS = 2

async function append(
  site: Site,
  taken: readonly TakenEvent[],
  owner: Owner,
): Promise<Appended | 'erased' | 'moved'> {
  const { visitor, isFollowed = true } = owner
  if (taken.length === 0) return { accepted: [], conflicts: [], profile: null, readBefore: nothing }
  if (visitor === undefined) return appendUnlinked(site, taken)
  const events = await fillExperiences(site, taken, visitor, owner)
  try {
    return isFollowed ? await appendTo(site, visitor, events) : await appendHere(site, visitor, events)
  } catch (error) {
    if (isErased(error)) return 'erased'
    if (isMoved(error) && !isFollowed) return 'moved'
    throw error
  }
}

async function appendTo(
  site: Site,
  visitor: string,
  events: readonly AttuneEvent[],
  hops = MOST_HOPS,
): Promise<Appended> {
  try {
    const appended = await appendHere(site, visitor, events)
    return hops < MOST_HOPS ? { ...appended, movedTo: visitor } : appended
  } catch (error) {
    if (!isMoved(error) || hops === 0) throw error
    return { ...(await appendTo(site, error.into, events, hops - 1)), movedAt: error.at }
  }
}

async function appendHere(
  { store, compiled }: Site,
  visitor: string,
  events: readonly AttuneEvent[],
): Promise<Appended> {
  const result = await store.append({ visitor, events, plan: compiled.plan })
  const { accepted, conflicts, profile } = result
  return { accepted, conflicts, profile, readBefore: () => result.before }
}

const WHY = {
  erased: 'This visitor was erased. Whoever it is gets a new id with the next visit.',
  moved: 'This visitor has signed in since. Tell it of the account.',
} as const

// Not even that they were refused is kept: nothing of the visitor is.
function refuseAll({ taken, refused }: Judged, reason: keyof typeof WHY): Kept {
  const message = WHY[reason]
  const all = taken.map(({ index, event }): Rejection => ({ id: event.id, index, reason, message }))
  const rejected = [...refused.map(({ rejection }) => rejection), ...all]
  return {
    accepted: 0,
    duplicates: 0,
    rejected: rejected.sort((a, b) => a.index - b.index),
    profile: null,
    isErased: reason === 'erased',
    isMoved: reason === 'moved',
    movedAt: undefined,
    readBefore: nothing,
  }
}

// Whoever looks hears how many they were and nothing else.
function untold({ rejected }: Kept, { consent }: Owner): SettledBatch {
  const refused = rejected.map((rejection) => ({ rejection, content: '' }))
  return { consent, visitor: undefined, taken: [], accepted: [], conflicts: [], refused, clean: String }
}

// Each event stands under an id of its own, made from its own, so that a repetition is still found.
async function appendUnlinked({ store, compiled }: Site, taken: readonly TakenEvent[]): Promise<Appended> {
  const append = ({ event }: TakenEvent) =>
    store.append({ visitor: `~${event.id}`, events: [event], plan: compiled.plan })
  const results: readonly IntakeResult[] = await Promise.all(taken.map(append))
  return {
    accepted: results.flatMap(({ accepted }) => accepted),
    conflicts: results.flatMap(({ conflicts }) => conflicts),
    profile: null,
    readBefore: nothing,
  }
}

async function fillExperiences(
  { store, compiled }: Site,
  taken: readonly TakenEvent[],
  visitor: string,
  { pinOf, decisionOf }: Owner,
): Promise<readonly AttuneEvent[]> {
  const events = taken.map(({ event }) => event)
  const exposed = events.flatMap(({ name, properties: { placement } }) =>
    name === EXPOSURE && typeof placement === 'string' ? [placement] : [],
  )
  // A store behind a queue may be away; what is pinned is known without it.
  const isPinned = exposed.every((placement) => pinOf(placement) !== undefined)
  const before = isPinned ? null : await store.load(visitor, compiled.plan)
  return events.map((event) =>
    fillExperience(event, (placement) => pinOf(placement) ?? decisionOf(placement, before)),
  )
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

// Of what may not be kept nothing else is kept either.
function toRejected(
  { rejection, content }: RefusedEvent,
  { visitor, sent }: Owner,
  now: number,
): RejectedEvent {
  const { reason, detail } = rejection
  return {
    reason: detail === undefined || detail === 'user-agent' ? reason : `${reason}/${detail}`,
    time: now,
    event: content,
    ...(content === '' || visitor === undefined ? {} : { visitor }),
    ...(content === '' || sent === undefined ? {} : { sent }),
  }
}

function toRejection({ index, event }: TakenEvent): Rejection {
  const message =
    'An event with this id and other content was taken before. Give every event an id of its own.'
  return { id: event.id, index, reason: 'conflict', message }
}
