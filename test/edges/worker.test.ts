import { describePromises } from './promises.ts'
import { newSecret } from './hosts.ts'
import { startWorker } from './start-worker.ts'
import { startVariantOrigin } from './variant-origin.ts'

describePromises('a Worker before a site with variant pages', async () => {
  const secret = newSecret()
  const origin = await startVariantOrigin(secret)
  const worker = await startWorker('site', { ATTUNE_SECRET: secret, ORIGIN: origin.origin })
  return {
    origin: worker.origin,
    secret,
    stop: async () => {
      await worker.stop()
      await origin.stop()
    },
  }
})
