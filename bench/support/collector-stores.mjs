// Fresh stores for the rounds of the collector benchmarks. Each gives the environment of `test/support/collector-server.mjs`, and
// afterwards tells which events of which visitors it holds.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

const PLACES = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin']
// As long as a worker may need for what waits when the load is over.
const FOLDED_WITHIN = 60_000

/** The machine's redis-server. */
export function findRedis() {
  return PLACES.map((folder) => join(folder, 'redis-server')).find((path) => existsSync(path))
}

/** The embedded store, in a folder of its own. */
export async function openSqlite() {
  const folder = mkdtempSync(join(tmpdir(), 'attune-bench-'))
  return {
    folder,
    env: {},
    read: async () => {
      const db = new DatabaseSync(join(folder, 'attune.db'))
      const rows = db.prepare('SELECT visitor, id FROM events').all()
      db.close()
      return rows
    },
    close: async () => rmSync(folder, { recursive: true }),
  }
}

/** A Redis that folds nothing by itself: the collector does, as events come. */
export async function openRedis() {
  return openRedisWith({})
}

/** A Redis with a queue; a worker in the collector's process folds. */
export async function openRedisQueue() {
  return openRedisWith({ ATTUNE_BENCH_QUEUE: '1' })
}

async function openRedisWith(env) {
  const folder = mkdtempSync(join(tmpdir(), 'attune-bench-'))
  const port = await freePort()
  const always = ['--appendonly', 'yes', '--appendfsync', 'always', '--save', '']
  const where = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder]
  const server = spawn(findRedis(), [...where, ...always, '--daemonize', 'no'], { stdio: 'ignore' })
  const end = () => server.kill('SIGKILL')
  process.once('exit', end)
  const { createClient } = await import(
    new URL('../../packages/storage/node_modules/redis/dist/index.js', import.meta.url).href
  )
  const client = createClient({ url: `redis://127.0.0.1:${port}` })
  client.on('error', () => {})
  await client.connect()
  return {
    folder,
    env: { ...env, ATTUNE_REDIS_URL: `redis://127.0.0.1:${port}` },
    read: async () => {
      await untilFolded(client)
      return readEvents(client)
    },
    close: async () => {
      await client.close()
      const gone = once(server, 'exit')
      end()
      await gone
      process.removeListener('exit', end)
      rmSync(folder, { recursive: true })
    },
  }
}

// Entries stay in their stream until they are folded.
async function untilFolded(client) {
  const deadline = Date.now() + FOLDED_WITHIN
  for (;;) {
    const streams = await client.keys('attune:*:waiting')
    const lengths = await Promise.all(streams.map((stream) => client.xLen(stream)))
    const waiting = lengths.reduce((sum, length) => sum + length, 0)
    if (waiting === 0) return
    if (Date.now() > deadline) throw new Error(`${waiting} batches still wait after ${FOLDED_WITHIN} ms.`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function readEvents(client) {
  const keys = [...(await client.keys('attune:*:recent')), ...(await client.keys('attune:*:settled'))]
  const rows = []
  for (const key of keys) {
    const visitor = decodeURIComponent(/\{(.*)\}/.exec(key)[1])
    for (const id of await client.hKeys(key)) rows.push({ visitor, id })
  }
  return rows
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}
