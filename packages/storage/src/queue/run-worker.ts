import { EXPOSURE } from '@attune/core'
import type { AppendResult } from '../profile-store.ts'
import { isErased } from '../store-error.ts'
import { appendOrFollow } from './append-or-follow.ts'
import { createBell } from './bell.ts'
import { checkWorker } from './check-parts.ts'
import { createDelayHistogram } from './delay-histogram.ts'
import type { QueuedBatch, QueueEntry } from './event-queue.ts'
import { createFailureCounts } from './failure-counts.ts'
import { backOff, isStoreTrouble, isWriteError, pause } from './patience.ts'
import { createRestingVisitors } from './resting-visitors.ts'
import { createVisitorLines, type Held } from './visitor-lines.ts'
import type { RunningWorker, WorkerOptions } from './worker.ts'

// So soon is a signal to end heard.
const WAIT = 250
// Between two looks that found nothing but what has to wait.
const FRUITLESS = 50
// While the store takes nothing from anybody it is asked no less often than this.
const LONGEST_PAUSE = 500
// A visitor who sends without end is folded in pieces.
const MOST_EVENTS = 500

/**
 * Takes entries from the queue and folds them into the store, the entries of one visitor together. It may be killed at any
 * time: an entry is removed only after it is in the store, and what comes a second time is left out there. An entry that
 * fails again and again for a reason of its own is set aside; trouble of the store is waited out, however long it takes. What
 * has to wait is given back to the queue, so that a part of the store in trouble holds up nobody whose part is well.
 * @throws when queue, store, plan or signal is missing.
 */
export function runWorker(options: WorkerOptions): RunningWorker {
  const { queue, store, plan, signal, most = 1_024, sideBySide = 128, tries = 5 } = options
  const { onError = () => {}, clock = Date.now, delays = createDelayHistogram() } = options
  checkWorker(options)
  const consumer = queue.consume()
  const lines = createVisitorLines(MOST_EVENTS)
  const bell = createBell()
  const counts = { entries: 0, accepted: 0, duplicates: 0, conflicts: 0, erased: 0, setAside: 0 }
  const resting = createRestingVisitors(() => performance.now())
  const failures = createFailureCounts()
  // Folds in a row that the store failed.
  let troubles = 0
  let held = 0
  let finished: QueueEntry[] = []
  let removing: Promise<void> | undefined

  const letGo = (count: number): void => {
    held -= count
    bell.ring()
  }

  // What is folded while others are being removed is removed with the next.
  const removeFinished = async (): Promise<void> => {
    while (finished.length > 0) {
      const entries = finished
      finished = []
      await consumer.done(entries).catch((error) => onError(error, 'done'))
      letGo(entries.length)
    }
    removing = undefined
  }

  const giveBack = (entries: readonly QueueEntry[]): void => {
    if (entries.length === 0) return
    consumer.giveBack(entries)
    letGo(entries.length)
  }

  const finish = (group: readonly Held[]): void => {
    counts.entries += group.length
    troubles = 0
    for (const { entry } of group) {
      resting.folded(entry.visitor)
      failures.forget(entry)
      finished.push(entry)
    }
    removing ??= removeFinished()
  }

  const setAside = async (one: Held, error: unknown): Promise<boolean> => {
    try {
      // A store that does not answer at all is no reason to give up an entry.
      await store.load(NOBODY, plan())
      await consumer.setAside(one.entry, error instanceof Error ? error.name : 'error')
    } catch (trouble) {
      onError(trouble, 'set-aside')
      return false
    }
    counts.setAside++
    failures.forget(one.entry)
    resting.wake(one.entry.visitor)
    letGo(1)
    return true
  }

  const fold = async (group: readonly Held[]): Promise<void> => {
    const [{ entry } = { entry: undefined }] = group
    if (entry === undefined) return
    const { visitor } = entry
    const events = group.flatMap((one) => one.entry.events)
    try {
      const result = await appendOrFollow(store, { visitor, events, plan: plan() })
      const now = clock()
      for (const one of group) delays.add(now - one.entry.received, one.entry.events.length)
      await count(result, { visitor, events, received: now })
      finish(group)
    } catch (error) {
      if (isErased(error)) {
        counts.erased += events.length
        return finish(group)
      }
      onError(error, 'fold')
      await failed(group, visitor, error)
    }
  }

  const count = async (
    { accepted, duplicates, conflicts }: AppendResult,
    { visitor, events, received: now }: QueuedBatch,
  ): Promise<void> => {
    // What a collector wrote into an exposure may differ at the next try: for it a known id is a repetition.
    const refused = conflicts.flatMap((id) => {
      const event = events.findLast((one) => one.id === id)!
      return event.name === EXPOSURE
        ? []
        : [{ reason: 'conflict', time: now, event: JSON.stringify(event), visitor }]
    })
    counts.accepted += accepted.length
    counts.conflicts += refused.length
    counts.duplicates += duplicates.length + conflicts.length - refused.length
    if (refused.length > 0) await store.reject(refused).catch((error) => onError(error, 'reject'))
  }

  const failed = async (group: readonly Held[], visitor: string, error: unknown): Promise<void> => {
    if (isTroubleOfAll(error, visitor)) {
      troubles++
      resting.troubled(visitor)
    } else {
      for (const { entry, failures: before } of group) failures.set(entry, before + 1)
      const [one] = group
      const times = timesFailed(visitor, (one?.failures ?? 0) + 1, error)
      if (one !== undefined && group.length === 1 && times >= tries && (await setAside(one, error))) return
      // They were together: they come again at once, one at a time.
      if (group.length > 1 && times >= tries) resting.wake(visitor)
    }
    giveBack(group.map(({ entry }) => entry))
    giveBack(lines.clear(visitor).map(({ entry }) => entry))
  }

  // A store that cannot write for one visitor only, and goes on writing for others, is not what is in trouble.
  const isTroubleOfAll = (error: unknown, visitor: string): boolean =>
    isStoreTrouble(error) && !(isWriteError(error) && resting.isAlone(visitor))

  // What the store cannot write for a visitor, it cannot write for the next entry either.
  const timesFailed = (visitor: string, own: number, error: unknown): number => {
    if (isStoreTrouble(error)) return Math.max(own, resting.failedAlone(visitor))
    resting.failed(visitor, own)
    return own
  }

  const pump = (): void => {
    while (!signal.aborted) {
      const group = lines.next(sideBySide)
      if (group.length === 0) return
      fold(group)
        .finally(() => lines.leave(group))
        .then(pump)
        .finally(bell.ring)
    }
  }

  const take = async (): Promise<void> => {
    const entries = await consumer.take({ most: most - held, wait: WAIT })
    held += entries.length
    const awake = entries.filter(({ visitor }) => !resting.isResting(visitor))
    // A store that takes nothing is not asked about everybody who waits.
    const isDown = troubles >= sideBySide
    if (isDown && awake.length > 0)
      await pause(Math.min(LONGEST_PAUSE, backOff(troubles / sideBySide)), signal)
    const now = isDown ? awake.slice(0, sideBySide) : awake
    const fresh = new Set(now)
    giveBack(entries.filter((entry) => !fresh.has(entry)))
    lines.add(now.map((entry) => ({ entry, failures: failures.of(entry) })))
    if (entries.length > 0 && now.length === 0) await pause(FRUITLESS, signal)
  }

  const work = async (): Promise<void> => {
    let misses = 0
    while (!signal.aborted) {
      if (held >= most) {
        await bell.heard(WAIT)
        continue
      }
      try {
        await take()
        misses = 0
      } catch (error) {
        onError(error, 'take')
        await pause(backOff(++misses), signal)
      }
      pump()
    }
    while (lines.underWay > 0) await bell.heard(WAIT)
    await removing
    await consumer.close()
  }

  return { report: () => ({ ...counts, delays }), partitions: consumer.partitions, ended: work() }
}

// Asked about only to see whether the store answers.
const NOBODY = 'attune-worker'
