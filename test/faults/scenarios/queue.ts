import { expect } from 'vitest'
import { openQueueStage, type QueueStage } from '../../support/fault-queue.ts'
import { until } from '../../support/fault-time.ts'
import { type StoreRow, storeScenario } from './play-store-row.ts'
import type { Scenario } from './scenario.ts'

type Row = StoreRow<QueueStage>

const PUSH_LIMIT_MS = 1_500
const FIRST = '0'.padStart(22, '0')
// A worker that lost its Redis asks again after 50 ms to 5 s.
const WORKER_BACK_MS = 12_000

const ROWS: readonly Row[] = [
  {
    name: 'events are taken in while the store is not there, and folded when it is',
    strike: ({ storeLine }) => storeLine.set({ refused: true }),
    heal: ({ storeLine }) => storeLine.set({}),
    answer: 'kept',
    within: PUSH_LIMIT_MS,
    recovers: WORKER_BACK_MS,
  },
  {
    name: 'events are taken in while the store is in a black hole, and folded when it is out',
    strike: ({ storeLine }) => storeLine.set({ blackHole: true }),
    heal: ({ storeLine }) => storeLine.set({}),
    answer: 'kept',
    within: PUSH_LIMIT_MS,
    recovers: WORKER_BACK_MS,
  },
  {
    name: 'a queue that is not there is told of, and nothing of a batch is half taken',
    strike: ({ queueLine }) => queueLine.set({ refused: true }),
    heal: ({ queueLine }) => queueLine.set({}),
    answer: 'later',
    within: PUSH_LIMIT_MS,
    recovers: WORKER_BACK_MS,
  },
  {
    name: 'a queue whose replies are lost is pushed to again, and everything is folded once',
    strike: ({ queueLine }) => queueLine.set({ resetReplyAfter: 2 }),
    heal: ({ queueLine }) => queueLine.set({}),
    answer: 'later',
    within: PUSH_LIMIT_MS,
    recovers: WORKER_BACK_MS,
  },
  {
    name: 'a queue that is killed and comes back with its log lost nothing that waited',
    strike: async ({ queueServer, stopWork }) => {
      await stopWork()
      await queueServer.kill('SIGKILL')
    },
    heal: async ({ queueServer, startWork }) => {
      await queueServer.restart()
      startWork()
    },
    answer: 'later',
    within: PUSH_LIMIT_MS,
    recovers: WORKER_BACK_MS,
  },
  {
    name: 'events are taken in while no worker lives, and folded by the next one',
    strike: ({ stopWork }) => stopWork(),
    heal: ({ startWork }) => startWork(),
    rounds: 4,
    answer: 'kept',
    within: PUSH_LIMIT_MS,
    recovers: WORKER_BACK_MS,
  },
  {
    name: 'an entry that cannot be folded is set aside after five tries, others go on, and a replay folds it',
    strike: ({ poisoned }) => void poisoned.add(FIRST),
    heal: async ({ queue, poisoned }) => {
      await until('all but the poison is folded', 20_000, async () => (await queue.waiting()).entries === 0)
      // Acknowledged is applied, set aside with its reason, or waits.
      expect((await queue.waiting()).setAside).toBeGreaterThan(0)
      poisoned.clear()
      await queue.replay()
    },
    answer: 'kept',
    within: PUSH_LIMIT_MS,
    recovers: WORKER_BACK_MS,
  },
]

const FULL: Row = {
  name: 'a queue that is full refuses what it has no room for, and takes it when there is room',
  strike: ({ stopWork }) => stopWork(),
  heal: ({ startWork, settle }) => {
    startWork()
    return settle()
  },
  rounds: 8,
  answer: 'either',
  within: PUSH_LIMIT_MS,
  recovers: WORKER_BACK_MS,
}

/** What goes wrong with a queue, its workers and the store behind them. */
export const QUEUE: readonly Scenario[] = [
  ...ROWS.map((row) => storeScenario(row, ({ later }) => openQueueStage(later), 'redis')),
  storeScenario(FULL, ({ later }) => openQueueStage(later, 16), 'redis'),
]
