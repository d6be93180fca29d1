import { execFileSync, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { root } from './paths.mjs'

// A server gets this long to finish its answers before it is killed.
const GRACE_MS = 4000
const PARENT_CHECK_MS = 500

const running = new Set()

/**
 * Starts a program in a process group of its own, so that whatever it starts can be ended with it.
 * Output goes to `log` (a file, begun anew) or, without one, to this terminal. Standard input is closed.
 * The result's `ended` resolves to `{ code, missing }`: `code` 0 means success, `missing` that there is no such program.
 */
export function start(command, args, { cwd = root, env = process.env, log } = {}) {
  if (log !== undefined) mkdirSync(dirname(log), { recursive: true })
  const out = log === undefined ? 'inherit' : openSync(log, 'w')
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', out, out], detached: true })
  if (out !== 'inherit') closeSync(out)
  running.add(child)
  const ended = new Promise((resolve) => {
    const end = (result) => {
      running.delete(child)
      resolve(result)
    }
    child.on('error', (error) => end({ code: 127, missing: error.code === 'ENOENT' }))
    child.on('exit', (code, signal) => end({ code: code ?? signal, missing: false }))
  })
  return { child, ended }
}

/** Runs a program to its end; see `start`. */
export const run = (command, args, options) => start(command, args, options).ended

/** Ends every process group begun here: asks first, kills what is left after the grace time. */
export async function endAll() {
  const children = [...running].filter((child) => child.pid !== undefined)
  const gone = Promise.all(children.map((child) => new Promise((resolve) => child.once('exit', resolve))))
  for (const child of children) signalGroup(child.pid, 'SIGTERM')
  await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, GRACE_MS).unref())])
  for (const child of children) signalGroup(child.pid, 'SIGKILL')
}

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal)
  } catch {
    // ESRCH: the whole group is gone already.
  }
}

/** Calls `stop(reason)` once, on Ctrl-C, SIGTERM, SIGHUP, or when the process that started us ends. */
export function onStop(stop) {
  let stopping = false
  const once = (reason) => {
    if (stopping) return
    stopping = true
    stop(reason)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => once(signal))
  watchParents(() => once('parent'))
}

function watchParents(gone) {
  const parent = process.ppid
  const starter = underNpm() ? parentOf(parent) : undefined
  const timer = setInterval(() => {
    if (process.ppid !== parent || (starter !== undefined && !alive(starter))) gone()
  }, PARENT_CHECK_MS)
  timer.unref()
}

// npm may put a shell between itself and us, which outlives a killed npm.
const underNpm = () => process.env.npm_lifecycle_event !== undefined

function parentOf(pid) {
  try {
    const above = Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }).trim())
    return above > 1 ? above : undefined
  } catch {
    return undefined
  }
}

function alive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
