import type { SignalPlan } from '@attune/core'
import { StoreBusyError, StoreWriteError } from '../store-error.ts'
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
  /** Closes the database and ends the worker, once all that was asked is answered. */
  end(): Promise<void>
}

interface Waiting {
  readonly resolve: (answer: never) => void
  readonly reject: (error: Error) => void
  readonly patience: NodeJS.Timeout
}

// A disk that hangs must not hold requests for ever. What is written after all is found again by its event id.
const PATIENCE = 5_000

/** Creates the main thread's end; the worker starts with the first question and again after it broke down. */
export function createConnection(settings: WorkerSettings): Connection {
  const waiting = new Map<number, Waiting>()
  let worker: ReturnType<typeof startWorker> | undefined
  let knownPlans = new Set<string>()
  let lastId = 0

  const settle = (reply: Reply) => {
    const asked = waiting.get(reply.id)
    waiting.delete(reply.id)
    clearTimeout(asked?.patience)
    // A process with nothing left to wait for may end.
    if (waiting.size === 0) worker?.unref()
    if (reply.ok) asked?.resolve(reply.answer as never)
    else asked?.reject(toError(reply.failure))
  }

  const start = () => {
    const started = startWorker(settings)
    const breakDown = (message: string) => {
      if (worker !== started) return
      worker = undefined
      for (const id of waiting.keys()) settle({ id, ok: false, failure: { code: 'write', message } })
    }
    started.on('message', settle)
    started.on('error', (error: Error) => breakDown(error.message))
    started.on('exit', () => breakDown('the storage thread ended'))
    knownPlans = new Set()
    return started
  }

  const connection: Connection = {
    end: async () => {
      if (worker !== undefined) await connection.ask('close', {})
    },
    ask: (kind, ask, needs = []) =>
      new Promise((resolve, reject) => {
        worker ??= start()
        const plans = needs.filter(({ id }) => !knownPlans.has(id))
        const id = ++lastId
        worker.postMessage({ id, kind, ask, plans } as Question)
        for (const { id } of plans) knownPlans.add(id)
        if (waiting.size === 0) worker.ref()
        const failure: Failure = { code: 'busy', message: `no answer within ${PATIENCE / 1000} s` }
        const patience = setTimeout(() => settle({ id, ok: false, failure }), PATIENCE)
        waiting.set(id, { resolve, reject, patience: patience.unref() })
      }),
  }
  return connection
}

/** A failure of the worker as the error that callers may tell apart. */
export function toError({ code, message }: Failure): Error {
  if (code === 'busy') {
    return new StoreBusyError(
      `[storage] sqlite: the database is held or does not answer (${message}). Try again.`,
    )
  }
  return new StoreWriteError(`[storage] sqlite: ${message}. Look at the disk and the file's rights.`)
}
