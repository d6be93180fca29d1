import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PROGRAM = fileURLToPath(new URL('../../packages/cli/dist/attune.js', import.meta.url))
const WATCHED = fileURLToPath(new URL('../../scripts/lib/end-with-parent.mjs', import.meta.url))
const RULESET = fileURLToPath(new URL('../../examples/next-shop/ruleset.json', import.meta.url))
const SECRET = 'the secret of collectors that are looked at by tests of 32 characters'
const LISTENS = /Collecting at (http:\/\/[^/]+:(\d+))/

/** The tokens of the collector's keys, by role. */
export const TOKENS = {
  viewer: 'the-token-of-a-viewer-0123456789',
  editor: 'the-token-of-an-editor-0123456789',
  officer: 'the-token-of-an-officer-0123456789',
} as const

/** The built `attune serve` with the shop's ruleset and keys, in a process of its own. */
export interface LiveCollector {
  readonly base: string
  readonly port: number
  readonly pid: number
  /** Asks it to end, and resolves to its exit code. */
  end(): Promise<number | null>
}

/** Starts it at a port, or at any free one; it ends with this process at the latest. */
export async function startLiveCollector(port = 0, ...options: readonly string[]): Promise<LiveCollector> {
  const folder = mkdtempSync(join(tmpdir(), 'attune-live-'))
  const where = ['--data', folder, '--port', String(port)]
  const collector = await start([...where, ...options], { ATTUNE_SECRET: SECRET, ATTUNE_KEYS: keys() })
  return {
    ...collector,
    end: async () => {
      const code = await collector.end()
      rmSync(folder, { recursive: true, force: true })
      return code
    },
  }
}

/** Starts it with sockets beside a shop that runs with the same `env`, on the same store: ATTUNE_SECRET, ATTUNE_DATA, ATTUNE_KEYS_AT_REST. */
export function startShopSockets(env: NodeJS.ProcessEnv): Promise<LiveCollector> {
  return start(['--port', '0', '--sockets', '--trusted-proxy', '127.0.0.1'], env)
}

async function start(options: readonly string[], env: NodeJS.ProcessEnv): Promise<LiveCollector> {
  const given = ['--import', WATCHED, PROGRAM, 'serve', '--ruleset', RULESET, ...options]
  const child = spawn(process.execPath, given, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const [, base = '', found = ''] = await listening(child, ended)
  return {
    base,
    port: Number(found),
    pid: child.pid ?? 0,
    end: async () => {
      child.kill('SIGTERM')
      return ended
    },
  }
}

function keys(): string {
  const digest = (token: string): string => createHash('sha256').update(token).digest('hex')
  return [
    `looks:viewer:${digest(TOKENS.viewer)}`,
    `newsroom:editor:${digest(TOKENS.editor)}`,
    `dpo:privacy-officer:${digest(TOKENS.officer)}`,
  ].join()
}

function listening(child: ChildProcess, ended: Promise<unknown>): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let said = ''
    const hear = (chunk: Buffer): void => {
      said += chunk
      const found = LISTENS.exec(said)
      if (found !== null) resolve(found)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    void ended.then(() => reject(new Error(`attune serve ended before it listened. ${said}`)))
  })
}
