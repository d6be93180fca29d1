import { createNodeHandler } from '@attune/collector/node'
import { createMemoryStore } from '@attune/storage/memory'
import { createFetch } from '../../examples/hono/web-app.ts'
import { DEAD, listen, newSecret } from './hosts.ts'
import { describePromises } from './promises.ts'

describePromises('a site that is one function of the web', () => {
  const secret = newSecret()
  return listen(createNodeHandler(createFetch({ secret, store: createMemoryStore(), reader: DEAD })), secret)
})
