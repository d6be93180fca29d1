// A process of its own: folds what waits in a Redis until SIGTERM, then says what it did. node queue-worker.ts <url> <site> <lease>
import './from-source.ts'

const { PLAN } = await import('../../src/contract/builders.ts')
const { runWorker } = await import('../../src/queue.ts')
const { createRedisStore } = await import('../../src/redis.ts')
const { createRedisQueue } = await import('../../src/redis-queue.ts')

const [, , url = '', site = '', lease = '1000'] = process.argv
const place = { url, site, timeout: 2_000 }
const queue = createRedisQueue({ ...place, lease: Number(lease) })
const store = createRedisStore(place)
const controller = new AbortController()
process.once('SIGTERM', () => controller.abort())
// Nobody is left to ask for it.
process.once('disconnect', () => process.exit(1))
const worker = runWorker({ queue, store, plan: () => PLAN, signal: controller.signal })
process.send?.('folding')
await worker.ended
await queue.close()
await store.close()
const { delays, ...counts } = worker.report()
process.send?.({ ...counts, delays: delays.buckets() })
process.removeAllListeners('disconnect')
process.disconnect?.()
