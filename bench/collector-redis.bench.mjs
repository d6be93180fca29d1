// What the collector holds through a Redis that synchronises its log at every write: folding as events come, and leaving it to a
// worker beside it. Needs a redis-server.
import { benchCollector, benchDelay } from './support/collector-rounds.mjs'
import { findRedis, openRedis, openRedisQueue } from './support/collector-stores.mjs'

if (findRedis() === undefined) {
  process.stdout.write('Left out: there is no redis-server (Debian: apt-get install redis-server).\n')
} else {
  await benchCollector('The collector on Redis, appendfsync always', openRedis)
  await benchDelay('From receipt to profile through the queue', openRedisQueue, 2_000, '1,000')
  await benchCollector('The collector with a queue in Redis, appendfsync always, one worker', openRedisQueue)
}
