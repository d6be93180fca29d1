import type { RequestListener } from 'node:http'
import { createCollector } from '@attune/collector'
import { createNodeHandler } from '@attune/collector/node'
import { createNodeMiddleware, readAttuned } from '@attune/edge/node'
import type { SiteOptions } from './hono-app.ts'
import { homePage, productPage } from './page.ts'
import { readRuleset } from './ruleset.ts'

/** The same site on `node:http` alone. */
export function createListener({ secret, store, reader = store }: SiteOptions): RequestListener {
  const ruleset = readRuleset()
  const collect = createNodeHandler(createCollector({ ruleset, secret, store }).handle)
  const attune = createNodeMiddleware({ ruleset, secret, store: reader })

  return (request, response) =>
    attune(request, response, () => {
      const { pathname } = new URL(request.url ?? '/', 'http://site')
      if (pathname === '/attune/collect') return collect(request, response)
      const { variants } = readAttuned(request)
      const html = pathname === '/' ? homePage(variants) : productPage(variants)
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html)
    })
}
