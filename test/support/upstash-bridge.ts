import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connectRedis, type RedisConnection } from './upstash-bridge-connection.ts'
import type { Reply } from './upstash-bridge-replies.ts'

/** A bridge that runs. */
export interface UpstashBridge {
  readonly url: string
  readonly token: string
  /** How many requests it has had. */
  calls(): number
  close(): Promise<void>
}

/** Where the Redis is, and what the bridge lets in. */
export interface UpstashBridgeOptions {
  /** Port of a Redis on this machine. */
  readonly redis: number
  readonly token?: string
  /** Port of the bridge itself; default: any free one. */
  readonly port?: number
}

interface Answer {
  readonly status: number
  readonly body: unknown
}

type Words = readonly string[]

/**
 * A stand-in for Upstash's REST service in front of a real Redis: single commands in the body or in the path, `/pipeline`,
 * `/multi-exec`, bearer or `_token`, base64 on request, and a sync token with every answer.
 */
export async function startUpstashBridge({
  redis,
  token = 'bridge-token',
  port = 0,
}: UpstashBridgeOptions): Promise<UpstashBridge> {
  const connection = connectRedis(redis)
  let calls = 0
  const server = createServer((request, response) => {
    calls++
    void answer(connection, token, request).then((answered) => send(request, response, answered, calls))
  })
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  // A TCP server's address is never a text or null.
  const address = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${address.port}`,
    token,
    calls: () => calls,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      connection.close()
      await closed
    },
  }
}

async function answer(connection: RedisConnection, token: string, request: IncomingMessage): Promise<Answer> {
  const url = new URL(request.url ?? '/', 'http://bridge')
  const given = request.headers.authorization ?? `Bearer ${url.searchParams.get('_token') ?? ''}`
  if (given !== `Bearer ${token}`) return { status: 401, body: { error: 'Unauthorized' } }
  const base64 = request.headers['upstash-encoding'] === 'base64'
  try {
    const body = await readBody(request)
    if (url.pathname === '/pipeline') return answerPipeline(await connection.send(commandsOf(body)), base64)
    if (url.pathname === '/multi-exec') return await answerMulti(connection, commandsOf(body), base64)
    const words = url.pathname === '/' ? wordsOf(JSON.parse(body)) : wordsOfPath(url, body)
    const [reply] = await connection.send([words])
    const item = itemOf(reply!, base64)
    return { status: 'error' in item ? 400 : 200, body: item }
  } catch (error) {
    if (error instanceof BadRequest || error instanceof SyntaxError)
      return { status: 400, body: { error: `ERR failed to parse: ${error.message}` } }
    return { status: 503, body: { error: 'ERR the Redis behind the bridge does not answer' } }
  }
}

function answerPipeline(replies: readonly Reply[], base64: boolean): Answer {
  return { status: 200, body: replies.map((reply) => itemOf(reply, base64)) }
}

async function answerMulti(
  connection: RedisConnection,
  commands: readonly Words[],
  base64: boolean,
): Promise<Answer> {
  const replies = await connection.send([['MULTI'], ...commands, ['EXEC']])
  const done = replies.at(-1)!
  return Array.isArray(done) ? answerPipeline(done, base64) : { status: 400, body: itemOf(done, base64) }
}

class BadRequest extends Error {}

function commandsOf(body: string): readonly Words[] {
  const value: unknown = JSON.parse(body)
  if (!Array.isArray(value) || value.length === 0) throw new BadRequest('a list of commands is wanted')
  return value.map(wordsOf)
}

function wordsOf(value: unknown): Words {
  if (!Array.isArray(value) || value.length === 0) throw new BadRequest('a command is a list of words')
  if (value.some((word) => typeof word === 'object')) throw new BadRequest('a word is text or a number')
  return value.map(String)
}

// `/set/key/value?EX=100`, or the value as the body.
function wordsOfPath(url: URL, body: string): Words {
  const options = [...url.searchParams].filter(([name]) => name !== '_token').flat()
  const path = url.pathname.slice(1).split('/').map(decodeURIComponent)
  return [...path, ...(body === '' ? [] : [body]), ...options].filter((word) => word !== '')
}

function itemOf(reply: Reply, base64: boolean): { readonly result: unknown } | { readonly error: string } {
  return isError(reply) ? reply : { result: jsonOf(reply, base64) }
}

function jsonOf(reply: Reply, base64: boolean): unknown {
  if (reply === null || typeof reply === 'number') return reply
  if (Buffer.isBuffer(reply)) return reply.toString(base64 ? 'base64' : 'utf8')
  if (isList(reply)) return reply.map((item) => jsonOf(item, base64))
  if ('error' in reply) return reply.error
  const isPlain = !base64 || reply.status === 'OK'
  return isPlain ? reply.status : Buffer.from(reply.status).toString('base64')
}

function isError(reply: Reply): reply is { readonly error: string } {
  return reply !== null && typeof reply === 'object' && 'error' in reply
}

function isList(reply: Reply): reply is readonly Reply[] {
  return Array.isArray(reply)
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

function send(
  { headers }: IncomingMessage,
  response: ServerResponse,
  { status, body }: Answer,
  moment: number,
): void {
  const known = Number(/^bridge-(\d+)$/.exec(String(headers['upstash-sync-token']))?.[1] ?? 0)
  response.writeHead(status, {
    'content-type': 'application/json',
    'upstash-sync-token': `bridge-${Math.max(known, moment)}`,
  })
  response.end(JSON.stringify(body))
}
