import { createMemoryStore } from '@attune/storage/memory'
import { createListener } from '../../examples/hono/node-app.ts'
import { DEAD, listen, newSecret } from './hosts.ts'
import { describePromises } from './promises.ts'

describePromises('a site on node:http', () => {
  const secret = newSecret()
  return listen(createListener({ secret, store: createMemoryStore(), reader: DEAD }), secret)
})
