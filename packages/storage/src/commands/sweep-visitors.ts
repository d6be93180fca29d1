import { toSeconds } from '@attune/core'
import { MIN_EVENT_RETENTION, type StoreRetention, type SweepResult } from '../profile-store.ts'
import { settleEvents } from '../settle-events.ts'
import { askEach } from './ask-each.ts'
import { readEventText } from './event-text.ts'
import { sweepRejected } from './list-rejected.ts'
import { isThere, readVisitor } from './read-visitor.ts'
import type { RedisCommand } from './redis-commands.ts'
import { FORGET } from './scripts.ts'
import { type VisitorKeys, visitorIn } from './store-keys.ts'
import type { StoreSpace } from './store-space.ts'
import { type Marker, sweepMarker } from './sweep-marker.ts'
import { historyOf } from './visitor-history.ts'
import { writeVisitor } from './write-visitor.ts'

// One step of the walk over all keys: it holds up the server for well below a millisecond.
const STEP = 500
const FIELDS = ['version', 'last', 'oldest', 'moved', 'movedAt', 'frozen']
// An append may come in between; the next sweep finds what this one left.
const TRIES = 5

interface Border {
  /** Events before it go, milliseconds. */
  readonly events: number
  /** Visitors whose newest event was before it go, milliseconds. */
  readonly profiles: number
}

interface Due {
  readonly keys: VisitorKeys
  readonly version: string
  readonly isForgotten: boolean
}

/** Deletes what is older than its retention, visitor by visitor. */
export async function sweepVisitors(
  space: StoreSpace,
  now: number,
  { events, profiles }: StoreRetention,
): Promise<SweepResult> {
  const cutoff = toSeconds(now - Math.max(events, MIN_EVENT_RETENTION)) * 1000
  const border = { events: cutoff, profiles: now - profiles }
  await sweepRejected(space, cutoff)
  const swept = { events: 0, profiles: 0 }
  let cursor = '0'
  do {
    const step = await space.commands.scan(cursor, space.keys.profiles, STEP)
    for (const due of await findDue(space, step.keys, border)) {
      if ('into' in due) {
        await sweepMarker(space, due, border.profiles)
        continue
      }
      const gone = due.isForgotten
        ? await forget(space, due)
        : await sweepEvents(space, due.keys, border.events)
      swept.events += Math.max(0, gone)
      swept.profiles += due.isForgotten && gone >= 0 ? 1 : 0
    }
    cursor = step.cursor
  } while (cursor !== '0')
  return swept
}

async function findDue(
  { commands, keys }: StoreSpace,
  profiles: readonly string[],
  border: Border,
): Promise<readonly (Due | Marker)[]> {
  if (profiles.length === 0) return []
  const asked = profiles.map((key): RedisCommand => ['HMGET', key, ...FIELDS])
  const rows = await askEach(commands, asked)
  return profiles.flatMap((key, at): readonly (Due | Marker)[] => {
    // Gone meanwhile, its fields are `null`.
    const [version, last, oldest, into, movedAt, frozen] = rows[at] as readonly (string | null)[]
    if (typeof into === 'string') {
      return [{ visitor: visitorIn(key), into, at: String(movedAt), isFrozen: typeof frozen === 'string' }]
    }
    if (typeof version !== 'string') return []
    const isForgotten = Number(last) * 1000 < border.profiles
    const isOld = typeof oldest === 'string' && oldest !== '' && Number(oldest) < border.events
    return isForgotten || isOld ? [{ keys: keys.besides(key), version, isForgotten }] : []
  })
}

// -1 when the visitor came back meanwhile.
async function forget({ commands }: StoreSpace, { keys, version }: Due): Promise<number> {
  return Number(await commands.run(FORGET, [keys.profile, keys.recent, keys.settled], [version]))
}

async function sweepEvents(space: StoreSpace, keys: VisitorKeys, cutoff: number): Promise<number> {
  let gone = 0
  for (let tries = 0; tries < TRIES; tries++) {
    const settled = await sweepSettled(space, keys, cutoff)
    gone += settled.gone
    const recent = await sweepRecent(space, keys, cutoff, settled.oldest)
    if (recent !== undefined) return gone + recent
  }
  return gone
}

/** Deletes settled events: nothing is folded from them any more. Answers when the oldest of those that stay was. */
async function sweepSettled(
  { commands }: StoreSpace,
  { settled }: VisitorKeys,
  cutoff: number,
): Promise<{ readonly gone: number; readonly oldest: number }> {
  let [cursor, gone, oldest] = ['0', 0, Number.POSITIVE_INFINITY]
  do {
    const [reply] = await commands.pipeline([['HSCAN', settled, cursor, 'COUNT', STEP]])
    const [next, pairs] = reply as readonly [string, readonly string[]]
    const old: string[] = []
    for (let at = 0; at < pairs.length; at += 2) {
      const { time } = readEventText(pairs[at]!, pairs[at + 1]!)
      if (time < cutoff) old.push(pairs[at]!)
      else oldest = Math.min(oldest, time)
    }
    if (old.length > 0) gone += Number((await commands.pipeline([['HDEL', settled, ...old]]))[0])
    cursor = next
  } while (cursor !== '0')
  return { gone, oldest }
}

// A recent event is part of what a profile may be refolded from: it goes into the base first. Nothing, when somebody wrote meanwhile.
async function sweepRecent(
  space: StoreSpace,
  keys: VisitorKeys,
  cutoff: number,
  oldestSettled: number,
): Promise<number | undefined> {
  const { commands, plansBeside, shelf } = space
  const row = await readVisitor(commands, keys, plansBeside, { whole: true })
  if (!isThere(row)) return 0
  const plan = row.rest === undefined ? undefined : await shelf.find(row.plan, row.rest.plan)
  // A profile without a plan waits for an append, which makes a new one.
  if (plan === undefined) return 0
  const { history, recent, settled, mended } = historyOf(row, plan, plan)
  const old = recent.filter(({ time }) => time < cutoff)
  const kept = [...recent.filter(({ time }) => time >= cutoff), ...settled]
  const oldest = Math.min(oldestSettled, ...kept.map(({ time }) => time))
  const wrote = await writeVisitor(commands, {
    visitor: '',
    keys,
    version: row.version,
    history: settleEvents(history, old, plan),
    plan,
    rebased: mended || old.length > 0,
    oldest: Number.isFinite(oldest) ? oldest : null,
    settled,
    forgotten: old.map(({ id }) => id),
  })
  return wrote === true ? old.length : undefined
}
