import { createNodeHandler } from '@attune/collector/node'
import { createMemoryStore } from '@attune/storage/memory'
import { createApp } from '../../examples/hono/hono-app.ts'
import { DEAD, listen, newSecret } from './hosts.ts'
import { describePromises } from './promises.ts'

describePromises('a site on Hono', () => {
  const secret = newSecret()
  const app = createApp({ secret, store: createMemoryStore(), reader: DEAD })
  return listen(
    createNodeHandler(async (request) => app.fetch(request)),
    secret,
  )
})
