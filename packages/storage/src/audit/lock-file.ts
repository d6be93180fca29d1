import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { resolve } from 'node:path'

/** Another has the log open. */
export class AuditLockedError extends Error {
  override readonly name = 'AuditLockedError'
}

/** How long is waited, and how. */
export interface LockOptions {
  /** Milliseconds, at most, until whoever has it lets go. */
  readonly wait: number
  /** Waits so many milliseconds; default a timer. */
  readonly pause?: (ms: number) => Promise<void>
}

// Milliseconds between two looks.
const LOOK = 50
// What this process itself has locked or is about to: one that is gone may have had its number, in a container each has the same.
const held = new Set<string>()

/**
 * Takes `<path>.lock`, which holds the number of the process and the name of its machine, and resolves with what lets go of it. What a
 * process of this machine that is gone left behind is taken over. Rejects with `AuditLockedError` when another holds it for longer than is
 * waited.
 */
export async function lockFile(
  path: string,
  { wait, pause = byTimer }: LockOptions,
): Promise<() => Promise<void>> {
  const lock = `${resolve(path)}.lock`
  for (let waited = 0; !(await take(lock)); waited += LOOK) {
    if (waited >= wait) throw lockedError(path, lock, await readLock(lock))
    await pause(LOOK)
  }
  let isMine = true
  return async () => {
    if (!isMine) return
    isMine = false
    await rm(lock, { force: true })
    held.delete(lock)
  }
}

async function take(lock: string): Promise<boolean> {
  if (held.has(lock)) return false
  held.add(lock)
  let isTaken = false
  try {
    isTaken = await takeFromOthers(lock)
  } finally {
    if (!isTaken) held.delete(lock)
  }
  return isTaken
}

async function takeFromOthers(lock: string): Promise<boolean> {
  if (await write(lock)) return true
  const holder = await readLock(lock)
  if (!isGone(holder)) return false
  // Moved away first, then looked at: of two who take it over, one may move the lock of the other.
  const aside = `${lock}.${process.pid}`
  try {
    await rename(lock, aside)
  } catch {
    return write(lock)
  }
  if ((await readLock(aside)) !== holder) await link(aside, lock).catch(() => {})
  await rm(aside, { force: true })
  return write(lock)
}

async function write(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, `${process.pid} ${hostname()}\n`, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

async function readLock(lock: string): Promise<string> {
  return readFile(lock, 'utf8').catch(() => '')
}

// Whoever runs on another machine cannot be asked after; a lock without a number is being written just now.
function isGone(holder: string): boolean {
  const [, pid, host] = /^(\d+) (.+)\n$/.exec(holder) ?? []
  if (pid === undefined || host !== hostname()) return false
  if (Number(pid) === process.pid) return true
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    // It may be there and somebody else’s.
    return error instanceof Error && 'code' in error && error.code === 'ESRCH'
  }
}

function lockedError(path: string, lock: string, holder: string): AuditLockedError {
  const [pid = '', host = ''] = holder.trim().split(' ')
  const who = pid === '' ? 'Another process' : `Process ${pid} of ${host}`
  return new AuditLockedError(
    `[storage] audit: ${who} has ${path} open. Ask again when it is done; if it is gone, delete ${lock}.`,
  )
}

function byTimer(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
