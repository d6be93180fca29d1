import type { PublishedRuleset } from '@attune/core'
import type { NextRequest } from 'next/server'
import { publicAddress } from './public-request.ts'

/** The request as a ruleset speaks of it: routes without the site's `basePath`, and the host that the visitor sees. */
export function createAsk(ruleset: PublishedRuleset): (request: NextRequest) => Request {
  // Another request object costs more than most decisions, so it is made only where it can matter.
  const looksAtHost = ruleset.nodes.some((node) => node.op === 'attr' && node.path === 'url.host')
  return (request) => {
    const { basePath } = request.nextUrl
    if (basePath === '' && !looksAtHost) return request
    const url = new URL(looksAtHost ? publicAddress(request) : request.url)
    if (url.pathname === basePath || url.pathname.startsWith(`${basePath}/`))
      url.pathname = url.pathname.slice(basePath.length)
    return new Request(url, { headers: request.headers })
  }
}
