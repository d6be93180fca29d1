import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createNodeHandler } from '../src/node.ts'

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
