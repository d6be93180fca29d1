import { createCollector } from '@attune/collector'
import type { AttuneEvent } from '@attune/core'
import { expect } from 'vitest'
import { createVirtualClock } from '../../support/fault-clock.ts'
import { openQueueStage, type QueueStage } from '../../support/fault-queue.ts'
import { createSeededRandom } from '../../support/fault-random.ts'
import { NOON, PLAN, RULESET, SECRET } from '../../support/fault-ruleset.ts'
import { askHandler, cookieOf, foldMade, type Heard } from '../../support/fault-senders.ts'
import { until } from '../../support/fault-time.ts'
import { createVirtualTracker } from '../../support/fault-tracker.ts'
import { closingAfter, type Proofs, type Scenario, SEED } from './scenario.ts'

const MINUTE = 60_000
const AWAY = [MINUTE, 11 * MINUTE] as const
const MADE_UNTIL = 12 * MINUTE
// Long after the longest pauses of a tracker: how they are spread out is another scenario's.
const OVER = AWAY[1] + 30 * MINUTE
const QUIET = 16
const CHATTY = 2
// An event every ten seconds is 60 in ten minutes; one every two seconds is more than a tracker holds.
const EVERY_MS = { quiet: 10_000, chatty: 2_000 }
const HELD_BY_TRACKER = 200
const ANSWER_LIMIT_MS = 1_500

interface Absence {
  readonly name: string
  /** Entries that the queue may hold. */
  readonly mostWaiting: number
  readonly leave: (stage: QueueStage) => unknown
  readonly back: (stage: QueueStage) => unknown
  /** Whether anything is taken in meanwhile. */
  readonly takes: boolean
}

const ABSENCES: readonly Absence[] = [
  {
    name: 'a broker that is away for ten minutes is told of, trackers hold what they may, and all of that comes back',
    mostWaiting: 100_000,
    leave: ({ queueLine }) => queueLine.set({ refused: true }),
    back: ({ queueLine }) => queueLine.set({}),
    takes: false,
  },
  {
    name: 'a store that is away for ten minutes fills the queue up to its bound, then trackers, and all of it comes back',
    mostWaiting: 400,
    leave: ({ storeLine }) => storeLine.set({ refused: true }),
    back: ({ storeLine }) => storeLine.set({}),
    takes: true,
  },
]

interface Tracked {
  readonly visitor: string
  readonly every: number
  readonly made: Map<string, AttuneEvent>
  readonly taken: Set<string>
}

/** Ten minutes of trackers' time; the collector, the queue, the worker and the store are real, and take none of it. */
async function play({ mostWaiting, leave, back, takes }: Absence): Promise<Proofs> {
  return closingAfter(async ({ later, time }) => {
    const stage = await openQueueStage(later, mostWaiting)
    later(() => stage.store.close())
    const clock = createVirtualClock(NOON)
    const { handle } = createCollector({
      ruleset: RULESET,
      secret: SECRET,
      store: stage.store,
      clock: clock.now,
      onError: () => {},
    })
    const ask = askHandler(handle)
    const random = createSeededRandom(SEED)
    const heard: (Heard & { readonly at: number; readonly waited: number })[] = []
    const flying = new Set<Promise<unknown>>()
    const trackers = makeTrackers()

    const send = async ({ visitor, taken }: Tracked, body: string): Promise<Response> => {
      const batch = { visitor, cookie: cookieOf(visitor), body, size: 0 }
      const { value, waited } = await time.measure(() => ask(batch))
      if (value === undefined) throw new TypeError('no answer')
      heard.push({ ...value, at: clock.now() - NOON, waited })
      if (value.status === 200) for (const { id } of JSON.parse(body).events) taken.add(id)
      const headers = value.retryAfter === null ? {} : { 'retry-after': value.retryAfter }
      return new Response(value.text, { status: value.status, headers })
    }
    for (const tracker of trackers) {
      const fetch = (_url: string, { body }: { readonly body: string }): Promise<Response> => {
        const sending = send(tracker, body)
        flying.add(sending)
        sending.finally(() => flying.delete(sending)).catch(() => {})
        return sending
      }
      const sender = createVirtualTracker({ clock, random, fetch })
      const make = (): void => {
        sender.add(makeEvent(tracker, clock.now()))
        if (clock.now() - NOON + tracker.every < MADE_UNTIL) clock.later(make, tracker.every)
      }
      clock.later(make, random() * tracker.every)
    }
    const settle = async (): Promise<void> => {
      do {
        await Promise.allSettled(flying)
        await new Promise((resolve) => setImmediate(resolve))
      } while (flying.size > 0)
    }

    await clock.run(NOON + AWAY[0], settle)
    await stage.settle()
    await leave(stage)
    await clock.run(NOON + AWAY[1], settle)
    const open = trackers.map(({ made, taken }) => [...made.keys()].filter((id) => !taken.has(id)))
    const waiting = (await stage.queue.waiting()).entries
    await back(stage)
    const { waited: recovered } = await time.measure(async () => {
      await until('the queue is there', 20_000, () => isTaken(stage))
      await stage.settle()
    })
    await clock.run(NOON + OVER, settle)
    await stage.settle()

    const during = heard.filter(({ at }) => at >= AWAY[0] && at < AWAY[1])
    const refused = during.filter(({ status }) => status !== 200)
    const wrong: string[] = []
    for (const { visitor, made, taken } of trackers) {
      const wanted = foldMade([...made.values()].filter(({ id }) => taken.has(id)))
      const profile = await stage.direct.load(visitor, PLAN)
      if (JSON.stringify(profile) !== JSON.stringify(wanted)) wrong.push(visitor)
    }
    const lost = trackers.map(({ made, taken }) => made.size - taken.size)
    const held = trackers.map(({ taken }, at) => open[at]!.filter((id) => taken.has(id)))
    return {
      answer: () => {
        // Whoever is not taken in is told so, and when to come again.
        expect(refused.length).toBeGreaterThan(trackers.length)
        for (const { status, retryAfter } of refused) {
          expect(status).toBe(503)
          expect(retryAfter).toMatch(/^[123]$/)
        }
        expect(during.some(({ status }) => status === 200)).toBe(takes)
      },
      deadline: () =>
        expect(Math.max(...heard.map(({ waited }) => waited))).toBeLessThanOrEqual(ANSWER_LIMIT_MS),
      recovery: () => {
        expect(recovered).toBeLessThanOrEqual(20_000)
        expect(heard.filter(({ at, status }) => at > AWAY[1] && status === 200).length).toBeGreaterThan(0)
        expect(heard.slice(-trackers.length).map(({ status }) => status)).toEqual(trackers.map(() => 200))
      },
      count: () => {
        // Bounded: a queue holds what it may; a tracker, beyond what may wait, loses its oldest.
        expect(waiting).toBeLessThanOrEqual(takes ? mostWaiting : 0)
        if (takes) expect(waiting).toBeGreaterThan(mostWaiting / 2)
        expect(held.slice(0, QUIET)).toEqual(open.slice(0, QUIET))
        for (const [at, ids] of held.entries()) {
          expect(ids.length).toBeLessThanOrEqual(HELD_BY_TRACKER)
          expect(ids).toEqual(open[at]!.slice(-ids.length))
          expect(lost[at]).toBe(open[at]!.length - ids.length)
        }
        if (!takes) expect(Math.min(...lost.slice(QUIET))).toBeGreaterThan(50)
        expect(wrong).toEqual([])
      },
    }
  })
}

function makeTrackers(): readonly Tracked[] {
  return Array.from({ length: QUIET + CHATTY }, (_, at) => ({
    visitor: String(at).padStart(22, '0'),
    every: at < QUIET ? EVERY_MS.quiet : EVERY_MS.chatty,
    made: new Map(),
    taken: new Set(),
  }))
}

function makeEvent({ visitor, made }: Tracked, time: number) {
  const id = `${visitor.slice(-8)}-${made.size}`
  const properties = { item_id: id, item_category: 'hiking' }
  made.set(id, { id, name: 'view_item', time, properties })
  return { id, name: 'view_item', time, properties, page: '/' }
}

/** Whether an empty push reaches the queue. */
function isTaken({ store }: QueueStage): Promise<boolean> {
  return store.append({ visitor: 'nobody', events: [], plan: PLAN }).then(
    () => true,
    () => false,
  )
}

/** What a queue is there for. */
export const BROKER_AWAY: readonly Scenario[] = ABSENCES.map((absence) => ({
  name: absence.name,
  needs: 'redis',
  play: () => play(absence),
}))
