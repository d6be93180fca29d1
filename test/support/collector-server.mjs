// A collector on its own, from the built packages: node collector-server.mjs <ruleset file> <data folder>. With ATTUNE_REDIS_URL
// in its environment on that Redis, with ATTUNE_BENCH_QUEUE through a queue there that somebody else folds. Prints its port and serves
// until it is killed.
import { createServer } from 'node:http'
import { createCollector } from '../../packages/collector/dist/index.js'
import { createNodeHandler } from '../../packages/collector/dist/node.js'
import { readRulesetFile } from '../../packages/storage/dist/ruleset-file.js'
import { createSqliteStore } from '../../packages/storage/dist/sqlite.js'

const [, , rulesetFile, folder] = process.argv
const ruleset = readRulesetFile(rulesetFile)
if (!ruleset.ok) throw new Error(ruleset.problems[0].message)

const { handle } = createCollector({
  ruleset: ruleset.value,
  secret: process.env.ATTUNE_SECRET,
  store: await openStore(),
})
const server = createServer({ keepAliveTimeout: 60_000 }, createNodeHandler(handle))
server.listen(0, '127.0.0.1', () => process.send?.({ port: server.address().port }))
process.on('disconnect', () => process.exit())
// What serving has cost so far, for whoever asks: microseconds of this process's processors.
process.on('message', () => process.send?.({ cpu: process.cpuUsage(), main: process.threadCpuUsage() }))

async function openStore() {
  const url = process.env.ATTUNE_REDIS_URL
  if (url === undefined) return createSqliteStore({ path: `${folder}/attune.db` })
  const { createRedisStore } = await import('../../packages/storage/dist/redis.js')
  const store = createRedisStore({ url, site: 'site' })
  // The first visitor should not wait for a connection.
  await store.rejectedCounts()
  return process.env.ATTUNE_BENCH_QUEUE === undefined ? store : openQueued(store, url)
}

async function openQueued(store, url) {
  const { createQueuedStore } = await import('../../packages/storage/dist/queue.js')
  const { createRedisQueue } = await import('../../packages/storage/dist/redis-queue.js')
  const queue = createRedisQueue({ url, site: 'site' })
  await queue.waiting()
  return createQueuedStore({ queue, store })
}
