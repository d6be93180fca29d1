import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { freePort } from './free-port.ts'
import { connectRedis } from './upstash-bridge-connection.ts'
import type { Reply } from './upstash-bridge-replies.ts'

const USUAL_PLACES = ['/usr/bin', '/usr/local/bin', '/usr/sbin', '/opt/homebrew/bin']
const READY_LIMIT_MS = 10_000
const ASK_EVERY_MS = 20

// Ends the server when its standard input is closed: also when the process that started it is killed.
const WATCHED = '"$0" "$@" & cat > /dev/null; kill -9 $! 2> /dev/null; wait'

/** Why tests on a real Redis are skipped; `false` when they are not. ATTUNE_REDIS=none skips them. */
export const NO_REDIS: string | false =
  findRedis() === undefined && 'there is no redis-server (Debian: apt-get install redis-server)'

/** The machine's redis-server; undefined when there is none, or ATTUNE_REDIS=none leaves it alone. */
export function findRedis(): string | undefined {
  if (process.env.ATTUNE_REDIS === 'none') return undefined
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...USUAL_PLACES]
  return folders.map((folder) => join(folder, 'redis-server')).find((path) => existsSync(path))
}

/** What a Redis answers, its bytes read as text. */
export type Answer = string | number | null | readonly Answer[]

/** A Redis of one test file, on a free port of this machine and in a folder of its own. */
export interface RedisServer {
  readonly port: number
  readonly url: string
  readonly pid: number
  readonly folder: string
  /** Asks past the store; rejects with the error that the server answers. */
  ask(...words: readonly (string | number)[]): Promise<Answer>
  /** Ends the process and waits for its end; what it wrote stays. */
  kill(signal?: NodeJS.Signals): Promise<void>
  /** Starts it again on the same port, with what it kept. */
  restart(): Promise<void>
  /** Ends it and deletes what it wrote. */
  stop(): Promise<void>
}

/** Starts redis-server, which keeps nothing on the disk unless `args` say so. Resolves when it answers. */
export async function startRedis(...args: readonly string[]): Promise<RedisServer> {
  const program = findRedis()
  if (program === undefined) throw new Error(`No Redis: ${NO_REDIS}.`)
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'attune-redis-'))
  const fixed = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '']
  let child: ChildProcess | undefined
  let pid = 0
  const connection = connectRedis(port)

  const ask: RedisServer['ask'] = async (...words) => {
    const [reply] = await connection.send([words.map(String)])
    return toAnswer(reply!)
  }
  const restart = async () => {
    child = spawn('sh', ['-c', WATCHED, program, ...fixed, ...args], { stdio: ['pipe', 'ignore', 'ignore'] })
    const limit = performance.now() + READY_LIMIT_MS
    while (performance.now() < limit) {
      const info = await ask('INFO', 'server').catch(() => '')
      pid = Number(/^process_id:(\d+)/m.exec(String(info))?.[1])
      // While it loads what it kept it answers the one and not the other.
      if (pid > 0 && (await ask('PING').catch(() => '')) === 'PONG') return
      await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS))
    }
    throw new Error(`redis-server did not start on port ${port}: ${args.join(' ')}`)
  }
  const kill = async (signal: NodeJS.Signals = 'SIGKILL') => {
    const ending = child
    child = undefined
    if (ending === undefined) return
    const ended = once(ending, 'exit')
    if (pid > 0) process.kill(pid, signal)
    while (
      signal !== 'SIGKILL' &&
      (await ask('PING').then(
        () => true,
        () => false,
      ))
    ) {
      await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS))
    }
    ending.stdin?.end()
    await ended
  }
  await restart()
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    get pid() {
      return pid
    },
    folder,
    ask,
    kill,
    restart,
    stop: async () => {
      connection.close()
      await kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function toAnswer(reply: Reply): Answer {
  if (reply === null || typeof reply === 'number') return reply
  if (Buffer.isBuffer(reply)) return reply.toString('utf8')
  if (Array.isArray(reply)) return reply.map(toAnswer)
  if ('error' in reply) throw new Error(reply.error)
  return (reply as { readonly status: string }).status
}
