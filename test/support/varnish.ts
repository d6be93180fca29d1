import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { installDebian, mayInstall } from '../../scripts/lib/debian.mjs'

const USUAL_PLACES = ['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/sbin', '/usr/bin', '/usr/local/bin']
const READY_LIMIT_MS = 60_000
const ASK_EVERY_MS = 100
const PROBE = '/favicon.ico'

/** Counts what was put into its storage. What is only passed on, or noted as not to be kept, lies elsewhere (`Transient`). */
export const VARNISH_STORED = 'SMA.kept.c_req'

/** The machine's varnishd; undefined when there is none, or ATTUNE_VARNISH=none leaves it alone. */
export function findVarnish(): string | undefined {
  if (process.env.ATTUNE_VARNISH === 'none') return undefined
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...USUAL_PLACES]
  return folders.map((folder) => join(folder, 'varnishd')).find((path) => existsSync(path))
}

/** Sees to a Varnish: installs Debian's when none is here and this account may. Resolves to undefined when there is none after all. */
export async function ensureVarnish(): Promise<string | undefined> {
  if (process.env.ATTUNE_VARNISH !== 'none' && findVarnish() === undefined && mayInstall())
    await installDebian(['varnish'])
  return findVarnish()
}

/** A Varnish of one test file. */
export interface Varnish {
  readonly folder: string
  /** One of its counters, such as `MAIN.cache_hit`. */
  readonly count: (counter: string) => Promise<number>
  readonly stop: () => Promise<void>
}

/** In front of what it stands: a port of this machine behind Varnish's own rules, or rules (VCL) that name it. */
export type Behind = { readonly upstream: number } | { readonly vcl: string }

/** Starts Varnish on `port` of this machine. Resolves when it answers, rejects with what it said when it does not. */
export async function startVarnish(program: string, port: number, behind: Behind): Promise<Varnish> {
  const folder = mkdtempSync(join(tmpdir(), 'attune-varnish-'))
  const rules = join(folder, 'rules.vcl')
  if ('vcl' in behind) writeFileSync(rules, behind.vcl)
  const args = [
    ...['-F', '-n', join(folder, 'work'), '-a', `127.0.0.1:${port}`, '-s', 'kept=malloc,128m'],
    ...('vcl' in behind ? ['-f', rules] : ['-b', `127.0.0.1:${behind.upstream}`]),
    // Started as root it would become somebody who may not enter the folder.
    ...['-j', 'none'],
  ]
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
  const stop = async (): Promise<void> => {
    await end(child)
    rmSync(folder, { recursive: true, force: true })
  }
  if (!(await listens(child, port))) {
    await stop()
    throw new Error(`Varnish did not start: varnishd ${args.join(' ')}\n${said}`)
  }
  return { folder, stop, count: (counter) => countOf(join(folder, 'work'), counter) }
}

async function countOf(work: string, counter: string): Promise<number> {
  const program = join('/usr/bin', 'varnishstat')
  const found = existsSync(program) ? program : 'varnishstat'
  const { stdout } = await promisify(execFile)(found, ['-n', work, '-1', '-f', counter])
  const [, value] = /^\S+\s+(\d+)/m.exec(stdout) ?? []
  if (value === undefined) throw new Error(`Varnish has no counter ${counter}: ${stdout}`)
  return Number(value)
}

async function listens(child: ChildProcess, port: number): Promise<boolean> {
  const limit = performance.now() + READY_LIMIT_MS
  while (child.exitCode === null && performance.now() < limit) {
    const answer = await fetch(`http://127.0.0.1:${port}${PROBE}`, { method: 'HEAD' }).catch(() => undefined)
    if (answer !== undefined) return true
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS))
  }
  return false
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}
