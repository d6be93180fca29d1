/** What we need of a request of `node:http`, or of Express. */
export interface NodeRequest {
  readonly url?: string | undefined
  /** Express: the address as it was asked for, below whatever a router is mounted at. */
  readonly originalUrl?: string | undefined
  readonly headers: { readonly [name: string]: string | readonly string[] | undefined }
  readonly socket: object
}

/** The request as the web knows it, without its body, at the address that the visitor sees; `undefined` when it is no request of the web. */
export function toWebRequest(
  { url = '/', originalUrl = url, headers, socket }: NodeRequest,
  origin: string | undefined,
): Request | undefined {
  try {
    const [forwarded = ''] = String(headers['x-forwarded-proto'] ?? '').split(',')
    const isSecure = ('encrypted' in socket && socket.encrypted === true) || forwarded.trim() === 'https'
    const base = origin ?? `${isSecure ? 'https' : 'http'}://${headers.host ?? 'localhost'}`
    // Put together as text: resolved, a target like //elsewhere/ would be another host.
    return new Request(new URL(base).origin + pathOf(originalUrl), { headers: webHeaders(headers) })
  } catch {
    return undefined
  }
}

// A proxy may be asked for a whole address; whose, it knows itself.
function pathOf(target: string): string {
  if (target.startsWith('/')) return target
  const { pathname, search } = new URL(target)
  return pathname + search
}

function webHeaders(headers: NodeRequest['headers']): Headers {
  const all = Object.entries(headers).filter(([name]) => !name.startsWith(':'))
  return new Headers(
    all.map(([name, value = '']): [string, string] => [
      name,
      typeof value === 'string' ? value : value.join(', '),
    ]),
  )
}
