/** What Cloudflare tells of where a request comes from, beside its headers. */
interface Place {
  readonly country?: unknown
  readonly regionCode?: unknown
  readonly city?: unknown
  readonly timezone?: unknown
}

const HEADERS = {
  country: 'cf-ipcountry',
  regionCode: 'cf-region-code',
  city: 'cf-ipcity',
  timezone: 'cf-timezone',
} as const

/** The request with its place in the headers that `GEO_PRESETS.cloudflare` names; what a visitor wrote there does not count. */
export function withPlace(request: Request): Request {
  const { cf: place } = request as Request & { readonly cf?: Place }
  if (place === undefined) return request
  const headers = new Headers(request.headers)
  for (const [field, name] of Object.entries(HEADERS)) {
    const value = place[field as keyof Place]
    if (typeof value === 'string') headers.set(name, encodeURIComponent(value).replaceAll('%2F', '/'))
    else headers.delete(name)
  }
  return new Request(request.url, { method: request.method, headers })
}
