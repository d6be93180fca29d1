import { createHash } from 'node:crypto'
import { createCollector } from '@attune/collector'
import { createNodeHandler } from '@attune/collector/node'
import { createSealKeys, decodeCode, type PublishedRuleset } from '@attune/core'
import { createRouter } from '@attune/edge'
import { createMemoryStore } from '@attune/storage/memory'
import { homePage, productPage } from '../../examples/hono/page.ts'
import { readRuleset } from '../../examples/hono/ruleset.ts'
import { listen } from './hosts.ts'
import type { RunningHost } from './promises.ts'

/** A site that knows variant pages by their code, and no visitor. */
export interface VariantOrigin extends RunningHost {
  /** Paths it was asked for, the first first. */
  readonly asked: string[]
  /** Headers of the last request for a page. */
  readonly headers: () => Headers
  /** From now on variant pages are answered with this status. */
  readonly fail: (status: number | undefined) => void
  /** From now on variant pages are never answered, or answered again. */
  readonly hang: (isHanging: boolean) => void
  /** From now on pages say this of how they may be kept. */
  readonly keepAs: (cacheControl: string) => void
}

const KEPT = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 's-maxage=60, stale-while-revalidate=600',
}

/** Starts the origin: variant pages below `/attune/<code>`, plain ones at public addresses, events at `/attune/collect`. */
export async function startVariantOrigin(
  secret: string,
  ruleset: PublishedRuleset = readRuleset(),
): Promise<VariantOrigin> {
  const keys = createSealKeys(secret)
  const router = createRouter(Object.keys(ruleset.routes))
  const { handle } = createCollector({ ruleset, secret, store: createMemoryStore() })
  const asked: string[] = []
  let last = new Headers()
  let failure: number | undefined
  let isHanging = false
  let cacheControl = KEPT['cache-control']

  const page = (pathname: string): string | undefined => {
    const [, code, rest] = /^\/attune\/([^/]+)(\/.*)?$/.exec(pathname) ?? []
    const route = router(code === undefined ? pathname : (rest ?? '/'))?.route
    if (route === undefined) return code === undefined ? '<p>About us</p>' : undefined
    const variants = code === undefined ? {} : decodeCode(keys, 'site', ruleset, route, code)
    if (variants === undefined) return undefined
    return route === '/' ? homePage(variants) : productPage(variants)
  }

  const origin = await listen(
    createNodeHandler(async (request) => {
      const { pathname, search } = new URL(request.url)
      if (pathname === '/attune/collect') return handle(request)
      asked.push(pathname + search)
      last = new Headers(request.headers)
      if (pathname === '/old') return Response.redirect(`${new URL(request.url).origin}/about`, 301)
      if (failure !== undefined && pathname.startsWith('/attune/'))
        return new Response('broken', { status: failure })
      if (isHanging && pathname.startsWith('/attune/')) return new Promise(() => {})
      const html = page(pathname)
      if (html === undefined) return new Response('Not found', { status: 404 })
      const etag = `"${createHash('sha256').update(html).digest('hex').slice(0, 16)}"`
      if (request.headers.get('if-none-match') === etag)
        return new Response(null, { status: 304, headers: { ...KEPT, 'cache-control': cacheControl, etag } })
      return new Response(html, {
        headers: {
          ...KEPT,
          'cache-control': cacheControl,
          etag,
          'x-middleware-rewrite': pathname,
          'x-attune-told': 'hill-walker',
        },
      })
    }),
    secret,
  )
  return {
    ...origin,
    asked,
    headers: () => last,
    fail: (status) => {
      failure = status
    },
    hang: (wished) => {
      isHanging = wished
    },
    keepAs: (wished) => {
      cacheControl = wished
    },
  }
}
