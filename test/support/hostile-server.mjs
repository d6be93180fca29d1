// A collector with every way in, from the built packages, for hostile input: node hostile-server.mjs. Prints its port; asked, it says what it counted and the
// longest stretch of work without a break, in milliseconds of its own processor time: other work on the machine does not count.
import { createServer } from 'node:http'
import { createCollector, createPixel } from '../../packages/collector/dist/index.js'
import { createNodeHandler } from '../../packages/collector/dist/node.js'
import { createRenewal } from '../../packages/collector/dist/renewal.js'
import { createSockets } from '../../packages/collector/dist/socket.js'
import { observeCollector } from '../../packages/collector/dist/telemetry.js'
import { createMemoryStore } from '../../packages/storage/dist/memory.js'
import { readRulesetFile } from '../../packages/storage/dist/ruleset-file.js'

const secret = process.env.ATTUNE_SECRET
const ruleset = readRulesetFile(new URL('./collector-ruleset.json', import.meta.url).pathname)
if (!ruleset.ok) throw new Error(ruleset.problems[0].message)

const counted = {}
const count = (name, number, labels = {}) => {
  const key = [name, ...Object.values(labels)].join(' ')
  counted[key] = (counted[key] ?? 0) + number
}
const meter = {
  createCounter: (name) => ({ add: (number, labels) => count(name, number, labels) }),
  createHistogram: () => ({ record: () => {} }),
}
const trouble = []
const store = createMemoryStore()
const onError = (error, step) => trouble.push(`${step}: ${error?.stack ?? error}`)
const options = { ruleset: ruleset.value, secret, store, onError }
const collector = observeCollector(createCollector(options), { meter })
const sockets = createSockets({ secret, handle: collector.handle, perAddress: 1_000 })
const routes = {
  '/attune/collect': createNodeHandler(collector.handle),
  '/attune/socket': createNodeHandler(createRenewal(options).handle),
  '/attune/pixel.gif': createNodeHandler(createPixel({ ...options, collector }).handle),
}
const server = createServer((incoming, outgoing) => {
  const route = routes[incoming.url.split('?')[0]]
  if (route === undefined) outgoing.writeHead(404).end()
  else void route(incoming, outgoing)
})
server.on('upgrade', sockets.upgrade)

let last = process.threadCpuUsage()
let worst = 0
setInterval(() => {
  const now = process.threadCpuUsage()
  worst = Math.max(worst, (now.user + now.system - last.user - last.system) / 1_000)
  last = now
}, 5)

process.on('uncaughtException', (error) => trouble.push(`uncaught: ${error.stack}`))
process.on('unhandledRejection', (error) => trouble.push(`unhandled: ${error?.stack ?? error}`))
process.on('disconnect', () => process.exit())
process.on('message', async (asked) => {
  const told = { counted, trouble, worst, sockets: sockets.state(), rejected: await store.rejectedCounts() }
  if (asked === 'forget') worst = 0
  process.send?.(told)
})
server.listen(0, '127.0.0.1', () => process.send?.({ port: server.address().port }))
