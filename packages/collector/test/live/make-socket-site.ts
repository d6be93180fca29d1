import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { type ClientOptions, WebSocket } from 'ws'
import { createRenewal } from '../../src/renewal.ts'
import { createSockets, type SocketOptions, type Sockets } from '../../src/socket.ts'
import { BROWSER, makeCollector, makeStore, NOW, RULESET, SECRET, visitorCookie } from '../builders.ts'

/** A server with sockets at `/attune/socket`; it ends with the test. */
export interface SocketSite {
  readonly sockets: Sockets
  readonly origin: string
  readonly url: string
  /** A fresh ticket of the known visitor. */
  ticket(): Promise<string>
  /** What was told of trouble. */
  readonly told: readonly string[]
  /** Opens a socket as that visitor's page would. */
  open(options?: ClientOptions): Promise<Line>
}

/** A page's end of a socket. */
export interface Line {
  readonly socket: WebSocket
  say(text: string): void
  /** The next message, as JSON. */
  hear(): Promise<Record<string, unknown>>
  /** Code and reason with which it was closed. */
  readonly closed: Promise<readonly [code: number, reason: string]>
}

/** The status of the answer that refused a socket. */
export async function refusalOf(url: string, options: ClientOptions): Promise<number> {
  const socket = new WebSocket(url, options)
  socket.on('error', () => {})
  return new Promise((resolve) => {
    socket.once('unexpected-response', (_request, response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    socket.once('open', () => {
      socket.terminate()
      resolve(101)
    })
  })
}

export async function makeSocketSite(changes: Partial<SocketOptions> = {}): Promise<SocketSite> {
  const store = makeStore()
  const told: string[] = []
  const collector = makeCollector({ store, onError: (error, step) => told.push(`${step}: ${error}`) })
  const renewal = createRenewal({ ruleset: RULESET, secret: SECRET, store, clock: () => NOW })
  const sockets = createSockets({
    secret: SECRET,
    handle: collector.handle,
    clock: () => NOW,
    ...changes,
  })
  const server = createServer((_, outgoing) => void outgoing.end()).on('upgrade', sockets.upgrade)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    await sockets.close(0)
    server.closeAllConnections()
    server.close()
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const url = `${origin.replace('http', 'ws')}/attune/socket`
  const cookie = `attune_consent=preferences; attune_visitor=${visitorCookie()}`
  const headers = { cookie, 'user-agent': BROWSER }
  const site: SocketSite = {
    sockets,
    origin,
    url,
    told,
    ticket: async () => {
      const request = new Request(`${origin}/attune/socket`, {
        method: 'POST',
        headers: { ...headers, origin, 'content-type': 'application/json' },
        body: '{}',
      })
      return (await (await renewal.handle(request)).json()).ticket
    },
    open: async (options) => listen(new WebSocket(url, { origin, headers, ...options })),
  }
  return site
}

async function listen(socket: WebSocket): Promise<Line> {
  const heard: string[] = []
  const wanted: ((text: string) => void)[] = []
  socket.on('message', (data) => {
    const text = String(data)
    const next = wanted.shift()
    if (next === undefined) heard.push(text)
    else next(text)
  })
  const closed = new Promise<readonly [number, string]>((resolve) => {
    socket.once('close', (code, reason) => resolve([code, String(reason)]))
  })
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  return {
    socket,
    say: (text) => socket.send(text),
    hear: async () => JSON.parse(heard.shift() ?? (await new Promise((resolve) => wanted.push(resolve)))),
    closed,
  }
}
