import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { startTcpFaultProxy, type TcpFaultProxy } from '../support/tcp-fault-proxy.ts'

// The server says back what it hears.
let echo: Server
let heard = ''
let proxy: TcpFaultProxy
const open: Socket[] = []

beforeAll(async () => {
  echo = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      heard += chunk
      socket.write(chunk)
    })
  })
  echo.listen(0, '127.0.0.1')
  await once(echo, 'listening')
  const address = echo.address()
  proxy = await startTcpFaultProxy(typeof address === 'object' && address !== null ? address.port : 0)
})
afterEach(async () => {
  for (const socket of open.splice(0)) socket.destroy()
  await proxy.set({})
  heard = ''
})
afterAll(async () => {
  await proxy.close()
  await new Promise((resolve) => echo.close(resolve))
})

interface Client {
  readonly socket: Socket
  readonly pieces: string[]
  /** The code of the error that ended it; `end` without one. */
  readonly ended: Promise<string>
}

async function dial(): Promise<Client> {
  const socket = connect(proxy.port, '127.0.0.1')
  open.push(socket)
  const pieces: string[] = []
  let code = 'end'
  socket.on('data', (chunk) => pieces.push(String(chunk)))
  socket.on('error', (error: NodeJS.ErrnoException) => {
    code = error.code ?? 'error'
  })
  const ended = new Promise<string>((resolve) => socket.once('close', () => resolve(code)))
  await Promise.race([once(socket, 'connect').catch(() => {}), ended])
  return { socket, pieces, ended }
}

const poll = { timeout: 5_000, interval: 2 }

test('what is whole passes, both ways', async () => {
  const { socket, pieces } = await dial()
  socket.write('hello')
  await expect.poll(() => pieces.join(''), poll).toBe('hello')
  expect([proxy.requested, proxy.replied, proxy.connections]).toEqual([5, 5, 1])
})

test('a reply arrives byte by byte', async () => {
  await proxy.set({ slice: 1 })
  const { socket, pieces } = await dial()
  socket.write('0123456789')
  await expect.poll(() => pieces.join(''), poll).toBe('0123456789')
  expect(pieces.length).toBeGreaterThan(3)
})

test.each([0, 1, 4, 9])(
  'a connection is reset after %i bytes of its reply, and the server heard all',
  async (bytes) => {
    await proxy.set({ resetReplyAfter: bytes })
    const { socket, pieces, ended } = await dial()
    socket.write('0123456789')
    expect(await ended).toBe('ECONNRESET')
    expect([pieces.join(''), heard]).toEqual(['0123456789'.slice(0, bytes), '0123456789'])
  },
)

test('a connection is reset after some bytes of its request, and the server heard no more', async () => {
  await proxy.set({ resetRequestAfter: 3 })
  const { socket, ended } = await dial()
  socket.write('0123456789')
  expect(await ended).toBe('ECONNRESET')
  await expect.poll(() => heard, poll).toBe('012')
})

test('a reply is late', async () => {
  await proxy.set({ latency: 60, jitter: 10 })
  const { socket, pieces } = await dial()
  const begun = performance.now()
  socket.write('late')
  await expect.poll(() => pieces.join(''), poll).toBe('late')
  // Timers of two clocks may differ by a millisecond.
  expect(performance.now() - begun).toBeGreaterThan(48)
})

test('a black hole swallows everything, and lets it go when it is over', async () => {
  const { socket, pieces } = await dial()
  await proxy.set({ blackHole: true })
  socket.write('into the dark')
  const other = await dial()
  other.socket.write('me too')
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect([pieces, other.pieces, heard]).toEqual([[], [], ''])
  await proxy.set({})
  await expect.poll(() => [pieces.join(''), other.pieces.join('')], poll).toEqual(['into the dark', 'me too'])
})

test('a half-open connection stays deaf after it healed, and a new one is heard', async () => {
  const before = await dial()
  await proxy.set({ halfOpen: true })
  const during = await dial()
  await proxy.set({})
  const after = await dial()
  for (const { socket } of [before, during, after]) socket.write('hello')
  await expect.poll(() => after.pieces.join(''), poll).toBe('hello')
  expect([before.pieces, during.pieces, heard]).toEqual([[], [], 'hello'])
  expect(before.socket.destroyed).toBe(false)
})

test('a refused connection is refused, and the port is the same afterwards', async () => {
  const before = await dial()
  await proxy.set({ refused: true })
  expect(await before.ended).toBe('ECONNRESET')
  expect(await (await dial()).ended).toBe('ECONNREFUSED')
  await proxy.set({})
  const after = await dial()
  after.socket.write('back')
  await expect.poll(() => after.pieces.join(''), poll).toBe('back')
})

test('connections that there are can be cut, and new ones made', async () => {
  const before = await dial()
  await expect.poll(() => proxy.connections, poll).toBe(1)
  proxy.cut()
  expect(await before.ended).toBe('ECONNRESET')
  expect(proxy.connections).toBe(0)
  const after = await dial()
  after.socket.write('again')
  await expect.poll(() => after.pieces.join(''), poll).toBe('again')
})
