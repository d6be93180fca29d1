import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createShedder } from '../../src/node.ts'
import { BROWSER, makeBatch, makeEvent, visitorCookie } from '../builders.ts'
import { makeSocketSite, refusalOf } from './make-socket-site.ts'

const frame = (n: number, batch: unknown, more: object = {}): string =>
  `${JSON.stringify({ n, consent: 'preferences', ...more })}\n${JSON.stringify(batch)}`

test('a batch is answered as by HTTP, with the decisions of the placements that the page named', async () => {
  const site = await makeSocketSite()
  const line = await site.open()
  line.say(JSON.stringify({ ticket: await site.ticket() }))
  expect(await line.hear()).toEqual({ n: 0, status: 200 })
  line.say(frame(1, makeBatch(), { placements: ['hero', 'rail', 'nothing', '__proto__'] }))
  expect(await line.hear()).toEqual({
    n: 1,
    status: 200,
    answer: {
      accepted: 1,
      duplicates: 0,
      rejected: [],
      changed: ['hero'],
      decisions: { hero: 'hiking' },
      upTo: expect.stringMatching(/^\d+\.[0-9a-z]+$/),
    },
  })
  // What looks at the place, which nobody told here, is decided where the page is.
  expect(site.told).toEqual([expect.stringMatching(/^live: .*`rail`.*`geo`/)])
  line.say(frame(2, makeBatch(), { placements: ['hero'] }))
  expect(await line.hear()).toMatchObject({ n: 2, answer: { accepted: 0, duplicates: 1 } })
  line.say(frame(3, makeBatch([makeEvent('bad', { name: 'unheard' })])))
  expect(await line.hear()).toMatchObject({ n: 3, status: 200, answer: { rejected: [{ id: 'bad' }] } })
  line.say('{"n":4}\n{"events":[')
  expect(await line.hear()).toMatchObject({ n: 4, status: 400, answer: { error: 'malformed-batch' } })
  expect(site.sockets.state()).toMatchObject({ open: 1, messages: 5 })
})

test('twenty origins that are not ours open no socket', async () => {
  const site = await makeSocketSite({ allowedOrigins: ['https://shop.example'] })
  const { host } = new URL(site.url)
  const bad = [
    undefined,
    '',
    'null',
    'https://evil.example',
    `https://evil.example/?${host}`,
    `https://${host}.evil.example`,
    `https://evil-${host}`,
    `http://${host}@evil.example`,
    `https://user@${host}`.replace(host, 'evil.example'),
    'https://shop.example.evil.example',
    'https://shop.example:8443',
    'http://shop.example',
    'https://shop.exampl',
    'HTTPS://SHOP.EXAMPLE.',
    'https://shop.example, https://evil.example',
    'file://',
    'chrome-extension://abcdefghijklmnop',
    'data:text/html,x',
    '*',
    'http://localhost',
    `http://127.0.0.1:1`,
    'http://[::1]',
  ]
  const cookie = `attune_visitor=${visitorCookie()}`
  const statuses = await Promise.all(
    bad.map((origin) =>
      refusalOf(site.url, { headers: { cookie, ...(origin === undefined ? {} : { origin }) } }),
    ),
  )
  expect(statuses).toEqual(bad.map(() => 403))
  expect(site.sockets.state()).toMatchObject({ open: 0, refused: { origin: bad.length } })
  expect(await refusalOf(site.url, { origin: 'https://shop.example' })).toBe(101)
})

test('a socket that shows no ticket in time is closed', async () => {
  const site = await makeSocketSite({ limits: { greeting: 20 } })
  expect(await (await site.open()).closed).toEqual([1008, 'ticket'])
})

test('a socket without a good ticket is closed', async () => {
  const site = await makeSocketSite()
  const [wrong, other, batch] = await Promise.all([
    site.open(),
    site.open({ headers: { cookie: `attune_visitor=${visitorCookie('B'.repeat(22))}` } }),
    site.open(),
  ])
  const ticket = await site.ticket()
  wrong.say(JSON.stringify({ ticket: `${ticket}x` }))
  other.say(JSON.stringify({ ticket }))
  batch.say(frame(1, makeBatch()))
  expect(await Promise.all([wrong, other, batch].map(({ closed }) => closed))).toEqual([
    [1008, 'ticket'],
    [1008, 'ticket'],
    [1008, 'malformed'],
  ])
  await expect.poll(() => site.sockets.state()).toMatchObject({ open: 0, cut: { ticket: 2, malformed: 1 } })
})

test('what is no message of ours ends the socket', async () => {
  const site = await makeSocketSite()
  const lines = await Promise.all(Array.from({ length: 4 }, () => site.open()))
  for (const line of lines) {
    line.say(JSON.stringify({ ticket: await site.ticket() }))
    await line.hear()
  }
  const [binary, large, headless, strange] = lines
  binary!.socket.send(new Uint8Array([1, 2, 3]))
  large!.say(frame(1, { pad: 'x'.repeat(70_000) }))
  headless!.say('no head')
  strange!.say('{"n":"1"}\n{}')
  const codes = await Promise.all(lines.map(async ({ closed }) => (await closed)[0]))
  expect(codes).toEqual([1003, 1009, 1008, 1008])
  await expect.poll(() => site.sockets.state().cut).toMatchObject({ binary: 1, 'too-large': 1, malformed: 2 })
})

test('so many sockets from one address and no more, behind a proxy by the address that it names', async () => {
  const site = await makeSocketSite({ perAddress: 2, trustedProxies: ['127.0.0.1'], most: 5 })
  const from = (address: string) => ({ headers: { 'x-forwarded-for': address } })
  await site.open(from('192.0.2.1'))
  const second = await site.open(from('192.0.2.1'))
  expect(await refusalOf(site.url, { origin: site.origin, ...from('192.0.2.1') })).toBe(429)
  await site.open(from('192.0.2.2'))
  await site.open(from('2001:db8::1'))
  await site.open(from('2001:db8::2'))
  expect(await refusalOf(site.url, { origin: site.origin, ...from('2001:db8:0:ff::3') })).toBe(503)
  second.socket.close()
  await second.closed
  await expect.poll(() => site.sockets.state().open).toBe(4)
  expect(await refusalOf(site.url, { origin: site.origin, ...from('2001:db8:0:ff::3') })).toBe(429)
  expect(await refusalOf(site.url, { origin: site.origin, ...from('192.0.2.1') })).toBe(101)
  expect(site.sockets.state().refused).toMatchObject({ address: 2, full: 1 })
})

test('who does not read the answers is cut off', async () => {
  const site = await makeSocketSite({ limits: { unread: 4_096 } })
  const ticket = await site.ticket()
  const { port } = new URL(site.url)
  const slow = connect(Number(port), '127.0.0.1')
  const key = 'x'.repeat(22)
  slow.write(
    `GET /attune/socket HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: ${site.origin}\r\nUser-Agent: ${BROWSER}\r\n` +
      `Cookie: attune_visitor=${visitorCookie()}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}==\r\n\r\n`,
  )
  await new Promise((resolve) => slow.once('data', resolve))
  slow.pause()
  slow.on('error', () => {})
  slow.write(frameBytes(JSON.stringify({ ticket })))
  const cut = () => site.sockets.state().cut
  // Until the machine's own buffers are full nobody can tell that nobody reads.
  const one = frameBytes('{"n":1}\n{"events":[')
  const many = Buffer.concat(Array.from({ length: 200 }, () => one))
  const write = (): object => {
    if (slow.writable && !slow.writableNeedDrain) slow.write(many)
    return cut()
  }
  await expect.poll(write, { timeout: 20_000, interval: 5 }).toMatchObject({ slow: 1 })
  slow.destroy()
}, 30_000)

test('who gives no sign of life is cut off, and who does is not', async () => {
  vi.useFakeTimers({ toFake: ['setInterval'] })
  onTestFinished(() => void vi.useRealTimers())
  const site = await makeSocketSite({ limits: { greeting: 60_000 } })
  const mute = await site.open({ autoPong: false })
  const alive = await site.open()
  const asked = Promise.all([mute, alive].map(({ socket }) => once(socket, 'ping')))
  vi.advanceTimersByTime(30_000)
  await asked
  // The answer to a question of its own comes when the server has read what was sent before it.
  alive.socket.ping()
  await once(alive.socket, 'pong')
  vi.advanceTimersByTime(30_000)
  expect((await mute.closed)[0]).toBe(1006)
  await expect.poll(() => site.sockets.state()).toMatchObject({ open: 1, cut: { silent: 1 } })
  expect(alive.socket.readyState).toBe(alive.socket.OPEN)
})

/** A text message as a browser sends it, masked with nothing. */
function frameBytes(text: string): Buffer {
  const body = Buffer.from(text)
  const head =
    body.length < 126 ? [0x81, 0x80 | body.length] : [0x81, 0x80 | 126, body.length >> 8, body.length & 255]
  return Buffer.concat([Buffer.from([...head, 0, 0, 0, 0]), body])
}

test('what is asked while too much comes is put off, and comes again', async () => {
  let told = 0
  const shedder = { ...createShedder(), admits: () => false }
  const site = await makeSocketSite({ shedder, onShed: () => told++ })
  const line = await site.open()
  line.say(JSON.stringify({ ticket: await site.ticket() }))
  await line.hear()
  line.say(frame(7, makeBatch()))
  expect(await line.hear()).toEqual({
    n: 7,
    status: 503,
    after: expect.any(Number),
    answer: { accepted: 0, duplicates: 0, rejected: [], error: 'shed' },
  })
  expect(told).toBe(1)
})

test('closing answers what was read, says goodbye with 1001 and takes no more', async () => {
  let free = (): void => {}
  const held = new Promise<void>((resolve) => {
    free = resolve
  })
  const site = await makeSocketSite({
    handle: async () => {
      await held
      return Response.json({ accepted: 1 })
    },
  })
  const line = await site.open()
  const idle = await site.open()
  line.say(JSON.stringify({ ticket: await site.ticket() }))
  await line.hear()
  line.say(frame(1, makeBatch()))
  line.say(frame(2, makeBatch()))
  await expect.poll(() => site.sockets.state().messages).toBe(3)
  const closed = site.sockets.close(5_000)
  expect(await idle.closed).toEqual([1001, 'stopping'])
  expect(await refusalOf(site.url, { origin: site.origin })).toBe(503)
  free()
  expect([await line.hear(), await line.hear()]).toMatchObject([{ n: 1 }, { n: 2 }])
  expect(await line.closed).toEqual([1001, 'stopping'])
  expect(await closed).toBe(true)
  expect(site.sockets.state()).toMatchObject({ open: 0, cut: { stopping: 2 }, refused: { stopping: 1 } })
})

test('a visitor whose cookies would change goes on by HTTP', async () => {
  const site = await makeSocketSite()
  const line = await site.open()
  line.say(JSON.stringify({ ticket: await site.ticket() }))
  await line.hear()
  line.say(frame(1, makeBatch(), { consent: 'none' }))
  expect(await line.hear()).toMatchObject({ n: 1, answer: { rejected: [{ reason: 'consent' }] } })
  expect(await line.closed).toEqual([4001, 'cookies'])
})

test('what is no beginning of a socket is refused in words', async () => {
  const site = await makeSocketSite()
  const { port } = new URL(site.url)
  const ask = (lines: string): Promise<string> =>
    new Promise((resolve) => {
      const socket = connect(Number(port), '127.0.0.1')
      let text = ''
      socket.on('data', (part) => {
        text += part
      })
      socket.once('close', () => resolve(text))
      socket.write(`${lines}\r\n\r\n`)
    })
  const begin = `GET /attune/socket HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: ${site.origin}\r\nConnection: Upgrade`
  for (const lines of [
    `${begin}\r\nUpgrade: websocket`,
    `${begin}\r\nUpgrade: h2c`,
    `${begin}\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 99\r\nSec-WebSocket-Key: ${'x'.repeat(22)}==`,
    begin.replace('GET', 'POST').concat('\r\nUpgrade: websocket'),
    begin.replace(/Host: .*\r/, 'Host: a b\r').concat('\r\nUpgrade: websocket'),
  ]) {
    expect(await ask(lines)).toMatch(/^HTTP\/1\.1 400 [\s\S]*"error":"request"/)
  }
  expect(site.sockets.state().refused.request).toBe(5)
})
