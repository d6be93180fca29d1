// A collector on its own, from the built packages: node collector-server.mjs <ruleset file> <data folder>.
// Prints its port and serves until it is killed.
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
  store: createSqliteStore({ path: `${folder}/attune.db` }),
})
const server = createServer({ keepAliveTimeout: 60_000 }, createNodeHandler(handle))
server.listen(0, '127.0.0.1', () => process.send?.({ port: server.address().port }))
process.on('disconnect', () => process.exit())
// What serving has cost so far, for whoever asks: microseconds of this process's processors.
process.on('message', () => process.send?.({ cpu: process.cpuUsage(), main: process.threadCpuUsage() }))
