import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { AttuneEvent } from '@attune/core'
import { foldAll, makeEvent, PLAN } from '../../src/contract/builders.ts'
import { createRedisStore } from '../../src/redis.ts'
import { createRedisQueue } from '../../src/redis-queue.ts'

/** How large, and how rough. */
export interface KillScenario {
  readonly url: string
  readonly site: string
  /** Decides everything but what the machine decides. */
  readonly seed: number
  /** Different events; a twentieth of them comes twice, a hundredth three days late. */
  readonly events: number
  readonly workers: number
  /** Milliseconds between two kills, on average. */
  readonly killEvery: number
  /** At least so many, even after the last push. */
  readonly kills: number
  /** Called once when half of the events are pushed. */
  readonly atHalf?: () => Promise<void>
  /** Hears how many of how many batches are pushed. */
  readonly onProgress?: (pushed: number, all: number) => void
}

/** What became of it. */
export interface KillOutcome {
  readonly kills: number
  /** Pushes that failed and were made again. */
  readonly again: number
  /** Visitors whose profile is not what core folds from what was acknowledged. */
  readonly wrong: readonly string[]
  readonly waiting: number
  readonly setAside: number
  /** Exit codes of the workers that were asked to end. */
  readonly exits: readonly (number | null)[]
}

const PROGRAM = fileURLToPath(new URL('../support/queue-worker.ts', import.meta.url))
const EVENTS_EACH = 50
const LEASE = 1_000
const SENDERS = 16

interface Batch {
  readonly visitor: string
  readonly events: readonly AttuneEvent[]
}

/** Pushes events while workers are killed and started again, then compares every profile with a fold by core. */
export async function foldUnderKills(scenario: KillScenario): Promise<KillOutcome> {
  const { url, site, seed, workers: count, killEvery, kills: least } = scenario
  const random = createRandom(seed)
  const queue = createRedisQueue({ url, site, timeout: 2_000, lease: LEASE })
  const store = createRedisStore({ url, site, timeout: 5_000 })
  const workers = Array.from({ length: count }, () => startWorker(url, site))
  await Promise.all(workers)
  let isOver = false
  let kills = 0

  const killOn = async (): Promise<void> => {
    while (!isOver || kills < least) {
      await pause(killEvery * (0.5 + random()))
      const at = Math.floor(random() * count)
      const child = await workers[at]!
      child.kill('SIGKILL')
      kills++
      workers[at] = startWorker(url, site)
    }
  }

  try {
    const batches = makeBatches(scenario.events, random)
    const killing = killOn()
    const again = await pushAll(batches, scenario, (batch) => queue.push({ ...batch, received: Date.now() }))
    isOver = true
    await killing
    while ((await queue.waiting().catch(() => undefined))?.entries !== 0) await pause(20)
    const exits = await Promise.all(workers.map(async (worker) => endWorker(await worker)))
    const { entries, setAside } = await queue.waiting()
    const wrong: string[] = []
    for (const [visitor, events] of byVisitor(batches)) {
      const profile = await store.load(visitor, PLAN)
      if (JSON.stringify(profile) !== JSON.stringify(foldAll(events))) wrong.push(visitor)
    }
    return { kills, again, wrong, waiting: entries, setAside, exits }
  } finally {
    for (const worker of workers) (await worker).kill('SIGKILL')
    await queue.close()
    await store.close()
  }
}

function makeBatches(count: number, random: () => number): readonly Batch[] {
  const visitors = Math.ceil(count / EVENTS_EACH)
  const names = ['view_item', 'view_item', 'add_to_cart', 'purchase']
  const batches: Batch[] = []
  for (let made = 0; made < count; ) {
    const visitor = `visitor-${Math.floor(random() * visitors)}`
    const size = Math.min(count - made, 1 + Math.floor(random() * 10))
    const events = Array.from({ length: size }, () => {
      const minute = made / visitors - (random() < 0.01 ? 3 * 24 * 60 : 0)
      const properties = {
        item_id: `item-${made % 7}`,
        item_category: ['hiking', 'climbing'][made % 2],
        value: made % 90,
      }
      return makeEvent(`e${made++}`, minute, { name: names[made % 4]!, properties })
    })
    batches.push({ visitor, events })
    if (random() < 0.05) batches.splice(Math.floor(random() * batches.length), 0, batches.at(-1)!)
  }
  return batches
}

// Like trackers: what was not acknowledged is pushed again until it is.
async function pushAll(
  batches: readonly Batch[],
  { atHalf, onProgress }: KillScenario,
  push: (batch: Batch) => Promise<void>,
): Promise<number> {
  let next = 0
  let again = 0
  const send = async (): Promise<void> => {
    while (next < batches.length) {
      const at = next++
      if (at === Math.floor(batches.length / 2)) atHalf?.()
      for (;;) {
        const isPushed = await push(batches[at]!).then(
          () => true,
          () => false,
        )
        if (isPushed) break
        again++
        await pause(50)
      }
      if (at % 100 === 0) onProgress?.(at, batches.length)
    }
  }
  await Promise.all(Array.from({ length: SENDERS }, send))
  return again
}

function byVisitor(batches: readonly Batch[]): ReadonlyMap<string, readonly AttuneEvent[]> {
  const visitors = new Map<string, Map<string, AttuneEvent>>()
  for (const { visitor, events } of batches) {
    const own = visitors.get(visitor) ?? new Map<string, AttuneEvent>()
    visitors.set(visitor, own)
    for (const event of events) own.set(event.id, event)
  }
  return new Map([...visitors].map(([visitor, own]) => [visitor, [...own.values()]]))
}

async function startWorker(url: string, site: string): Promise<ChildProcess> {
  const child = fork(PROGRAM, [url, site, String(LEASE)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  await once(child, 'message')
  return child
}

async function endWorker(child: ChildProcess): Promise<number | null> {
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const [code] = await ended
  return code as number | null
}

function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
