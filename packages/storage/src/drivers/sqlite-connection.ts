import type { SignalPlan } from '@attune/core'
import { StoreBusyError, StoreWriteError, visitorErased, visitorMoved } from '../store-error.ts'
import type { Failure, Kind, Question, Questions, Reply } from './sqlite-messages.ts'
import { startWorker, type WorkerSettings } from './start-worker.ts'

/** The main thread's end of the worker. */
export interface Connection {
  /** Asks; rejects with `StoreBusyError` or `StoreWriteError`. `needs` are the plans that the question names. */
  ask<K extends Kind>(
    kind: K,
    ask: Questions[K]['ask'],
    needs?: readonly SignalPlan[],
  ): Promise<Questions[K]['answer']>
  /** Closes the database and ends the worker, once all that was asked is answered; resolves when its thread is gone. */
  end(): Promise<void>
}

interface Waiting {
  readonly resolve: (answer: never) => void
  readonly reject: (error: Error) => void
  patience: NodeJS.Timeout
}

// A disk that hangs must not hold requests for ever. What is written after all is found again by its event id.
const PATIENCE = 5_000
// A thread that starts on a busy machine is no disk that hangs.
const STARTING = 20_000
// With more than these unanswered after their time, the disk hangs: what is asked now would only wait behind them.
const MOST_OVERDUE = 8

/** Creates the main thread's end; the worker starts with the first question and again after it broke down. */
export function createConnection(settings: WorkerSettings): Connection {
  const waiting = new Map<number, Waiting>()
  // Timed out, and not done with by the worker.
  const overdue = new Set<number>()
  // Questions have the same time and are asked in the order of their numbers: so they are given up.
  let givenUp = new Int32Array(new SharedArrayBuffer(4))
  let worker: ReturnType<typeof startWorker> | undefined
  let knownPlans = new Set<string>()
  let lastId = 0
  let limit = STARTING

  const settle = (reply: Reply) => {
    const asked = waiting.get(reply.id)
    waiting.delete(reply.id)
    clearTimeout(asked?.patience)
    // A process with nothing left to wait for may end.
    if (waiting.size === 0) worker?.unref()
    if (reply.ok) asked?.resolve(reply.answer as never)
    else asked?.reject(toError(reply.failure))
  }

  const limitFor = (id: number) => {
    const failure: Failure = { code: 'busy', message: `no answer within ${limit / 1000} s` }
    const giveUp = (): void => {
      overdue.add(id)
      Atomics.store(givenUp, 0, Math.max(id, Atomics.load(givenUp, 0)))
      settle({ id, ok: false, failure })
    }
    return setTimeout(giveUp, limit).unref()
  }

  const start = () => {
    overdue.clear()
    givenUp = new Int32Array(new SharedArrayBuffer(4))
    const started = startWorker({ ...settings, givenUp })
    limit = STARTING
    started.once('message', () => {
      limit = PATIENCE
      for (const [id, asked] of waiting) {
        clearTimeout(asked.patience)
        asked.patience = limitFor(id)
      }
    })
    const breakDown = (message: string) => {
      if (worker !== started) return
      worker = undefined
      for (const id of waiting.keys()) settle({ id, ok: false, failure: { code: 'write', message } })
    }
    started.on('message', (reply: Reply) => {
      overdue.delete(reply.id)
      settle(reply)
    })
    started.on('error', (error: Error) => breakDown(error.message))
    started.on('exit', () => breakDown('the storage thread ended'))
    knownPlans = new Set()
    return started
  }

  const connection: Connection = {
    end: async () => {
      const ending = worker
      if (ending === undefined) return
      const gone = new Promise((resolve) => ending.once('exit', resolve))
      await connection.ask('close', {})
      // A thread that is still being taken down is not an ended one, and the process may be about to end under it.
      ending.ref()
      await gone
    },
    ask: (kind, ask, needs = []) =>
      new Promise((resolve, reject) => {
        worker ??= start()
        if (overdue.size > MOST_OVERDUE && kind !== 'close') {
          return reject(toError({ code: 'busy', message: `${overdue.size} questions are overdue` }))
        }
        const plans = needs.filter(({ id }) => !knownPlans.has(id))
        const id = ++lastId
        worker.postMessage({ id, kind, ask, plans } as Question)
        for (const { id } of plans) knownPlans.add(id)
        if (waiting.size === 0) worker.ref()
        waiting.set(id, { resolve, reject, patience: limitFor(id) })
      }),
  }
  return connection
}

/** A failure of the worker as the error that callers may tell apart. */
export function toError({ code, message, into = '', at }: Failure): Error {
  if (code === 'busy') {
    return new StoreBusyError(
      `[storage] sqlite: the database is held or does not answer (${message}). Try again.`,
    )
  }
  if (code === 'erased') return visitorErased('sqlite')
  if (code === 'moved') return visitorMoved('sqlite', into, at)
  return new StoreWriteError(`[storage] sqlite: ${message}. Look at the disk and the file's rights.`)
}
