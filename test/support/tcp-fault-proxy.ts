import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { createSeededRandom } from './fault-random.ts'
import { freePort } from './free-port.ts'

/** What happens between a client and its server. Everything left out is as it should be. */
export interface TcpFault {
  /** Milliseconds that each piece of a reply is held up. */
  readonly latency?: number
  /** Up to so many milliseconds more or less, by a fixed seed. */
  readonly jitter?: number
  /** Replies arrive in pieces of so many bytes, each in a packet of its own. */
  readonly slice?: number
  /** After so many bytes of replies, counted for each connection from when this was set, the connection is reset. */
  readonly resetReplyAfter?: number
  /** After so many bytes of requests, likewise: the server has read a part of one. */
  readonly resetRequestAfter?: number
  /** Nothing passes, either way, and nobody is told. What was held back passes when it is over. */
  readonly blackHole?: boolean
  /** Whoever connects is taken in and never answered; the server hears nothing of it. */
  readonly halfOpen?: boolean
  /** Nobody listens, and whoever was connected is reset. */
  readonly refused?: boolean
}

/** A proxy before a server of this machine. */
export interface TcpFaultProxy {
  readonly port: number
  /** How many bytes of replies passed since the last `set`. */
  readonly replied: number
  /** How many bytes of requests passed since the last `set`. */
  readonly requested: number
  /** How many connections are open. */
  readonly connections: number
  /** From now on this is what happens; `{}` heals. */
  set(fault: TcpFault): Promise<void>
  /** Resets every connection that there is; new ones are taken. */
  cut(): void
  /** From now on new connections go to another port, and those that there are are reset. */
  lead(target: number): void
  close(): Promise<void>
}

interface Pair {
  readonly client: Socket
  readonly server: Socket
  replied: number
  requested: number
  /** The server is gone, and the client does not know. */
  isDeaf: boolean
}

/** Starts a proxy before a port of this machine. */
export async function startTcpFaultProxy(first: number): Promise<TcpFaultProxy> {
  const pairs = new Set<Pair>()
  let target = first
  const port = await freePort()
  const random = createSeededRandom(20_261_122)
  let fault: TcpFault = {}
  let replied = 0
  let requested = 0
  let healed = Promise.withResolvers<void>()
  let listener: Server | undefined

  const drop = (pair: Pair): void => {
    pairs.delete(pair)
    pair.client.resetAndDestroy()
    pair.server.destroy()
  }
  const isHeld = (): boolean => fault.blackHole === true
  const replyTo = async (pair: Pair, chunk: Buffer): Promise<void> => {
    const { latency = 0, jitter = 0 } = fault
    if (latency + jitter > 0) await pause(Math.max(0, latency + jitter * (2 * random() - 1)))
    while (isHeld()) await healed.promise
    const { slice = chunk.length, resetReplyAfter = Number.POSITIVE_INFINITY } = fault
    for (let at = 0; at < chunk.length && !pair.isDeaf; at += slice) {
      const room = resetReplyAfter - pair.replied
      const piece = chunk.subarray(at, Math.min(chunk.length, at + Math.min(slice, room)))
      pair.replied += piece.length
      replied += piece.length
      await write(pair.client, piece)
      if (pair.replied >= resetReplyAfter) return drop(pair)
      if (slice < chunk.length) await nextTurn()
    }
  }
  const requestOf = async (pair: Pair, chunk: Buffer): Promise<void> => {
    while (isHeld()) await healed.promise
    if (pair.isDeaf) return
    const { resetRequestAfter = Number.POSITIVE_INFINITY } = fault
    const piece = chunk.subarray(0, Math.max(0, resetRequestAfter - pair.requested))
    pair.requested += piece.length
    requested += piece.length
    await write(pair.server, piece)
    if (pair.requested >= resetRequestAfter) drop(pair)
  }
  const take = (client: Socket): void => {
    const isDeaf = fault.halfOpen === true
    const server = connect({ port: target, host: '127.0.0.1', noDelay: true })
    const pair: Pair = { client, server, replied: 0, requested: 0, isDeaf }
    pairs.add(pair)
    client.setNoDelay(true)
    pump(client, (chunk) => requestOf(pair, chunk))
    pump(server, (chunk) => replyTo(pair, chunk))
    client.on('close', () => drop(pair))
    server.on('close', () => {
      // A black hole says nothing of a server that is gone either.
      if (!pair.isDeaf && !isHeld()) drop(pair)
    })
    if (isDeaf) server.destroy()
  }
  const listen = async (): Promise<void> => {
    const server = createServer(take)
    listener = server
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  }
  const cut = (): void => {
    for (const pair of [...pairs]) drop(pair)
  }
  const stopListening = async (): Promise<void> => {
    const server = listener
    listener = undefined
    if (server === undefined) return
    const closed = new Promise((resolve) => server.close(resolve))
    cut()
    await closed
  }

  await listen()
  return {
    port,
    get replied() {
      return replied
    },
    get requested() {
      return requested
    },
    get connections() {
      return pairs.size
    },
    set: async (next) => {
      fault = next
      replied = 0
      requested = 0
      for (const pair of pairs) Object.assign(pair, { replied: 0, requested: 0 })
      for (const pair of fault.halfOpen === true ? pairs : []) {
        pair.isDeaf = true
        pair.server.destroy()
      }
      const before = healed
      healed = Promise.withResolvers()
      before.resolve()
      if (fault.refused === true) await stopListening()
      else if (listener === undefined) await listen()
    },
    cut,
    lead: (next) => {
      target = next
      cut()
    },
    close: async () => {
      fault = {}
      healed.resolve()
      await stopListening()
    },
  }
}

// One piece after the other, in their order, however long each takes.
function pump(from: Socket, pass: (chunk: Buffer) => Promise<void>): void {
  let last = Promise.resolve()
  from.on('data', (chunk: Buffer) => {
    last = last.then(() => pass(chunk))
  })
  // What a lost connection is called does not matter here: `close` follows.
  from.on('error', () => {})
}

function write(socket: Socket, bytes: Buffer): Promise<void> {
  if (bytes.length === 0 || socket.destroyed) return Promise.resolve()
  return new Promise((resolve) => {
    socket.write(bytes, () => resolve())
  })
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
