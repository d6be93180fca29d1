// A collector with sockets in a process of its own: node socket-server.mjs <ruleset file> <data folder>. With ATTUNE_BENCH_STORE=memory
// nothing is kept on a disk. Prints its port, and serves until it is killed.
import { createServer } from 'node:http'
import { createCollector } from '../../packages/collector/dist/index.js'
import { createNodeHandler } from '../../packages/collector/dist/node.js'
import { createRenewal } from '../../packages/collector/dist/renewal.js'
import { createSockets } from '../../packages/collector/dist/socket.js'
import { createMemoryStore } from '../../packages/storage/dist/memory.js'
import { readRulesetFile } from '../../packages/storage/dist/ruleset-file.js'
import { createSqliteStore } from '../../packages/storage/dist/sqlite.js'

const [, , rulesetFile, folder] = process.argv
const secret = process.env.ATTUNE_SECRET
const ruleset = readRulesetFile(rulesetFile)
if (!ruleset.ok) throw new Error(ruleset.problems[0].message)

const isMemory = process.env.ATTUNE_BENCH_STORE === 'memory'
const store = isMemory ? createMemoryStore() : createSqliteStore({ path: `${folder}/attune.db` })
const options = { ruleset: ruleset.value, secret, store }
const { handle } = createCollector(options)
// All of the benchmark's visitors come from one address.
const sockets = createSockets({ secret, handle, perAddress: Number.POSITIVE_INFINITY })
const server = createServer({ keepAliveTimeout: 60_000 }, createNodeHandler(createRenewal(options).handle))
server.on('upgrade', sockets.upgrade)
server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, () =>
  process.send?.({ port: server.address().port }),
)
process.on('disconnect', () => process.exit())
process.on('message', () => {
  globalThis.gc?.()
  const { open, cut, refused } = sockets.state()
  process.send?.({ rss: process.memoryUsage.rss(), cpu: process.cpuUsage(), open, cut, refused })
})
