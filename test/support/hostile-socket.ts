import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** A socket that keeps to no rule but where it is told to. */
export interface HostileSocket {
  readonly isOpen: () => boolean
  /** Sends a whole message; resolves to its answer, or to `undefined` when the server ended the socket instead. */
  ask(text: string | Buffer): Promise<string | undefined>
  /** Sends bytes as they are; resolves when the server ended the socket. */
  attack(bytes: Buffer): Promise<void>
  close(): Promise<void>
}

/** What begins a socket, as headers. */
export type Beginning = Readonly<Record<string, string>>

const SOUND: Beginning = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': `${'x'.repeat(22)}==`,
}

/** Asks for a socket with these headers; answers the status, and the socket if it was 101. */
export async function beginSocket(
  port: number,
  headers: Beginning,
): Promise<{ readonly status: number; readonly socket?: HostileSocket }> {
  const connection = connect(port, '127.0.0.1')
  connection.on('error', () => {})
  const lines = Object.entries({ host: `127.0.0.1:${port}`, ...SOUND, ...headers })
  const text = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  connection.write(Buffer.from(`GET /attune/socket HTTP/1.1\r\n${text}\r\n`, 'latin1'))
  const [data] = (await Promise.race([once(connection, 'data'), once(connection, 'close')])) as [unknown]
  const head = data instanceof Buffer ? data.toString('latin1') : ''
  const status = Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? 0)
  if (status === 101) return { status, socket: follow(connection) }
  connection.destroy()
  return { status }
}

function follow(connection: Socket): HostileSocket {
  let rest: Buffer = Buffer.alloc(0)
  let isOpen = true
  let hear: ((text: string | undefined) => void) | undefined
  const ended = new Promise<void>((resolve) => connection.once('close', () => resolve()))
  void ended.then(() => {
    isOpen = false
    hear?.(undefined)
  })
  connection.on('data', (data: Buffer) => {
    rest = Buffer.concat([rest, data])
    for (let frame = readFrame(rest); frame !== undefined; frame = readFrame(rest)) {
      rest = rest.subarray(frame.end)
      if (frame.kind === 1) hear?.(frame.text)
      // A goodbye is answered, so that the server need not wait for it.
      if (frame.kind === 8) connection.end(Buffer.from([0x88, 0x80, 0, 0, 0, 0]))
    }
  })
  return {
    isOpen: () => isOpen,
    ask: (text) => {
      if (!isOpen) return Promise.resolve(undefined)
      return new Promise((resolve) => {
        hear = resolve
        connection.write(message(Buffer.from(text)))
      })
    },
    attack: async (bytes) => {
      connection.write(bytes)
      // What is only half a message would be waited for.
      connection.end()
      await ended
    },
    close: async () => {
      connection.destroy()
      await ended
    },
  }
}

// A mask of zeros leaves the text as it is.
function message(body: Buffer): Buffer {
  const { length } = body
  const size = Buffer.alloc(8)
  size.writeBigUInt64BE(BigInt(length))
  const head =
    length < 126 ? [0x80 | length] : length < 65_536 ? [0xfe, length >> 8, length & 255] : [0xff, ...size]
  return Buffer.concat([Buffer.from([0x81, ...head, 0, 0, 0, 0]), body])
}

function readFrame(
  bytes: Buffer,
): { readonly kind: number; readonly end: number; readonly text: string } | undefined {
  if (bytes.length < 2) return undefined
  const short = bytes[1]! & 127
  const begin = short < 126 ? 2 : 4
  if (bytes.length < begin) return undefined
  const end = begin + (short < 126 ? short : bytes.readUInt16BE(2))
  return bytes.length < end
    ? undefined
    : { kind: bytes[0]! & 15, end, text: bytes.toString('utf8', begin, end) }
}
