import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { COLLECTOR_RULESET } from './collector-process.ts'
import { SECRET } from './fault-ruleset.ts'

/** What opens the health page and the metrics of `startServe`. */
export const HEALTH_TOKEN = 'the-token-of-the-health-page'

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

/** `attune work` in a process of its own, likewise. */
export type WorkProcess = Pick<ServeProcess, 'pid' | 'ended' | 'said' | 'signal' | 'stop'>

const SERVES = /127\.0\.0\.1:(\d+)\/attune\/collect/
const WORKS = /Folding from/

/** Starts it with more arguments, such as `--redis <url>`; resolves when it listens. */
export function startServe(...args: readonly string[]): Promise<ServeProcess> {
  return serve([process.execPath], args)
}

/** Starts a worker of the queue in a Redis; resolves when it folds. */
export async function startWork(redis: string): Promise<WorkProcess> {
  return (await start([process.execPath], 'work', ['--redis', redis], WORKS)).running
}

/** Starts it where no file may grow beyond so many blocks of 512 bytes: writing more fails as on a full disk. */
export function startServeWithQuota(blocks: number, ...args: readonly string[]): Promise<ServeProcess> {
  return serve(['sh', '-c', `ulimit -f ${blocks} && exec "$0" "$@"`, process.execPath], args)
}

async function serve(program: readonly string[], args: readonly string[]): Promise<ServeProcess> {
  // A few visitors of a test do what thousands do of a site.
  const { running, begun } = await start(
    program,
    'serve',
    ['--port', '0', '--limits', 'off', ...args],
    SERVES,
  )
  const port = Number(begun[1])
  return { url: `http://127.0.0.1:${port}/attune/collect`, port, ...running }
}

/** Starts a command; resolves when it says what it says once it has begun. */
async function start(
  [program = '', ...before]: readonly string[],
  command: string,
  args: readonly string[],
  says: RegExp,
): Promise<{ readonly running: WorkProcess; readonly begun: RegExpExecArray }> {
  const given = ['--import', WATCHED, PROGRAM, command, '--ruleset', COLLECTOR_RULESET, ...args]
  const child = spawn(program, [...before, ...given], {
    env: { ...process.env, ATTUNE_SECRET: SECRET, ATTUNE_HEALTH_TOKEN: HEALTH_TOKEN },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  const ended = once(child, 'exit').then(([code, signal]) => [code, signal] as const)
  const gone = ended.then(() => {
    throw new Error(`attune ${command} ended before it began. ${said}`)
  })
  const begun = await Promise.race([outputOf(child, says), gone])
  const running: WorkProcess = {
    pid: child.pid ?? 0,
    ended,
    said: () => said,
    signal: (name) => void child.kill(name),
    stop: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
  return { running, begun }
}

function outputOf(child: ChildProcess, wanted: RegExp): Promise<RegExpExecArray> {
  let text = ''
  return new Promise((resolve) => {
    child.stdout?.on('data', (chunk) => {
      text += chunk
      const found = wanted.exec(text)
      if (found !== null) resolve(found)
    })
  })
}
