import { accessSync, closeSync, constants, mkdirSync, openSync, realpathSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { type Connection, createConnection } from './sqlite-connection.ts'
import { createWriter, type Writer } from './sqlite-writer.ts'
import type { WorkerSettings } from './start-worker.ts'

/** Two workers that several stores of this process may share. */
export interface Shared {
  /** Writes; its thread waits for the disk. */
  readonly connection: Connection
  /** Reads beside it, so that a page never waits behind a commit. */
  readonly reader: Connection
  readonly writer: Writer
  stores: number
}

// One file, one pair of workers, even when a bundler made two copies of this module.
const REGISTRY = Symbol.for('attune.storage.sqlite.1')
const holder = globalThis as { [REGISTRY]?: Map<string, Shared> }
holder[REGISTRY] ??= new Map()
const registry = holder[REGISTRY]

/** The workers of a database file; begun with the first store that opens it. */
export function acquire({ path, busyTimeout }: WorkerSettings): {
  readonly file: string
  readonly shared: Shared
} {
  const file = realFile(path)
  const known = registry.get(file)
  if (known !== undefined) {
    known.stores++
    return { file, shared: known }
  }
  const connection = createConnection({ path: file, busyTimeout })
  const reader = createConnection({ path: file, busyTimeout })
  const shared = { connection, reader, writer: createWriter(connection), stores: 1 }
  registry.set(file, shared)
  // The first page that needs a profile should not wait for a thread to start.
  reader.ask('counts', {}).catch(() => {})
  return { file, shared }
}

/** Lets go of a file's workers; they end with the last store. */
export async function release(file: string, shared: Shared): Promise<void> {
  if (--shared.stores > 0) return
  registry.delete(file)
  await Promise.all([shared.connection.end(), shared.reader.end()])
}

// Two ways of writing a path are one file. Only the owner may read what is remembered of visitors.
function realFile(path: string): string {
  const file = resolve(path)
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const known = statSync(file, { throwIfNoEntry: false })
  // Opening what is there already is left to the worker: it may take as long as the disk likes.
  if (known === undefined || known.isDirectory()) closeSync(openSync(file, 'a', 0o600))
  else accessSync(file, constants.R_OK | constants.W_OK)
  return realpathSync(file)
}
