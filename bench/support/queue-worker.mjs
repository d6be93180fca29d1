// Folds what waits in the queue of a benchmark: node queue-worker.mjs <ruleset file>, Redis in ATTUNE_REDIS_URL. Tells the delay from
// an event's receipt to its profile to whoever asks.
import { planRuleset } from '../../packages/core/dist/publish.js'
import { runWorker } from '../../packages/storage/dist/queue.js'
import { createRedisStore } from '../../packages/storage/dist/redis.js'
import { createRedisQueue } from '../../packages/storage/dist/redis-queue.js'
import { readRulesetFile } from '../../packages/storage/dist/ruleset-file.js'

const ruleset = readRulesetFile(process.argv[2])
if (!ruleset.ok) throw new Error(ruleset.problems[0].message)
const plan = planRuleset(ruleset.value)
const place = { url: process.env.ATTUNE_REDIS_URL, site: 'site' }
const worker = runWorker({
  queue: createRedisQueue(place),
  store: createRedisStore(place),
  plan: () => plan,
  signal: new AbortController().signal,
})
process.on('disconnect', () => process.exit())
process.on('message', () => {
  const { delays } = worker.report()
  process.send?.({ p50: delays.quantile(0.5), p99: delays.quantile(0.99), longest: delays.quantile(1) })
})
