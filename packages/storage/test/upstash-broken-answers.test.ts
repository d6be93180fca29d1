import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { freePort } from '../../../test/support/free-port.ts'
import { createUpstashRest, type UpstashRest } from '../src/drivers/upstash-rest.ts'
import { StoreBusyError } from '../src/store-error.ts'

const BODY = JSON.stringify({ result: ['a', null, 7, 'ü😀'] })
let answer: (response: ServerResponse) => void
let server: Server
let rest: UpstashRest

beforeAll(async () => {
  server = createServer((request, response) => void request.resume().on('end', () => answer(response)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A TCP server's address is never a text or null.
  const { port } = server.address() as AddressInfo
  rest = makeRest(port, 5_000)
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

function makeRest(port: number, timeout: number, again = false): UpstashRest {
  const url = `http://127.0.0.1:${port}`
  return createUpstashRest('upstash', { url, token: 'a-token', timeout, again })
}

const whole = (response: ServerResponse) => void response.end(BODY)

const ways: readonly (readonly [how: string, cut: (response: ServerResponse, part: Buffer) => void])[] = [
  ['reset', (response, part) => void response.write(part, () => response.socket?.resetAndDestroy())],
  ['ended early', (response, part) => void response.write(part, () => response.socket?.destroy())],
]

test.each(ways)('an answer that is %s at any byte is an error, never half an answer', async (_, cut) => {
  const bytes = Buffer.from(BODY)
  for (let length = 0; length < bytes.length; length++) {
    answer = (response) => {
      response.setHeader('content-length', bytes.length)
      cut(response, bytes.subarray(0, length))
    }
    await expect(rest.command(['GET', 'k'])).rejects.toBeInstanceOf(StoreBusyError)
  }
  answer = whole
  expect(await rest.command(['GET', 'k'])).toEqual(JSON.parse(BODY))
})

test('an answer that comes byte by byte is read whole', async () => {
  answer = (response) => {
    const bytes = [...Buffer.from(BODY)]
    const next = (): void => {
      const byte = bytes.shift()
      if (byte === undefined) response.end()
      else response.write(Buffer.of(byte), () => setImmediate(next))
    }
    next()
  }
  expect(await rest.command(['GET', 'k'])).toEqual(JSON.parse(BODY))
})

test.each([
  ['no byte', ''],
  ['half a body', '{"res'],
])('a service that sends %s and then nothing is given up at the deadline', async (_, part) => {
  const { port } = server.address() as AddressInfo
  const hasty = makeRest(port, 60)
  answer = (response) => void (part === '' || response.write(part))
  await expect(hasty.command(['GET', 'k'])).rejects.toThrow('no whole answer within 60 ms')
  answer = whole
  // A busy machine may take longer than that for a whole answer too.
  const again = await vi.waitFor(() => hasty.command(['GET', 'k']), { timeout: 20_000, interval: 10 })
  expect(again).toEqual(JSON.parse(BODY))
})

test('a connection that breaks before any answer is tried once more where that is allowed, and only once', async () => {
  const { port } = server.address() as AddressInfo
  let asked = 0
  const breakFirst = (times: number) => (response: ServerResponse) => {
    if (++asked > times) whole(response)
    else response.socket?.resetAndDestroy()
  }
  answer = breakFirst(1)
  expect(await makeRest(port, 5_000, true).command(['GET', 'k'])).toEqual(JSON.parse(BODY))
  expect(asked).toBe(2)
  asked = 0
  answer = breakFirst(2)
  await expect(makeRest(port, 5_000, true).command(['GET', 'k'])).rejects.toBeInstanceOf(StoreBusyError)
  expect(asked).toBe(2)
  asked = 0
  await expect(rest.command(['GET', 'k'])).rejects.toBeInstanceOf(StoreBusyError)
  expect(asked).toBe(1)
})

test('what is past its deadline is not asked again', async () => {
  let asked = 0
  const silent = createUpstashRest('upstash', {
    url: 'http://127.0.0.1:1',
    token: 'a-token',
    timeout: 20,
    again: true,
    fetch: (_input, init) =>
      new Promise((_, reject) => {
        asked++
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason))
      }),
  })
  await expect(silent.command(['GET', 'k'])).rejects.toThrow('no whole answer within 20 ms')
  expect(asked).toBe(1)
})

test('a port that nobody listens on is told with its reason', async () => {
  await expect(makeRest(await freePort(), 5_000).command(['GET', 'k'])).rejects.toThrow(
    '[storage] upstash: the service cannot be reached (ECONNREFUSED). Try again.',
  )
})
