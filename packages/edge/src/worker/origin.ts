/** Headers by which hosts talk to themselves: from outside they mean nothing. */
const INTERNAL = /^x-(?:middleware|attune|nextjs|invoke|now|matched)-|^x-matched-path$|^next-resume$/
/** Headers by which the browser's half of Next.js asks for data of a page. */
const OF_NEXT = /^(?:rsc|next-url|next-action|next-router-.+)$/
/** What the browser may hear of them: by it Next.js knows the page's own parts after a rewrite. */
const TOLD_BY_NEXT =
  /^x-nextjs-(?:cache|prerender|stale-time|postponed|action-not-found|rewritten-(?:path|query)|deployment-id)$/

/** Where pages come from. */
export interface OriginOptions {
  /** Such as `https://origin.shop.example`. Default: the address that was asked for, where the Worker stands on a route of the zone. */
  readonly origin?: string | undefined
  /** The origin is a Next.js: it is asked for data of pages too. */
  readonly next?: boolean | undefined
}

/** Asks the origin, and makes its answers ours. */
export interface Origin {
  /** The request for a path (with its query) of the origin; `asked` changes headers, `null` takes one away. */
  request(from: Request, path: string, asked?: { readonly [header: string]: string | null }): Request
  /** The answer without what is not for visitors, and with redirects that lead back to the origin made public; its headers may be changed. */
  publish(answer: Response, from: Request): Response
}

/** Creates what speaks with the origin. Only the path of an address comes from the visitor. */
export function createOrigin({ origin, next = false }: OriginOptions): Origin {
  const base = origin === undefined ? undefined : new URL(origin).origin
  const isOutside = (name: string): boolean => INTERNAL.test(name) || (!next && OF_NEXT.test(name))
  const isInside = (name: string): boolean => INTERNAL.test(name) && !(next && TOLD_BY_NEXT.test(name))
  return {
    request: (from, path, asked = {}) => {
      const { origin: visited, protocol, host } = new URL(from.url)
      const headers = new Headers(from.headers)
      for (const name of [...headers.keys()]) if (isOutside(name)) headers.delete(name)
      headers.set('x-forwarded-host', host)
      headers.set('x-forwarded-proto', protocol.slice(0, -1))
      for (const [name, value] of Object.entries(asked)) {
        if (value === null) headers.delete(name)
        else headers.set(name, value)
      }
      // Put together as text: resolved, a path like //elsewhere/ would be another host.
      const request = new Request((base ?? visited) + path, from)
      return new Request(request, { headers, redirect: 'manual' })
    },
    publish: (answer, from) => {
      // An open connection cannot be wrapped.
      if (answer.status === 101) return answer
      const ours = new Response(answer.body, answer)
      for (const name of [...ours.headers.keys()]) if (isInside(name)) ours.headers.delete(name)
      const location = ours.headers.get('location')
      if (base !== undefined && location?.startsWith(`${base}/`))
        ours.headers.set('location', new URL(from.url).origin + location.slice(base.length))
      return ours
    },
  }
}
