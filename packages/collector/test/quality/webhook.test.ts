import { createHmac } from 'node:crypto'
import { createServer, request as requestHttp, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer as createTcpServer } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { type AlarmChange, testChange } from '../../src/quality/alarm.ts'
import { createWebhook, type RequestHttps, type WebhookOptions } from '../../src/quality/create-webhook.ts'

const CHANGE: AlarmChange = {
  state: 'raised',
  time: Date.UTC(2026, 10, 22, 12),
  alarm: {
    kind: 'volume-drop',
    event: 'page_view',
    since: Date.UTC(2026, 10, 22, 11),
    expected: 400,
    seen: 12,
  },
}
const SECRET = 'a secret'
const URL_OF_HOOK = 'https://hooks.example/alarm?team=web'
const NOW = 1_795_348_800_000

let open: { close(): unknown } | undefined
afterEach(() => {
  open?.close()
  open = undefined
})

/** What was asked of `node:https`, and sent to a plain server in its stead. */
function divert(server: Server) {
  const asked: Parameters<RequestHttps>[0][] = []
  const request: RequestHttps = (options, answered) => {
    asked.push(options)
    const { port } = server.address() as AddressInfo
    const { agent: _, ...rest } = options
    return requestHttp({ ...rest, host: '127.0.0.1', port }, answered)
  }
  return { asked, request }
}

async function serve(status: number, text = '', headers: { readonly [name: string]: string } = {}) {
  const heard: { body: string; signature: unknown; host: unknown }[] = []
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const { host, 'attune-signature': signature } = incoming.headers
    heard.push({ body: Buffer.concat(chunks).toString(), signature, host })
    outgoing.writeHead(status, headers).end(text)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open = server
  return { server, heard }
}

function makeWebhook(changes: Partial<WebhookOptions>) {
  return createWebhook({
    url: URL_OF_HOOK,
    secret: SECRET,
    clock: () => NOW,
    resolve: async () => ['93.184.216.34'],
    ...changes,
  })
}

describe('an alarm', () => {
  test('is posted to the address that was looked at, by the host’s name, signed', async () => {
    const { server, heard } = await serve(204)
    const { asked, request } = divert(server)
    await makeWebhook({ request })(CHANGE)
    expect(asked[0]).toMatchObject({
      host: '93.184.216.34',
      servername: 'hooks.example',
      port: 443,
      path: '/alarm?team=web',
    })
    const [{ body, signature, host } = { body: '', signature: '', host: '' }] = heard
    expect(JSON.parse(body)).toEqual({
      ...CHANGE,
      message: 'page_view: 12 events, where about 400 were expected.',
    })
    const hmac = createHmac('sha256', SECRET)
      .update(`alarm\n${NOW / 1000}\n${body}`)
      .digest('hex')
    expect([signature, host]).toEqual([`v1.${NOW / 1000}.${hmac}`, 'hooks.example'])
  })

  test('is not sent on by a redirect', async () => {
    const { server, heard } = await serve(302, '', { location: 'http://127.0.0.1/' })
    await expect(makeWebhook(divert(server))(CHANGE)).rejects.toThrow('answered 302')
    expect(heard).toHaveLength(1)
  })

  test('says nothing of what was answered', async () => {
    const { server } = await serve(500, 'inner secret')
    await expect(makeWebhook(divert(server))(CHANGE)).rejects.toThrow(/^(?!.*inner).*answered 500/)
  })

  test('whose answer is long is given up', async () => {
    const { server } = await serve(200, 'x'.repeat(100_000))
    await expect(makeWebhook(divert(server))(CHANGE)).rejects.toThrow('longer than 65536 bytes')
  })
})

describe('no connection is made', () => {
  test.each([
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '198.18.0.1',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::127.0.0.1',
    'fe80::1',
    'fc00::1',
    'fd12::1',
    'ff02::1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
    '2002:7f00:1::',
    '2001::1',
    '2001:db8::1',
    '100::1',
    '3fff::1',
    'no address',
  ])('when one of the host’s addresses is %s', async (address) => {
    const request: RequestHttps = () => expect.unreachable('a connection')
    const resolve = async (): Promise<readonly string[]> => ['93.184.216.34', address]
    await expect(makeWebhook({ request, resolve })(CHANGE)).rejects.toThrow('not public')
  })

  test('when the host has no address', async () => {
    await expect(makeWebhook({ resolve: async () => [] })(CHANGE)).rejects.toThrow('not public')
  })

  test('to another address than the one that was looked at, though the next answer differs', async () => {
    const answers = [['93.184.216.34'], ['127.0.0.1']]
    const { server } = await serve(204)
    const { asked, request } = divert(server)
    const webhook = makeWebhook({ request, resolve: async () => answers.shift() ?? [] })
    await webhook(CHANGE)
    await expect(webhook(CHANGE)).rejects.toThrow('not public')
    expect(asked.map(({ host }) => host)).toEqual(['93.184.216.34'])
  })
})

describe('a host of one’s own network', () => {
  const inside = { privateHost: 'hooks.example' }

  test('is told where its owner gives leave by its name, and says what it answered', async () => {
    const { server, heard } = await serve(202)
    const { asked, request } = divert(server)
    const webhook = makeWebhook({ ...inside, request, resolve: async () => ['10.1.2.3', 'fd12::1'] })
    expect(await webhook(testChange(NOW))).toBe(202)
    expect(asked[0]).toMatchObject({ host: '10.1.2.3', servername: 'hooks.example' })
    expect(JSON.parse(heard[0]!.body)).toMatchObject({
      state: 'test',
      message: 'A test of the alarms: nothing is wrong.',
    })
  })

  test.each(['169.254.169.254', 'fe80::1', '0.0.0.0', '224.0.0.1', '64:ff9b::7f00:1'])(
    'may all the same not be %s',
    async (address) => {
      const request: RequestHttps = () => expect.unreachable('a connection')
      const webhook = makeWebhook({ ...inside, request, resolve: async () => [address] })
      await expect(webhook(CHANGE)).rejects.toThrow('not public')
    },
  )

  test('is named by the leave and by the address alike', () => {
    expect(() => makeWebhook({ privateHost: 'other.example' })).toThrow('Name the same one')
    expect(() => makeWebhook({ url: 'https://10.1.2.3/', privateHost: '10.1.2.3' })).not.toThrow()
    expect(() => makeWebhook({ url: 'https://10.1.2.3/' })).toThrow('not public')
  })
})

test('of 500 spellings of this machine none is connected to', async () => {
  let connections = 0
  const canary = createTcpServer((socket) => {
    connections++
    socket.destroy()
  })
  await new Promise<void>((resolve) => canary.listen(0, resolve))
  open = canary
  const { port } = canary.address() as AddressInfo
  const hosts = [
    '127.0.0.1',
    '127.1',
    '127.0.1',
    '0',
    '0.0.0.0',
    '2130706433',
    '017700000001',
    '0x7f000001',
    '0x7f.1',
    '0177.0.0.1',
    '127.0.0.1.',
    '127。0。0。1',
    '１２７.0.0.1',
    '%31%32%37.0.0.1',
    'localhost',
    'LOCALHOST',
    'localhost.',
    'a.localhost',
    '[::1]',
    '[::]',
    '[0:0:0:0:0:0:0:1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
  ]
  const schemes = [
    'https://',
    'http://',
    'HTTPS://',
    'https:',
    'https:\\\\',
    '//',
    'file://',
    'ftp://',
    'gopher://',
    'https://user:pass@',
  ]
  const paths = ['/', '/?x=1']
  const urls = hosts.flatMap((host) =>
    schemes.flatMap((scheme) => paths.map((path) => `${scheme}${host}:${port}${path}`)),
  )
  const outcomes = await Promise.all(
    urls.map(async (url) => {
      try {
        await createWebhook({ url, secret: SECRET, timeout: 2_000 })(CHANGE)
        return 'sent'
      } catch {
        return 'refused'
      }
    }),
  )
  expect([urls.length, new Set(outcomes), connections]).toEqual([500, new Set(['refused']), 0])
})

test.each([
  'http://hooks.example',
  'https://user:pass@hooks.example',
  'hooks.example',
  'https://10.0.0.1/',
  'https://[::1]/',
])('%s is refused when it is set', (url) => {
  expect(() => createWebhook({ url, secret: SECRET })).toThrow('[collector] webhook')
})

test('without a secret nothing is set up', () => {
  expect(() => createWebhook({ url: URL_OF_HOOK, secret: '' })).toThrow('`secret` is empty')
})
