// A Redis and a bridge before it, in a process of their own. Tells its address, and how many requests it had when asked.
import { startRedis } from '../../test/support/redis.ts'
import { startUpstashBridge } from '../../test/support/upstash-bridge.ts'

const redis = await startRedis()
const bridge = await startUpstashBridge({ redis: redis.port })
process.on('message', () => process.send({ calls: bridge.calls() }))
process.on('disconnect', async () => {
  await bridge.close()
  await redis.stop()
  process.exit(0)
})
process.send({ url: bridge.url, token: bridge.token })
