import type { NextRequest } from 'next/server'

/** The request as a site at the root would see it: rulesets name routes without the site's `basePath`. */
export function withoutBasePath(request: NextRequest, basePath: string): Request {
  const url = new URL(request.url)
  if (url.pathname === basePath || url.pathname.startsWith(`${basePath}/`))
    url.pathname = url.pathname.slice(basePath.length)
  return new Request(url, { headers: request.headers })
}
