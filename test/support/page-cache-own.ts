// A shared cache for machines without nginx: keeps what a shared cache may keep, and says whether it had it.
import { once } from 'node:events'
import http, { type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { type CacheKey, KEPT_SECONDS } from './page-cache.ts'

interface Kept {
  readonly until: number
  readonly status: number
  readonly headers: readonly string[]
  readonly body: Buffer
  /** Request headers that the answer depends on, with the values it was made for. */
  readonly vary: ReadonlyMap<string, string>
}

const KEPT_STATUS: readonly number[] = [200, 301, 302, 404]
const SEGMENTS = /(?:^|; )attune_k=(v1\.[0-9a-f]{6}\.[A-Za-z0-9_-]{11})(?:;|$)/

/** Starts it on a port in front of `upstream`. */
export async function startOwnCache(
  upstream: string,
  port: number,
  key: CacheKey,
): Promise<{ readonly stop: () => Promise<void> }> {
  const kept = new Map<string, Kept[]>()
  const server = http.createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(502).end(String(error)))
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const segments = key === 'segments' ? (SEGMENTS.exec(request.headers.cookie ?? '')?.[1] ?? '') : ''
    const name = `${request.headers.host}${request.url} ${segments}`
    const isCacheable = request.method === 'GET' || request.method === 'HEAD'
    const found = isCacheable ? kept.get(name)?.find((one) => fits(one, request.headers)) : undefined
    const got = found ?? (await ask(request, segments))
    if (found === undefined && request.method === 'GET' && mayKeep(got))
      kept.set(name, [...(kept.get(name) ?? []), got])
    response.writeHead(got.status, [...got.headers, 'X-Cache', found === undefined ? 'MISS' : 'HIT'])
    response.end(got.body)
  }

  async function ask(request: IncomingMessage, segments: string): Promise<Kept> {
    const { 'x-attune-segment': _, ...passed } = request.headers
    const headers = segments === '' || key === 'url' ? passed : { ...passed, 'x-attune-segment': segments }
    const asked = http.request(new URL(request.url ?? '/', upstream), {
      method: request.method,
      headers: key === 'url' ? request.headers : headers,
      agent: false,
    })
    const [answered] = (await once(request.pipe(asked), 'response')) as [IncomingMessage]
    const parts: Buffer[] = []
    for await (const part of answered) parts.push(part)
    const names = (answered.headers.vary ?? '').toLowerCase().split(/\s*,\s*/)
    return {
      until: Date.now() + secondsOf(answered.headers) * 1000,
      status: answered.statusCode ?? 502,
      headers: withoutConnection(answered.rawHeaders),
      body: Buffer.concat(parts),
      vary: new Map(
        names.filter((name) => name !== '').map((name) => [name, headerOf(request.headers, name)]),
      ),
    }
  }

  return {
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function fits(kept: Kept, headers: IncomingHttpHeaders): boolean {
  return kept.until > Date.now() && [...kept.vary].every(([name, value]) => headerOf(headers, name) === value)
}

function mayKeep(got: Kept): boolean {
  const setsCookie = got.headers.some((name, at) => at % 2 === 0 && name.toLowerCase() === 'set-cookie')
  return KEPT_STATUS.includes(got.status) && !setsCookie && !got.vary.has('*') && got.until > Date.now()
}

// 0 for what a shared cache must not keep.
function secondsOf(headers: IncomingHttpHeaders): number {
  const control = (headers['cache-control'] ?? '').toLowerCase()
  if (/\b(?:no-store|no-cache|private)\b/.test(control)) return 0
  const age = /\bs-maxage="?(\d+)/.exec(control) ?? /\bmax-age="?(\d+)/.exec(control)
  if (age !== null) return Number(age[1])
  return headers.expires === undefined
    ? KEPT_SECONDS
    : Math.max(0, (Date.parse(headers.expires) - Date.now()) / 1000 || 0)
}

function withoutConnection(raw: readonly string[]): readonly string[] {
  return raw.filter(
    (_, at) => !/^(?:connection|transfer-encoding|keep-alive)$/i.test(raw[at - (at % 2)] ?? ''),
  )
}

const headerOf = (headers: IncomingHttpHeaders, name: string): string => String(headers[name] ?? '')
