// The client of the collector benchmark: bare sockets, so that it leaves the machine to the server.
import { connect } from 'node:net'
import { createSealKeys, encodePin, encodeVisitor } from '../../packages/core/dist/index.js'

const BROWSER =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36'
const CATEGORIES = ['hiking', 'climbing', 'camping', 'cycling']
const NAMES = [
  'view_item',
  'page_view',
  'view_item',
  'add_to_cart',
  'view_item',
  'page_view',
  'page_view',
  'purchase',
]

/** Visitors with the cookies that browsers of theirs would send. */
export function makeVisitors(count, secret, ruleset) {
  const keys = createSealKeys(secret)
  const placements = Object.entries(ruleset.placements)
  return Array.from({ length: count }, (_, number) => {
    const visitor = number.toString(36).padStart(22, 'v')
    const pinned = placements.map(([placement, { baseline }]) => [
      placement,
      { placement, variant: baseline, reason: 'DEFAULT', until: null },
    ])
    return {
      visitor,
      sent: 0,
      id: encodeVisitor(keys, 'site', visitor),
      pin: encodePin(keys, { site: 'site', visitor }, ruleset, Object.fromEntries(pinned)),
      token: '',
      acknowledged: [],
    }
  })
}

/** A request with `size` fresh events of a visitor. */
export function makeRequest(visitor, size, now) {
  const ids = []
  const events = []
  for (let at = 0; at < size; at++) {
    const n = visitor.sent++
    const id = `${visitor.visitor.slice(-4)}${String(n).padStart(16, '-')}`
    const name = NAMES[n % NAMES.length]
    ids.push(id)
    events.push(
      `{"id":"${id}","name":"${name}","time":${now - size + at},"properties":${propertiesOf(name, n)}}`,
    )
  }
  const body = `{"sent":${now},"utcOffset":60,"page":"/product/trail-boots","events":[${events.join(',')}]}`
  const token = visitor.token === '' ? '' : `; attune_token=${visitor.token}`
  const cookie = `_ga=GA1.1.1234567890.1763800000; _ga_ABCDEFGHIJ=GS2.1.s1763800000$o3$g1$t1763800100$j59$l0$h0; attune_consent=preferences.statistics; attune_visitor=${visitor.id}${token}; attune_pin=${visitor.pin}`
  const head =
    'POST /attune/collect HTTP/1.1\r\nHost: shop.example\r\nOrigin: https://shop.example\r\n' +
    `Referer: https://shop.example/product/trail-boots\r\nUser-Agent: ${BROWSER}\r\nAccept: */*\r\n` +
    'Accept-Encoding: gzip, deflate, br, zstd\r\nAccept-Language: en-GB,en;q=0.9\r\nSec-Fetch-Dest: empty\r\n' +
    'Sec-Fetch-Mode: cors\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\n' +
    `Content-Length: ${Buffer.byteLength(body)}\r\nCookie: ${cookie}\r\n\r\n`
  return { text: head + body, ids, visitor }
}

function propertiesOf(name, n) {
  const category = CATEGORIES[Math.floor(n / 9) % 4]
  if (name === 'page_view') return `{"page_path":"/category/${category}"}`
  if (name === 'purchase') return `{"transaction_id":"t${n}","item_category":"${category}","value":120}`
  return `{"item_id":"item-${n % 24}","item_category":"${category}","price":89.95}`
}

/** Keep-alive connections; `send` resolves to whether the answer was 200 with every event accepted. */
export async function openConnections(port, count) {
  const free = []
  const waiting = []
  const sockets = await Promise.all(Array.from({ length: count }, () => open(port)))
  for (const socket of sockets) free.push(socket)
  const release = (socket) => {
    const next = waiting.shift()
    if (next === undefined) free.push(socket)
    else next(socket)
  }
  return {
    send: async (request) => {
      const socket = free.pop() ?? (await new Promise((resolve) => waiting.push(resolve)))
      const answer = await exchange(socket, request.text)
      release(socket)
      const token = /attune_token=([^;]*)/.exec(answer)?.[1]
      if (token !== undefined) request.visitor.token = token
      const pin = /attune_pin=([^;]*)/.exec(answer)?.[1]
      if (pin !== undefined) request.visitor.pin = pin
      const isGood = answer.startsWith('HTTP/1.1 200') && answer.includes(`"accepted":${request.ids.length},`)
      if (isGood) request.visitor.acknowledged.push(...request.ids)
      return isGood
    },
    close: () => {
      for (const socket of sockets) socket.destroy()
    },
  }
}

function open(port) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    socket.setNoDelay(true)
    socket.setEncoding('latin1')
    socket.once('error', reject)
    socket.once('connect', () => resolve(socket))
    socket.buffer = ''
    socket.on('data', (chunk) => {
      socket.buffer += chunk
      const end = socket.buffer.indexOf('\r\n\r\n')
      if (end < 0) return
      const length = Number(/content-length: (\d+)/i.exec(socket.buffer)?.[1] ?? 0)
      if (socket.buffer.length < end + 4 + length) return
      const answer = socket.buffer
      socket.buffer = ''
      socket.answered(answer)
    })
  })
}

function exchange(socket, text) {
  return new Promise((resolve) => {
    socket.answered = resolve
    socket.write(text, 'latin1')
  })
}
