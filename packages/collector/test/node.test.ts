import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createNodeHandler } from '../src/node.ts'
import { BROWSER, makeBatch, makeCollector, makeEvent } from './builders.ts'

describe('a node:http handler', () => {
  let server: Server
  let port: number
  let answer: (request: Request) => Promise<Response>

  beforeAll(async () => {
    server = createServer(createNodeHandler((asked) => answer(asked)))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    port = (server.address() as AddressInfo).port
  })
  afterAll(() => server.close())

  const echo = async (asked: Request) =>
    Response.json({
      method: asked.method,
      url: asked.url,
      type: asked.headers.get('content-type'),
      cookie: asked.headers.get('cookie'),
      body: await asked.text(),
    })

  test('hands on method, address, headers and body', async () => {
    answer = echo
    const response = await fetch(`http://127.0.0.1:${port}/a/b?c=d`, {
      method: 'POST',
      body: 'hällo',
      headers: { 'content-type': 'text/plain', cookie: 'a=1; b=2' },
    })
    expect(await response.json()).toEqual({
      method: 'POST',
      url: `http://127.0.0.1:${port}/a/b?c=d`,
      type: 'text/plain',
      cookie: 'a=1; b=2',
      body: 'hällo',
    })
  })

  test('passes for a whole Request', async () => {
    answer = async (asked) => {
      const copy = asked.clone()
      return Response.json({
        isRequest: asked instanceof Request && asked.headers instanceof Headers,
        json: await asked.json(),
        used: [asked.bodyUsed, copy.bodyUsed],
        again: await new Request(copy, { headers: asked.headers }).text(),
        names: [...asked.headers.keys()].filter((name) => name.startsWith('x-')),
        missing: [asked.headers.get('x-none'), asked.headers.has('toString'), asked.headers.get('X-One')],
      })
    }
    const headers = { 'x-one': '1', 'x-two': '2' }
    const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: '{"a":1}', headers })
    expect(await response.json()).toEqual({
      isRequest: true,
      json: { a: 1 },
      used: [true, false],
      again: '{"a":1}',
      names: ['x-one', 'x-two'],
      missing: [null, false, '1'],
    })
  })

  test('hands a collector bodies and takes its answers as the standard way does', async () => {
    const collector = makeCollector()
    answer = collector.handle
    const post = async (body: string, cookie = `attune_consent=preferences`) => {
      const headers = { 'content-type': 'application/json', cookie, 'user-agent': BROWSER }
      const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body, headers })
      return [response.status, response.headers.getSetCookie().length, await response.json()]
    }
    const good = { accepted: 1, duplicates: 0, rejected: [], changed: ['hero'] }
    const plain = { accepted: 1, duplicates: 0, rejected: [] }
    expect(await post(JSON.stringify(makeBatch()))).toEqual([200, 2, good])
    const split = makeBatch([makeEvent('e', { properties: { item_id: 'ü'.repeat(1_000) } })], {
      pad: 'é'.repeat(30_000),
    })
    expect(await post(JSON.stringify(split))).toEqual([200, 2, plain])
    expect(await post('x'.repeat(65_537))).toMatchObject([413, 0, { error: 'body-too-large' }])
    expect(await post('')).toMatchObject([400, 0, { error: 'malformed-batch' }])
  })

  test('takes what somebody on the way made of a collector’s answer', async () => {
    const collector = makeCollector()
    answer = async (asked) => {
      const response = await collector.handle(asked)
      response.headers.set('x-way', `${response.status} ${response instanceof Response}`)
      return response
    }
    const headers = {
      'content-type': 'application/json',
      cookie: 'attune_consent=preferences',
      'user-agent': BROWSER,
    }
    const body = JSON.stringify(makeBatch())
    const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body, headers })
    expect(response.headers.get('x-way')).toBe('200 true')
    expect(response.headers.getSetCookie()).toHaveLength(2)
    expect(await response.json()).toMatchObject({ accepted: 1, duplicates: 0, rejected: [] })
  })

  test('counts a body that hides its length', async () => {
    answer = makeCollector().handle
    const body = new ReadableStream({
      start(controller) {
        for (let at = 0; at < 80; at++) controller.enqueue(new Uint8Array(1_024).fill(32))
        controller.close()
      },
    })
    const headers = { 'content-type': 'application/json' }
    const init = { method: 'POST', body, headers, duplex: 'half' } as RequestInit
    expect((await fetch(`http://127.0.0.1:${port}/`, init)).status).toBe(413)
  })

  test('answers with status, every cookie and the body', async () => {
    answer = async () =>
      new Response('körper', {
        status: 413,
        headers: [
          ['set-cookie', 'a=1'],
          ['set-cookie', 'b=2'],
          ['x-other', 'y'],
        ],
      })
    const response = await fetch(`http://127.0.0.1:${port}/`)
    expect(response.status).toBe(413)
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
    expect(response.headers.get('x-other')).toBe('y')
    expect(response.headers.get('content-length')).toBe('7')
    expect(await response.text()).toBe('körper')
  })

  test('sees https behind a proxy that says so', async () => {
    answer = echo
    const headers = { 'x-forwarded-proto': 'https' }
    const response = await fetch(`http://127.0.0.1:${port}/`, { headers })
    expect((await response.json()).url).toBe(`https://127.0.0.1:${port}/`)
  })

  test('never lets a target choose the host', async () => {
    answer = echo
    const urls = await Promise.all(
      ['//evil.example/x', 'http://evil.example/x', '/\\evil.example'].map(async (path) => {
        const body = await ask({ path })
        return new URL(JSON.parse(body).url).host
      }),
    )
    expect(urls).toEqual([`127.0.0.1:${port}`, `127.0.0.1:${port}`, `127.0.0.1:${port}`])
  })

  test('answers 400 to a request that is none, and stays up', async () => {
    answer = echo
    expect(await status('GET / HTTP/1.1\r\nHost: a b\r\n\r\n')).toBe(400)
    expect(await status('TRACE / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n')).toBe(400)
    expect(await status(`GET / HTTP/1.1\r\nHost: a\r\n\r\n`)).toBe(200)
  })

  test('answers before a body has come when nobody reads it', async () => {
    answer = async () => new Response('no', { status: 415 })
    expect(await status('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\nabc')).toBe(415)
  })

  function ask({ path }: { path: string }): Promise<string> {
    return new Promise((resolve, reject) => {
      const asked = request({ port, host: '127.0.0.1', path, agent: false }, (incoming) => {
        let text = ''
        incoming.on('data', (chunk) => {
          text += chunk
        })
        incoming.on('end', () => resolve(text))
      })
      asked.on('error', reject)
      asked.end()
    })
  }

  function status(raw: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(raw))
      socket.on('data', (data) => {
        resolve(Number(String(data).split(' ')[1]))
        socket.destroy()
      })
      socket.on('error', reject)
    })
  }
})
