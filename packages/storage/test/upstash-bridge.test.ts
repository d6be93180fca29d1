import { connect } from 'node:net'
import { Redis } from '@upstash/redis'
import { createClient } from 'redis'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { NO_REDIS, type RedisServer, startRedis } from '../../../test/support/redis.ts'
import { startUpstashBridge, type UpstashBridge } from '../../../test/support/upstash-bridge.ts'
import { createReplyReader, type Reply, writeCommands } from '../../../test/support/upstash-bridge-replies.ts'

let server: RedisServer
let bridge: UpstashBridge
// Somebody else's client, beside the bridge: what it hears is what the Redis says.
let direct: ReturnType<typeof createClient>

type Words = readonly (string | number)[]

async function ask(path: string, body?: unknown, headers: { readonly [name: string]: string } = {}) {
  const response = await fetch(`${bridge.url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${bridge.token}`, ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const answer: unknown = await response.json()
  return { status: response.status, answer, token: response.headers.get('upstash-sync-token') }
}

const told = (words: Words) =>
  direct.sendCommand(words.map(String)).then(
    (result): unknown => ({ result }),
    (error: Error): unknown => ({ error: error.message }),
  )

const setup: readonly Words[] = [
  ['SET', 'text', 'ü😀 "\\\u0000\n'],
  ['SET', 'number', 7],
  ['HSET', 'hash', 'a', '1', 'b', '{"x":[true]}'],
  ['RPUSH', 'list', 'true', '007', ''],
]

const commands: readonly Words[] = [
  ['GET', 'text'],
  ['GET', 'nothing'],
  ['INCR', 'number'],
  ['HGETALL', 'hash'],
  ['HMGET', 'hash', 'a', 'nothing', 'b'],
  ['LRANGE', 'list', 0, -1],
  ['SCAN', 0, 'MATCH', 'has*', 'COUNT', 1000],
  ['PING'],
  ['SET', 'new', 'x', 'NX'],
  ['SET', 'new', 'x', 'NX'],
  ['TYPE', 'hash'],
  ['EVAL', 'return { 1, "a", false, { ARGV[1] }, {} }', 1, 'text', 'ü'],
  ['EVAL_RO', 'return redis.call("SET", "a", "b")', 0],
  ['EVALSHA', 'f'.repeat(40), 0],
  ['LPUSH', 'hash', 'x'],
  ['GET'],
  ['NOSUCH', 'x'],
]

describe.skipIf(NO_REDIS)(`a bridge before a real Redis${NO_REDIS ? `: ${NO_REDIS}` : ''}`, () => {
  beforeAll(async () => {
    server = await startRedis()
    bridge = await startUpstashBridge({ redis: server.port })
    direct = createClient({ url: server.url, RESP: 2 })
    await direct.connect()
  })
  beforeEach(async () => void (await direct.sendCommand(['FLUSHALL'])))
  afterAll(async () => {
    await direct.close()
    await bridge.close()
    await server.stop()
  })

  test.each([false, true])('answers each command as the Redis does (base64: %s)', async (base64) => {
    const headers: { readonly [name: string]: string } = base64 ? { 'upstash-encoding': 'base64' } : {}
    const through: unknown[] = []
    const straight: unknown[] = []
    for (const words of setup) await told(words)
    for (const words of commands) through.push((await ask('/', words, headers)).answer)
    await direct.sendCommand(['FLUSHALL'])
    for (const words of setup) await told(words)
    for (const words of commands) straight.push(await told(words))
    expect(base64 ? through.map(decode) : through).toEqual(straight)
  })

  test('answers a pipeline in order, each error in its place', async () => {
    const list = [...setup, ...commands]
    const { status, answer } = await ask('/pipeline', list)
    await direct.sendCommand(['FLUSHALL'])
    const straight: unknown[] = []
    for (const words of list) straight.push(await told(words))
    expect([status, answer]).toEqual([200, straight])
  })

  test('a transaction is all or nothing', async () => {
    const done = [
      ['SET', 'a', '1'],
      ['LPUSH', 'a', 'x'],
      ['GET', 'a'],
    ]
    expect(await ask('/multi-exec', done)).toMatchObject({
      status: 200,
      answer: [{ result: 'OK' }, { error: expect.stringMatching(/^WRONGTYPE/) }, { result: '1' }],
    })
    const broken = [['SET', 'a', '2'], ['NOSUCH']]
    expect(await ask('/multi-exec', broken)).toMatchObject({
      status: 400,
      answer: { error: expect.stringMatching(/^EXECABORT/) },
    })
    expect(await told(['GET', 'a'])).toEqual({ result: '1' })
  })

  test('a command may stand in the path, its last word in the body, its options behind the question mark', async () => {
    expect((await ask('/set/a%2Fb/c%20d')).answer).toEqual({ result: 'OK' })
    expect((await ask('/get/a%2Fb')).answer).toEqual({ result: 'c d' })
    expect((await ask('/set/json?EX=100', '{"a":1}')).answer).toEqual({ result: 'OK' })
    expect(await told(['GET', 'json'])).toEqual({ result: '{"a":1}' })
    expect(await told(['TTL', 'json'])).toEqual({ result: 100 })
  })

  test('nothing is answered without the token, on any path', async () => {
    for (const path of ['/', '/pipeline', '/multi-exec', '/get/a', '/get/a?_token=wrong']) {
      const none = await fetch(`${bridge.url}${path}`, { method: 'POST', body: '[["GET","a"]]' })
      expect([none.status, await none.json()]).toEqual([401, { error: 'Unauthorized' }])
    }
    const named = await fetch(`${bridge.url}/ping?_token=${bridge.token}`)
    expect(await named.json()).toEqual({ result: 'PONG' })
  })

  test.each(['', '{', '[]', '{}', '"GET"', '[["GET","a"]]'])('the body %j is no command', async (body) => {
    const { status, answer } = await ask('/', body)
    expect([status, answer]).toEqual([400, { error: expect.stringMatching(/^ERR failed to parse/) }])
  })

  test('every answer carries a sync token, never an older one than was sent', async () => {
    const first = await ask('/', ['PING'])
    const second = await ask('/', ['PING'], { 'upstash-sync-token': 'bridge-1000000' })
    expect(first.token).toMatch(/^bridge-\d+$/)
    expect(second.token).toBe('bridge-1000000')
  })

  test('replies of one connection reach whoever asked, however many ask at once', async () => {
    const keys = Array.from({ length: 200 }, (_, at) => `key ${at}`)
    await Promise.all(keys.map((key) => ask('/', ['SET', key, `of ${key}`])))
    const answers = await Promise.all(keys.map(async (key) => (await ask('/', ['GET', key])).answer))
    expect(answers).toEqual(keys.map((key) => ({ result: `of ${key}` })))
  })

  test('commands are written as the Redis reads them', async () => {
    const socket = connect({ host: '127.0.0.1', port: server.port })
    const replies = await new Promise<readonly Reply[]>((resolve) => {
      const heard: Reply[] = []
      const read = createReplyReader((reply) => {
        heard.push(reply)
        if (heard.length === 2) resolve(heard)
      })
      socket.on('data', read)
      socket.write(
        writeCommands([
          ['ECHO', 'ü\r\n$1'],
          ['ECHO', ''],
        ]),
      )
    })
    socket.destroy()
    expect(replies).toEqual([Buffer.from('ü\r\n$1'), Buffer.alloc(0)])
  })

  test('its client finds in it what it looks for', async () => {
    const redis = new Redis({ ...bridge, enableTelemetry: false })
    await redis.hset('visitor', { plan: 'p', profile: { seen: ['ü', null] } })
    expect(await redis.hgetall('visitor')).toEqual({ plan: 'p', profile: { seen: ['ü', null] } })
    expect(await redis.pipeline().incr('n').get('n').exec()).toEqual([1, 1])
    expect(await redis.multi().incr('n').get('n').exec()).toEqual([2, 2])
    expect(await redis.createScript<string>('return ARGV[1]').exec([], ['x'])).toBe('x')
    await expect(redis.lpush('visitor', 'x')).rejects.toThrow(/WRONGTYPE/)
  })
})

test('replies are told whole, wherever their bytes are cut', async () => {
  const bytes = Buffer.from('*5\r\n$2\r\n\r\n\r\n:-7\r\n$-1\r\n*0\r\n+OK\r\n-ERR no\r\n*-1\r\n$0\r\n\r\n')
  const whole: readonly Reply[] = [
    [Buffer.from('\r\n'), -7, null, [], { status: 'OK' }],
    { error: 'ERR no' },
    null,
    Buffer.alloc(0),
  ]
  for (let size = 1; size <= bytes.length; size++) {
    const heard: Reply[] = []
    const read = createReplyReader((reply) => heard.push(reply))
    for (let at = 0; at < bytes.length; at += size) read(bytes.subarray(at, at + size))
    expect(heard).toEqual(whole)
  }
})

// Every text of an answer, but for `OK`, is in base64.
function decode(value: unknown): unknown {
  if (typeof value === 'string') return value === 'OK' ? value : Buffer.from(value, 'base64').toString('utf8')
  if (Array.isArray(value)) return value.map(decode)
  if (typeof value !== 'object' || value === null) return value
  return 'result' in value ? { result: decode(value.result) } : value
}
