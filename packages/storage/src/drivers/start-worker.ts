import { isBuiltin } from 'node:module'
import { Worker } from 'node:worker_threads'

/** What the worker needs to know at its start. */
export interface WorkerSettings {
  readonly path: string
  /** Milliseconds. */
  readonly busyTimeout: number
}

/** What the worker is told: `givenUp` holds, shared by both threads, the number of the last question nobody waits for. */
export interface WorkerStart extends WorkerSettings {
  readonly givenUp: Int32Array
}

/** Starts the thread that owns the database; it keeps no process alive by itself. */
export function startWorker(settings: WorkerStart): Worker {
  if (!isBuiltin('node:sqlite')) {
    throw new Error(
      `[storage] createSqliteStore: Node ${process.versions.node} has no node:sqlite. Use Node 24, or 22.13 and later.`,
    )
  }
  // Older Nodes say on stderr that node:sqlite is experimental.
  const options = { workerData: settings, execArgv: ['--disable-warning=ExperimentalWarning'] }
  const worker = import.meta.url.endsWith('.ts')
    ? // Made of this file's own address, so that no bundler looks for a source that is not published.
      new Worker(new URL(import.meta.url.replace('start-worker', 'sqlite-worker-source')), options)
    : // Written out for bundlers: they look for this shape.
      new Worker(new URL('./sqlite-worker.js', import.meta.url), options)
  worker.unref()
  return worker
}
