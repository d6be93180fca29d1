import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A cache in front of a host. */
export interface SharedCache {
  readonly origin: string
  readonly stop: () => Promise<void>
}

/**
 * Starts a cache that keys on the address alone and keeps every answer to a GET that does not forbid it, as an eager one would: also what says
 * nothing of how long, whatever `Vary` says, and with its cookies.
 */
export async function startSharedCache(behind: string): Promise<SharedCache> {
  const kept = new Map<string, Response>()

  const answer = async (incoming: IncomingMessage): Promise<Response> => {
    const { method = 'GET', url = '/' } = incoming
    const known = method === 'GET' ? kept.get(url) : undefined
    if (known !== undefined) return known.clone()
    const init = { method, headers: headersOf(incoming), redirect: 'manual' as const }
    const body = method === 'GET' ? null : await readBody(incoming)
    const fresh = await fetch(behind + url, { ...init, body })
    if (method === 'GET' && !/private|no-store/.test(fresh.headers.get('cache-control') ?? ''))
      kept.set(url, fresh.clone())
    return fresh
  }

  const server = createServer(async (incoming, outgoing) => {
    const { status, headers, ...response } = await read(await answer(incoming))
    outgoing.writeHead(status, headers)
    outgoing.end(response.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const HOP = ['host', 'connection', 'content-length', 'transfer-encoding']
const DECODED = ['content-encoding', 'content-length', 'transfer-encoding', 'connection', 'keep-alive']

function headersOf({ headers }: IncomingMessage): Headers {
  const known = Object.entries(headers).filter(([name]) => !HOP.includes(name))
  return new Headers(known.map(([name, value]): [string, string] => [name, String(value)]))
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of incoming) parts.push(part)
  return Buffer.concat(parts).toString()
}

async function read(
  answer: Response,
): Promise<{ readonly status: number; readonly headers: string[]; readonly body: Buffer }> {
  const pairs = [...answer.headers].filter(([name]) => !DECODED.includes(name))
  return { status: answer.status, headers: pairs.flat(), body: Buffer.from(await answer.arrayBuffer()) }
}
