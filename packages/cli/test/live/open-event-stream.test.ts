import { once } from 'node:events'
import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { openEventStream } from '../../src/live/open-event-stream.ts'

test('a stream to somebody who is gone already ends all the same', async () => {
  const ended = new Promise<void>((resolve) => {
    const server = createServer(async (incoming, outgoing) => {
      incoming.socket.destroy()
      await once(outgoing, 'close')
      openEventStream(outgoing, resolve)
    })
    onTestFinished(() => void server.close())
    server.listen(0, '127.0.0.1', () => {
      // It listens on TCP.
      const { port } = server.address() as AddressInfo
      get({ port, host: '127.0.0.1' }).on('error', () => {})
    })
  })
  expect(await ended).toBeUndefined()
})
