import { Agent, type IncomingMessage, request } from 'node:http'
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'

/** A request as it goes over the wire: nothing of it is normalised, nothing added. */
export interface Asking {
  readonly method?: string
  /** The request target: a path in any spelling, or an absolute address. */
  readonly path: string
  /** Names may stand more than once. */
  readonly headers?: readonly (readonly [name: string, value: string])[]
  readonly body?: string
}

/** An answer with its body's own bytes, no longer packed. */
export interface Answered {
  readonly status: number
  /** The body as it went over the wire. */
  readonly wire: Buffer
  /** As they came, by lower-case name; what stands more than once is joined by a line break. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: Buffer
}

/** Asks one server over a few connections that are kept. */
export interface Asker {
  readonly host: string
  readonly ask: (asking: Asking) => Promise<Answered>
  readonly close: () => void
}

const PATIENCE_MS = 20_000
const TRIES = 3
const BROKEN = ['ECONNRESET', 'EPIPE', 'HPE_INVALID_CONSTANT']

/** Creates an asker of a server of this machine; `connections` requests are under way at once at most. */
export function createAsker(port: number, connections = 16): Asker {
  const agent = new Agent({ keepAlive: true, maxSockets: connections, scheduling: 'fifo' })
  const host = `127.0.0.1:${port}`

  async function ask(asking: Asking): Promise<Answered> {
    for (let tried = 1; ; tried++) {
      try {
        return await once(asking)
      } catch (error) {
        // A server may end a connection that it kept just when it is used again.
        if (tried === TRIES || !BROKEN.includes((error as NodeJS.ErrnoException).code ?? '')) throw error
      }
    }
  }

  function once({ method = 'GET', path, headers = [], body }: Asking): Promise<Answered> {
    const named = headers.some(([name]) => name.toLowerCase() === 'host')
    const lines = [...(named ? [] : [['Host', host] as const]), ...headers]
    const sized = body === undefined ? [] : [['Content-Length', String(Buffer.byteLength(body))] as const]
    return new Promise((resolve, reject) => {
      const asked = request({
        agent,
        host: '127.0.0.1',
        port,
        method,
        path,
        headers: [...lines, ...sized].flat(),
        setHost: false,
      })
      asked.setTimeout(PATIENCE_MS, () => {
        asked.destroy(new Error(`No answer to ${method} ${path} within ${PATIENCE_MS} ms.`))
      })
      asked.on('error', reject)
      asked.on('response', (answer) => read(answer).then(resolve, reject))
      asked.end(body)
    })
  }

  return { host, ask, close: () => agent.destroy() }
}

async function read(answer: IncomingMessage): Promise<Answered> {
  const parts: Buffer[] = []
  for await (const part of answer) parts.push(part)
  const headers = new Map<string, string>()
  for (let at = 0; at < answer.rawHeaders.length; at += 2) {
    const [name, value] = [answer.rawHeaders[at]!.toLowerCase(), answer.rawHeaders[at + 1]!]
    headers.set(name, headers.has(name) ? `${headers.get(name)}\n${value}` : value)
  }
  const wire = Buffer.concat(parts)
  const isWhole = wire.length > 0 && answer.statusCode !== 206
  const encoding = isWhole ? headers.get('content-encoding') : undefined
  return { status: answer.statusCode ?? 0, headers, wire, body: unpack(wire, encoding) }
}

function unpack(body: Buffer, encoding: string | undefined): Buffer {
  if (encoding === 'gzip') return gunzipSync(body)
  if (encoding === 'br') return brotliDecompressSync(body)
  return encoding === 'deflate' ? inflateSync(body) : body
}
