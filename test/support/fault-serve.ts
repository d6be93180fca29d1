import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { COLLECTOR_RULESET } from './collector-process.ts'
import { SECRET } from './fault-ruleset.ts'

const PROGRAM = fileURLToPath(new URL('../../packages/cli/dist/attune.js', import.meta.url))
const WATCHED = fileURLToPath(new URL('../../scripts/lib/end-with-parent.mjs', import.meta.url))

/** `attune serve` in a process of its own, from the built packages. */
export interface ServeProcess {
  /** Where events go. */
  readonly url: string
  readonly port: number
  readonly pid: number
  /** Its exit code and the signal that ended it. */
  readonly ended: Promise<readonly [code: number | null, signal: string | null]>
  /** What it said of trouble. */
  readonly said: () => string
  signal(name: NodeJS.Signals): void
  /** Ends it at once, if it did not end yet. */
  stop(): Promise<void>
}

/** Starts it with more arguments, such as `--redis <url>`; resolves when it listens. */
export function startServe(...args: readonly string[]): Promise<ServeProcess> {
  return start([process.execPath], args)
}

/** Starts it where no file may grow beyond so many blocks of 512 bytes: writing more fails as on a full disk. */
export function startServeWithQuota(blocks: number, ...args: readonly string[]): Promise<ServeProcess> {
  return start(['sh', '-c', `ulimit -f ${blocks} && exec "$0" "$@"`, process.execPath], args)
}

async function start(
  [program = '', ...before]: readonly string[],
  args: readonly string[],
): Promise<ServeProcess> {
  const given = [
    '--import',
    WATCHED,
    PROGRAM,
    'serve',
    '--ruleset',
    COLLECTOR_RULESET,
    '--port',
    '0',
    ...args,
  ]
  const child = spawn(program, [...before, ...given], {
    env: { ...process.env, ATTUNE_SECRET: SECRET },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  const ended = once(child, 'exit').then(([code, signal]) => [code, signal] as const)
  const port = await portOf(child, ended, () => said)
  return {
    url: `http://127.0.0.1:${port}/attune/collect`,
    port,
    pid: child.pid ?? 0,
    ended,
    said: () => said,
    signal: (name) => void child.kill(name),
    stop: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

async function portOf(child: ChildProcess, ended: Promise<unknown>, said: () => string): Promise<number> {
  let text = ''
  const listening = new Promise<number>((resolve) => {
    child.stdout?.on('data', (chunk) => {
      text += chunk
      const port = /127\.0\.0\.1:(\d+)\/attune\/collect/.exec(text)?.[1]
      if (port !== undefined) resolve(Number(port))
    })
  })
  const gone = ended.then(() => {
    throw new Error(`attune serve ended before it listened. ${said()}`)
  })
  return Promise.race([listening, gone])
}
