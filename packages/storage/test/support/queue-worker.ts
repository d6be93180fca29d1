// A process of its own: folds what waits in a Redis until SIGTERM, then says what it did. node queue-worker.ts <url> <site> <lease>
import { registerHooks } from 'node:module'

registerHooks({
  resolve: (specifier, context, next) => {
    const [, name, entry = 'index'] = /^@attune\/([a-z-]+)(?:\/([a-z-]+))?$/.exec(specifier) ?? []
    if (name === undefined) return next(specifier, context)
    return next(new URL(`../../../${name}/src/${entry}.ts`, import.meta.url).href, context)
  },
})
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
