import { createCollector } from '@attune/collector'
import { createHost, settleCacheControl } from '@attune/edge/host'
import type { SiteOptions } from './hono-app.ts'
import { homePage, productPage } from './page.ts'
import { readRuleset } from './ruleset.ts'

/** The same site as one function of the web, as Deno, Bun and others call it. */
export function createFetch({
  secret,
  store,
  reader = store,
}: SiteOptions): (request: Request) => Promise<Response> {
  const ruleset = readRuleset()
  const collect = createCollector({ ruleset, secret, store }).handle
  const host = createHost({ ruleset, secret, store: reader, collect })

  return async (request) => {
    const { response, attuned, cookies, cacheControl, timing } = await host.decide(request)
    if (response !== undefined) return response
    const html = attuned.route === '/' ? homePage(attuned.variants) : productPage(attuned.variants)
    const answer = new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8' } })
    const settled = settleCacheControl(cacheControl, answer.headers.get('cache-control'))
    if (settled !== undefined) answer.headers.set('cache-control', settled)
    if (timing !== undefined) answer.headers.append('server-timing', timing)
    for (const cookie of cookies) answer.headers.append('set-cookie', cookie)
    return answer
  }
}
