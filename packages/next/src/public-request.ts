// `user@host` and `host/path` make addresses too, but of somebody, or of somewhere else.
const ORIGIN = /^https?:\/\/[^/?#@\\]+$/i

/**
 * The address the visitor sees. A Next server names itself in `request.url`; who was asked stands in the headers. No page
 * of another site can make a browser send others, so they may decide what is same-origin.
 */
export function publicAddress(request: Request): string {
  const host = first(request.headers.get('x-forwarded-host')) ?? request.headers.get('host')
  const protocol = first(request.headers.get('x-forwarded-proto'))
  const url = new URL(request.url)
  const origin = `${protocol ?? url.protocol.slice(0, -1)}://${host}`
  if (host === null || origin === url.origin || !ORIGIN.test(origin) || !URL.canParse(origin))
    return request.url
  return origin + url.pathname + url.search
}

/** The request at the address the visitor sees. */
export function toPublicRequest(request: Request): Request {
  const address = publicAddress(request)
  return address === request.url ? request : new Request(address, request)
}

function first(list: string | null): string | undefined {
  return list?.split(',')[0]?.trim() || undefined
}
