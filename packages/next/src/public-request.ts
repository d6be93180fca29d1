/**
 * The request at the address the visitor sees. A Next server names itself in `request.url`; who was asked stands in the
 * headers. No page of another site can make a browser send others, so they may decide what is same-origin.
 */
export function toPublicRequest(request: Request): Request {
  const host = first(request.headers.get('x-forwarded-host')) ?? request.headers.get('host')
  const protocol = first(request.headers.get('x-forwarded-proto'))
  const url = new URL(request.url)
  const named = `${protocol ?? url.protocol.slice(0, -1)}://${host}`
  if (host === null || named === url.origin || !URL.canParse(named)) return request
  return new Request(named + url.pathname + url.search, request)
}

function first(list: string | null): string | undefined {
  return list?.split(',')[0]?.trim() || undefined
}
