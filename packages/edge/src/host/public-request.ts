/**
 * The request at the address that the visitor sees: behind a proxy that ends TLS, a server is asked by http. `origin` says it, else
 * `X-Forwarded-Proto`, which no page of another site can make a browser send.
 */
export function toPublicRequest(request: Request, origin: string | undefined): Request {
  const url = new URL(request.url)
  const wanted = origin ?? `${schemeOf(request, url)}//${url.host}`
  if (wanted === url.origin) return request
  return new Request(wanted + url.pathname + url.search, request)
}

function schemeOf({ headers }: Request, { protocol }: URL): string {
  const [forwarded = ''] = headers.get('x-forwarded-proto')?.split(',') ?? []
  return forwarded.trim() === 'https' ? 'https:' : protocol
}
