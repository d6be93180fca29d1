import { connect, type Socket } from 'node:net'
import { type Ask, type Batch, BROWSER, type Heard } from './fault-senders.ts'

/** A client of bare sockets, so that it leaves the machine to the server. */
export interface RawClient {
  readonly ask: Ask
  /** Questions that were sent and not answered in time; who found no connection free in time was never sent. */
  readonly silent: number
  /** How long the slowest answer took after its question was sent, milliseconds. */
  readonly slowest: number
  close(): void
}

interface Line {
  readonly socket: Socket
  text: string
  answered: ((heard: Heard | undefined) => void) | undefined
}

interface Waiting {
  readonly batch: Batch
  readonly resolve: (heard: Heard | undefined) => void
}

/** Keeps at most `most` connections open, each with one question at a time; who finds none free waits for one. Gives up after `timeout` milliseconds. */
export function createRawClient(port: number, most: number, timeout: number): RawClient {
  const free: Line[] = []
  const lines = new Set<Line>()
  const waiting = new Set<Waiting>()
  let silent = 0
  let slowest = 0

  const settle = (line: Line, heard: Heard | undefined): void => {
    const { answered } = line
    line.answered = undefined
    line.text = ''
    answered?.(heard)
  }
  const nextInLine = (): Waiting | undefined => {
    const [next] = waiting
    if (next !== undefined) waiting.delete(next)
    return next
  }
  const release = (line: Line): void => {
    const next = nextInLine()
    if (next === undefined) free.push(line)
    else send(line, next)
  }
  const open = (): Line => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    const line: Line = { socket, text: '', answered: undefined }
    lines.add(line)
    socket.setEncoding('latin1')
    socket.on('data', (chunk: string) => {
      line.text += chunk
      const heard = readAnswer(line.text)
      if (heard === undefined) return
      settle(line, heard)
      release(line)
    })
    socket.on('error', () => {})
    socket.on('close', () => {
      lines.delete(line)
      if (free.includes(line)) free.splice(free.indexOf(line), 1)
      settle(line, undefined)
      const next = nextInLine()
      if (next !== undefined) send(open(), next)
    })
    return line
  }
  const send = (line: Line, { batch, resolve }: Waiting): void => {
    const begun = performance.now()
    const late = setTimeout(() => {
      silent++
      line.socket.destroy()
    }, timeout)
    line.answered = (heard) => {
      clearTimeout(late)
      slowest = Math.max(slowest, performance.now() - begun)
      resolve(heard)
    }
    line.socket.write(writeRequest(batch), 'latin1')
  }

  return {
    get silent() {
      return silent
    },
    get slowest() {
      return slowest
    },
    ask: (batch) =>
      new Promise((resolve) => {
        const asked: Waiting = { batch, resolve }
        const line = free.pop() ?? (lines.size < most ? open() : undefined)
        if (line !== undefined) return send(line, asked)
        waiting.add(asked)
        setTimeout(() => waiting.delete(asked) && resolve(undefined), timeout)
      }),
    close: () => {
      waiting.clear()
      for (const { socket } of lines) socket.destroy()
    },
  }
}

function writeRequest({ body, cookie }: Batch): string {
  return (
    `POST /attune/collect HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: ${BROWSER}\r\nContent-Type: application/json\r\n` +
    `Content-Length: ${Buffer.byteLength(body)}\r\nCookie: ${cookie}\r\n\r\n${body}`
  )
}

function readAnswer(text: string): Heard | undefined {
  const end = text.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const head = text.slice(0, end)
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0)
  if (text.length < end + 4 + length) return undefined
  const retryAfter = /\r\nretry-after: (\d+)/i.exec(head)?.[1] ?? null
  return { status: Number(head.slice(9, 12)), retryAfter, text: text.slice(end + 4) }
}
