import { connect, type Socket } from 'node:net'
import { createReplyReader, type Reply, writeCommands } from './upstash-bridge-replies.ts'

/** One connection to a Redis, made when it is first needed and again after it was lost. */
export interface RedisConnection {
  /** Sends commands in one write, nothing of anybody else between them; one reply for each. Rejects when the connection is lost. */
  send(commands: readonly (readonly string[])[]): Promise<readonly Reply[]>
  close(): void
}

/** Somebody who waits for the next `wanted` replies. */
interface Waiting {
  readonly wanted: number
  readonly replies: Reply[]
  readonly resolve: (replies: readonly Reply[]) => void
  readonly reject: (error: Error) => void
}

/** A connection to the Redis on a port of this machine. */
export function connectRedis(port: number): RedisConnection {
  let socket: Socket | undefined
  let queue: Waiting[] = []

  function take(reply: Reply): void {
    const first = queue[0]
    if (first === undefined) return
    first.replies.push(reply)
    if (first.replies.length < first.wanted) return
    queue.shift()
    first.resolve(first.replies)
  }

  function lose(lost: Socket, why: Error): void {
    if (socket !== lost) return
    socket = undefined
    const left = queue
    queue = []
    for (const { reject } of left) reject(why)
  }

  function open(): Socket {
    const opened = connect({ host: '127.0.0.1', port, noDelay: true })
    opened.on('data', createReplyReader(take))
    opened.on('error', (error) => lose(opened, error))
    opened.on('close', () => lose(opened, new Error('The Redis behind the bridge closed the connection.')))
    return opened
  }

  return {
    send: (commands) =>
      new Promise((resolve, reject) => {
        socket ??= open()
        queue.push({ wanted: commands.length, replies: [], resolve, reject })
        socket.write(writeCommands(commands))
      }),
    close: () => void socket?.destroy(),
  }
}
