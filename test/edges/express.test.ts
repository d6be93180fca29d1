import type { RequestListener } from 'node:http'
import { createRequire } from 'node:module'
import { createCollector } from '@attune/collector'
import { createNodeHandler } from '@attune/collector/node'
import { createNodeMiddleware, readAttuned } from '@attune/edge/node'
import { createMemoryStore } from '@attune/storage/memory'
import { homePage, productPage } from '../../examples/hono/page.ts'
import { readRuleset } from '../../examples/hono/ruleset.ts'
import { DEAD, listen, newSecret } from './hosts.ts'
import { describePromises } from './promises.ts'

type Show = (request: object, response: { send(html: string): void }) => void

interface Express {
  (): RequestListener & Express
  use(handler: unknown): void
  post(path: string, handler: unknown): void
  get(path: string, show: Show): void
}

describePromises('a site on Express', () => {
  // It brings no types of its own.
  const express = createRequire(import.meta.url)('express') as Express
  const ruleset = readRuleset()
  const secret = newSecret()
  const app = express()
  app.use(createNodeMiddleware({ ruleset, secret, store: DEAD }))
  app.post(
    '/attune/collect',
    createNodeHandler(createCollector({ ruleset, secret, store: createMemoryStore() }).handle),
  )
  app.get('/', (request, response) => response.send(homePage(readAttuned(request).variants)))
  app.get('/product/:slug', (request, response) => response.send(productPage(readAttuned(request).variants)))
  return listen(app, secret)
})
