import { connect } from 'node:net'

const PATIENCE_MS = 2_000

/** Sends bytes to a port of this machine and resolves to what is answered, until its end or for two seconds. */
export function sendRaw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'))
    const done = (): void => {
      clearTimeout(patience)
      socket.destroy()
      resolve(answer)
    }
    const patience = setTimeout(done, PATIENCE_MS)
    socket.on('data', (chunk) => (answer += chunk.toString('latin1')))
    socket.on('end', done)
    socket.on('error', done)
  })
}

/** Requests that name another host in every place where a server could look for one, as bytes; `victim` is `address:port`. */
export function namingHost(victim: string, paths: readonly string[]): readonly string[] {
  const upgrade =
    'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: YWJjZGVmZ2hpamtsbW5vcA==\r\n'
  const end = 'Connection: close\r\n'
  const starts = paths.flatMap((path) => [
    `GET http://${victim}${path} HTTP/1.1\r\nHost: ${victim}\r\n`,
    `GET http://${victim}${path} HTTP/1.1\r\nHost: localhost\r\n`,
    `GET ws://${victim}${path} HTTP/1.1\r\nHost: ${victim}\r\n`,
    `GET //${victim}${path} HTTP/1.1\r\nHost: localhost\r\n`,
    `GET /\\${victim}${path} HTTP/1.1\r\nHost: localhost\r\n`,
    `GET @${victim}${path} HTTP/1.1\r\nHost: localhost\r\n`,
    `GET ${path} HTTP/1.1\r\nHost: ${victim}\r\n`,
    `GET ${path} HTTP/1.1\r\nHost: localhost\r\nHost: ${victim}\r\n`,
    `GET ${path} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Host: ${victim}\r\nX-Forwarded-Proto: http\r\n`,
    `GET ${path} HTTP/1.1\r\nHost: localhost@${victim}\r\n`,
    `GET ${path} HTTP/1.0\r\n`,
    `POST ${path} HTTP/1.1\r\nHost: ${victim}\r\nOrigin: http://${victim}\r\nNext-Action: ${'0'.repeat(42)}\r\nContent-Length: 0\r\n`,
    `GET ${path} HTTP/1.1\r\nHost: localhost\r\nX-Middleware-Rewrite: http://${victim}/\r\nX-Matched-Path: http://${victim}/\r\n`,
  ])
  const image = `GET /_next/image?url=${encodeURIComponent(`http://${victim}/x.png`)}&w=64&q=75 HTTP/1.1\r\nHost: ${victim}\r\n`
  return [
    ...[...starts, image].flatMap((start) => [`${start}${end}\r\n`, `${start}${upgrade}\r\n`]),
    `CONNECT ${victim} HTTP/1.1\r\nHost: ${victim}\r\n${end}\r\n`,
    `TRACE / HTTP/1.1\r\nHost: ${victim}\r\n${end}\r\n`,
    `OPTIONS * HTTP/1.1\r\nHost: ${victim}\r\n${end}\r\n`,
  ]
}
