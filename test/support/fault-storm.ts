import { createVirtualClock } from './fault-clock.ts'
import { createSeededRandom } from './fault-random.ts'
import { createVirtualTracker } from './fault-tracker.ts'

/** Trackers on a clock of their own, before a collector that is away for a while. */
export interface Storm {
  readonly trackers: number
  /** Each makes an event so often, milliseconds. */
  readonly every: number
  /** Whether each event is that of another page: the one before ends with an event of its own, and hands over what it has. */
  readonly leaves: boolean
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
  /** Events that were never taken, though a beacon that nobody heard had them with it. */
  readonly unheard: number
  /** When the last event was taken that was made before the collector was back, milliseconds from the beginning. */
  readonly caughtUp: number
}

const REQUEST_MS = 20

/** Runs a storm with the tracker's own sender, in virtual time. */
export async function runStorm(storm: Storm): Promise<StormReport> {
  const { trackers, every, leaves, away, until, answer, seed } = storm
  const random = createSeededRandom(seed)
  const clock = createVirtualClock()
  const requests: number[] = Array(Math.ceil(until / 1_000)).fill(0)
  const known = new Set<string>()
  const beaconed = new Set<string>()
  let made = 0
  let duplicates = 0
  let caughtUp = 0

  const arrive = (): boolean => {
    const second = Math.floor(clock.now() / 1_000)
    requests[second] = (requests[second] ?? 0) + 1
    return clock.now() < away[0] || clock.now() >= away[1]
  }
  const take = (body: string): void => {
    for (const { id, time } of eventsOf(body)) {
      if (known.has(id)) duplicates++
      known.add(id)
      if (time < away[1]) caughtUp = clock.now()
    }
  }
  const fetch = (_url: string, { body }: { readonly body: string }): Promise<Response> =>
    new Promise((resolve, reject) => {
      clock.later(() => {
        if (arrive()) {
          take(body)
          resolve(answerOf(200, null))
        } else if (answer === 'nothing') reject(new TypeError('fetch failed'))
        else resolve(answerOf(503, String(1 + Math.floor(random() * 3))))
      }, REQUEST_MS)
    })
  const sendBeacon = (_url: string, body: string): boolean => {
    clock.later(() => {
      if (arrive()) take(body)
      else for (const { id } of eventsOf(body)) beaconed.add(id)
    }, REQUEST_MS)
    return true
  }
  for (let at = 0; at < trackers; at++) {
    const sessionStorage = createTabStorage()
    const openPage = () => {
      // Of two pages nothing leaves together.
      const path = leaves ? `/${clock.now()}` : '/'
      let isOpen = true
      // What a page that has ended was about to do is not done.
      const later = (task: () => void, delay: number) => clock.later(() => isOpen && task(), delay)
      const page = { clock: { now: clock.now, later }, random, fetch, sendBeacon, sessionStorage }
      const sender = createVirtualTracker(page)
      sender.restore()
      const add = (name: string): void =>
        sender.add({ id: `${at}-${made++}`, name, time: clock.now(), properties: {}, page: path })
      const leave = (): void => {
        add('user_engagement')
        sender.beacon()
        isOpen = false
      }
      return { add, leave }
    }
    let page = openPage()
    const make = (): void => {
      page.add('page_view')
      if (clock.now() + every >= until - 30_000) return
      clock.later(() => {
        if (leaves) {
          page.leave()
          page = openPage()
        }
        make()
      }, every)
    }
    clock.later(make, random() * every)
  }
  await clock.run(until)
  const unheard = [...beaconed].filter((id) => !known.has(id)).length
  return { requests, made, accepted: known.size, duplicates, unheard, caughtUp }
}

interface SentEvent {
  readonly id: string
  readonly time: number
}

function eventsOf(body: string): readonly SentEvent[] {
  return JSON.parse(body).events
}

function createTabStorage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const items = new Map<string, string>()
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  }
}

// A million real ones take a minute to make.
function answerOf(status: number, retryAfter: string | null): Response {
  const answer = { status, headers: { get: () => retryAfter }, json: async () => ({}) }
  // What a sender reads of an answer, and no more of it.
  return answer as unknown as Response
}
