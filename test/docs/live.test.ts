import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createSealKeys, encodeVisitor } from '@attune/core'
import { createMemoryStore } from '@attune/storage/memory'
import { expect, onTestFinished, test } from 'vitest'
import type { Sockets } from '../../packages/collector/src/socket.ts'
import { guideRuleset } from './guide-ruleset.ts'
import { blocksOf, readPage } from './markdown.ts'
import { runExample } from './run-example.ts'

const SECRET = 'a secret of more than thirty-two characters'
const VISITOR = 'AAAAAAAAAAAAAAAAAAAAAA'
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0'
const [example] = blocksOf(readPage('docs/guide/live.md')).filter(({ info }) => info === 'ts')

test('the server of the page takes batches by HTTP, gives tickets and answers sockets', async () => {
  const { server, sockets } = await runExample<{ server: Server; sockets: Sockets }>(example!.text, {
    modules: {
      'node:http': () => import('node:http'),
      '@attune/collector': () => import('@attune/collector'),
      '@attune/collector/node': () => import('@attune/collector/node'),
      '@attune/collector/renewal': () => import('@attune/collector/renewal'),
      '@attune/collector/socket': () => import('@attune/collector/socket'),
    },
    given: { ruleset: guideRuleset(), store: createMemoryStore() },
    env: { ATTUNE_SECRET: SECRET },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const cookie = `attune_consent=preferences; attune_visitor=${encodeVisitor(createSealKeys(SECRET), 'site', VISITOR)}`
  const headers = { origin, cookie, 'user-agent': BROWSER, 'content-type': 'application/json' }
  const post = async (path: string, body: string) =>
    (await fetch(origin + path, { method: 'POST', headers, body })).json()
  expect(await post('/attune/collect', '{"sent":1,"events":[]}')).toMatchObject({ accepted: 0 })
  const { ticket } = await post('/attune/socket', '{}')
  // Node takes headers, which browsers set themselves.
  const options = { headers: { origin, cookie, 'user-agent': BROWSER } } as unknown as string
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/attune/socket`, options)
  const heard: unknown[] = []
  socket.onopen = () => socket.send(JSON.stringify({ ticket }))
  socket.onmessage = ({ data }) => {
    heard.push(JSON.parse(data))
    if (heard.length === 1) socket.send('{"n":1,"consent":"preferences"}\n{"sent":1,"events":[]}')
  }
  await expect.poll(() => heard).toMatchObject([{ n: 0 }, { n: 1, status: 200, answer: { accepted: 0 } }])
  const closed = new Promise((resolve) => {
    socket.onclose = ({ code }) => resolve(code)
  })
  expect(await sockets.close(10_000)).toBe(true)
  expect(await closed).toBe(1001)
})
