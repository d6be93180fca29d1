import { leastValuable } from '../../packages/tracker/src/queue/least-valuable.ts'
import { createSender } from '../../packages/tracker/src/send/create-sender.ts'
import { createSeededRandom } from './fault-random.ts'

/** Trackers on a clock of their own, before a collector that is away for a while. */
export interface Storm {
  readonly trackers: number
  /** Each makes an event so often, milliseconds. */
  readonly every: number
  /** From when to when the collector is away, milliseconds from the beginning. */
  readonly away: readonly [from: number, to: number]
  readonly until: number
  /** What is answered meanwhile: nothing, or 503 with a `Retry-After`. */
  readonly answer: 'nothing' | 'later'
  readonly seed: number
}

/** What the collector saw. */
export interface StormReport {
  /** Requests of each second. */
  readonly requests: readonly number[]
  /** Events made; taken, each once; taken again. */
  readonly made: number
  readonly accepted: number
  readonly duplicates: number
  /** When the last event was taken that was made before the collector was back, milliseconds from the beginning. */
  readonly caughtUp: number
}

const REQUEST_MS = 20

/** Runs a storm with the tracker's own sender, in virtual time. */
export async function runStorm(storm: Storm): Promise<StormReport> {
  const { trackers, every, away, until, answer, seed } = storm
  const random = createSeededRandom(seed)
  const clock = createVirtualClock()
  const requests: number[] = Array(Math.ceil(until / 1_000)).fill(0)
  const known = new Set<string>()
  let made = 0
  let duplicates = 0
  let accepted = 0
  let caughtUp = 0

  const fetch = (_url: string, { body }: { readonly body: string }): Promise<Response> =>
    new Promise((resolve, reject) => {
      clock.later(() => {
        const second = Math.floor(clock.now() / 1_000)
        requests[second] = (requests[second] ?? 0) + 1
        if (clock.now() >= away[0] && clock.now() < away[1]) {
          const seconds = String(1 + Math.floor(random() * 3))
          if (answer === 'nothing') reject(new TypeError('fetch failed'))
          else resolve(answerOf(503, seconds))
          return
        }
        const events: readonly { readonly id: string; readonly time: number }[] = JSON.parse(body).events
        for (const { id, time } of events) {
          if (known.has(id)) duplicates++
          else accepted++
          known.add(id)
          if (time < away[1]) caughtUp = clock.now()
        }
        resolve(answerOf(200, null))
      }, REQUEST_MS)
    })
  const window = { fetch, navigator: {}, sessionStorage: { setItem: () => {}, removeItem: () => {} } }
  for (let at = 0; at < trackers; at++) {
    const environment = {
      // What a sender asks of a page, and no more of it.
      window: window as unknown as Window & typeof globalThis,
      now: clock.now,
      random,
      later: clock.later,
    }
    const sender = createSender(
      environment,
      '/attune/collect',
      () => true,
      () => {},
      leastValuable,
    )
    const make = (): void => {
      sender.add({ id: `${at}-${made++}`, name: 'page_view', time: clock.now(), properties: {}, page: '/' })
      if (clock.now() + every < until - 30_000) clock.later(make, every)
    }
    clock.later(make, random() * every)
  }
  await clock.run(until)
  return { requests, made, accepted, duplicates, caughtUp }
}

// A million real ones take a minute to make.
function answerOf(status: number, retryAfter: string | null): Response {
  const answer = { status, headers: { get: () => retryAfter }, json: async () => ({}) }
  // What a sender reads of an answer, and no more of it.
  return answer as unknown as Response
}

interface VirtualClock {
  readonly now: () => number
  readonly later: (task: () => void, delay: number) => () => void
  run(until: number): Promise<void>
}

interface Task {
  readonly at: number
  readonly order: number
  readonly task: () => void
  isCancelled: boolean
}

/** Tasks by millisecond: a slot each, as time only moves on. */
function createVirtualClock(): VirtualClock {
  const slots = new Map<number, Task[]>()
  let now = 0
  let order = 0
  return {
    now: () => now,
    later: (task, delay) => {
      const entry: Task = {
        at: Math.max(now, Math.ceil(now + delay)),
        order: order++,
        task,
        isCancelled: false,
      }
      const slot = slots.get(entry.at)
      if (slot === undefined) slots.set(entry.at, [entry])
      else slot.push(entry)
      return () => {
        entry.isCancelled = true
      }
    },
    run: async (until) => {
      for (; now < until; now++) {
        for (let slot = slots.get(now); slot !== undefined; slot = slots.get(now)) {
          slots.delete(now)
          for (const { task, isCancelled } of slot) if (!isCancelled) task()
          // Answers are read over some turns of promises.
          for (let turn = 0; turn < 8; turn++) await Promise.resolve()
        }
      }
    },
  }
}
