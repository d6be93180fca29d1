// The client of the socket benchmark: bare connections, so that it leaves the machine to the server.
import { once } from 'node:events'
import { connect } from 'node:net'
import { makeVisitors } from './collector-load.mjs'

const BROWSER =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36'
// So many begin at once: the kernel keeps few that wait.
const TOGETHER = 50

/** Opens a socket for each of `count` visitors, ticket shown and greeted. */
export async function openSockets({ port, count, secret, ruleset }) {
  const visitors = makeVisitors(count, secret, ruleset)
  const lines = []
  for (let at = 0; at < count; at += TOGETHER) {
    const some = visitors.slice(at, at + TOGETHER)
    lines.push(...(await Promise.all(some.map((visitor) => openSocket(port, visitor)))))
  }
  return lines
}

async function openSocket(port, visitor) {
  const origin = `http://127.0.0.1:${port}`
  const cookie = `attune_consent=preferences.statistics; attune_visitor=${visitor.id}; attune_pin=${visitor.pin}`
  const answer = await fetch(`${origin}/attune/socket`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': BROWSER, origin, cookie },
    body: '{}',
  })
  const { ticket } = await answer.json()
  const socket = connect(port, '127.0.0.1')
  socket.setNoDelay(true)
  await once(socket, 'connect')
  socket.write(
    `GET /attune/socket HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: ${origin}\r\nUser-Agent: ${BROWSER}\r\n` +
      'Accept-Encoding: gzip, deflate, br, zstd\r\nAccept-Language: en-GB,en;q=0.9\r\nCache-Control: no-cache\r\n' +
      `Cookie: ${cookie}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n` +
      'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n' +
      `Sec-WebSocket-Key: ${Buffer.alloc(16, visitor.visitor).toString('base64')}\r\n\r\n`,
  )
  const line = { socket, visitor, hear: undefined, sent: 0 }
  const head = await new Promise((resolve, reject) => {
    socket.once('data', (data) => resolve(String(data)))
    socket.once('error', reject)
  })
  if (!head.startsWith('HTTP/1.1 101')) throw new Error(`A socket was refused: ${head}`)
  let rest = Buffer.alloc(0)
  socket.on('data', (data) => {
    rest = rest.length === 0 ? data : Buffer.concat([rest, data])
    for (let frame = readFrame(rest); frame !== undefined; frame = readFrame(rest)) {
      rest = rest.subarray(frame.end)
      if (frame.kind === 1) line.hear?.(frame.text)
      else if (frame.kind === 9) socket.write(Buffer.from([0x8a, 0x80, 0, 0, 0, 0]))
    }
  })
  socket.on('error', () => {})
  const greeting = await ask(line, JSON.stringify({ ticket }))
  if (greeting !== '{"n":0,"status":200}') throw new Error(`A socket was greeted with ${greeting}`)
  return line
}

/** Sends a message and resolves to its answer. */
export function ask(line, text) {
  return new Promise((resolve) => {
    line.hear = resolve
    line.socket.write(writeFrame(text))
  })
}

/** A message with `size` fresh events of the line's visitor, which names one placement. */
export function makeMessage(line, size) {
  const now = Date.now()
  const n = ++line.sent
  const events = Array.from({ length: size }, (_, at) => {
    const id = `${line.visitor.visitor.slice(-5)}${String(n * 100 + at).padStart(15, '-')}`
    const properties = `{"item_id":"item-${n % 24}","item_category":"hiking","price":89.95}`
    return `{"id":"${id}","name":"view_item","time":${now - size + at},"properties":${properties}}`
  })
  const head = `{"n":${n},"consent":"preferences.statistics","page":"https://shop.example/product/boots","placements":["offer"]}`
  return `${head}\n{"sent":${now},"utcOffset":60,"page":"/product/boots","events":[${events.join(',')}]}`
}

// A mask of zeros leaves the text as it is.
function writeFrame(text) {
  const body = Buffer.from(text, 'latin1')
  const { length } = body
  const head = length < 126 ? [0x81, 0x80 | length] : [0x81, 0xfe, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([...head, 0, 0, 0, 0]), body])
}

function readFrame(bytes) {
  if (bytes.length < 2) return undefined
  const short = bytes[1]
  if (short === 126 && bytes.length < 4) return undefined
  const [begin, length] = short === 126 ? [4, bytes.readUInt16BE(2)] : [2, short]
  const end = begin + length
  if (bytes.length < end) return undefined
  return { kind: bytes[0] & 15, end, text: bytes.latin1Slice(begin, end) }
}
