import { readFileSync } from 'node:fs'
import { parseRuleset } from '@attune/core/check'
import { publishRuleset } from '@attune/core/publish'
import { createPersonalizer } from '@attune/edge'
import { expect, onTestFinished, test } from 'vitest'
import { COLLECTOR_RULESET, COLLECTOR_SECRET } from '../support/collector-process.ts'
import { BROWSER } from '../support/fault-senders.ts'
import { type ServeProcess, startServe, startWork } from '../support/fault-serve.ts'
import { NO_REDIS, startRedis } from '../support/redis.ts'

const PATIENCE = { timeout: 20_000, interval: 20 }

interface Said {
  readonly n: number
  readonly answer?: { readonly decisions?: Record<string, string>; readonly upTo?: string }
}

test.skipIf(NO_REDIS)(
  'with a queue a page hears at once what it shows, and no process sets cookies that lack it',
  async () => {
    const redis = await startRedis()
    onTestFinished(() => redis.stop())
    const options = ['--redis', redis.url, '--queue', '--sockets']
    const [first, second] = [await startServe(...options), await startServe(...options)]
    onTestFinished(() => first.stop())
    onTestFinished(() => second.stop())
    const cookies = new Map([['attune_consent', 'preferences']])
    const headersOf = ({ port }: ServeProcess) => ({
      'user-agent': BROWSER,
      origin: `http://127.0.0.1:${port}`,
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    })
    const ask = async (server: ServeProcess, path: string, body: object) => {
      const answer = await fetch(`http://127.0.0.1:${server.port}${path}`, {
        method: 'POST',
        headers: { ...headersOf(server), 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      for (const set of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]*)=([^;]*)/.exec(set) ?? []
        cookies.set(name, value)
      }
      return { status: answer.status, body: await answer.json() }
    }
    const looks = (from: number, to: number) => ({
      sent: Date.now(),
      events: Array.from({ length: to - from }, (_, at) => ({
        id: `look-${from + at}-of-somebody`,
        name: 'view_item',
        time: Date.now(),
        properties: { item_id: 'tent', item_category: 'camping' },
      })),
    })

    await ask(first, '/attune/collect', looks(0, 1))
    const before = await startWork(redis.url)
    onTestFinished(() => before.stop())
    const isFolded = async () => {
      cookies.delete('attune_token')
      await ask(second, '/attune/socket', {})
      return cookies.has('attune_token')
    }
    await expect.poll(isFolded, PATIENCE).toBe(true)
    before.signal('SIGTERM')
    await before.ended

    const { ticket } = (await ask(first, '/attune/socket', { placements: ['offer'] })).body
    // Node takes headers, which browsers set themselves.
    const given = { headers: headersOf(first) } as unknown as string
    const socket = new WebSocket(`ws://127.0.0.1:${first.port}/attune/socket`, given)
    onTestFinished(() => socket.close())
    const said: Said[] = []
    socket.onopen = () => socket.send(JSON.stringify({ ticket }))
    socket.onmessage = ({ data }) => said.push(JSON.parse(data))
    await expect.poll(() => said.length, PATIENCE).toBe(1)
    const batch = looks(1, 3)
    const head = { n: 1, consent: 'preferences', placements: ['offer', 'home-hero'] }
    socket.send(`${JSON.stringify(head)}\n${JSON.stringify(batch)}`)
    await expect.poll(() => said.length, PATIENCE).toBe(2)
    const { decisions, upTo } = said[1]?.answer ?? {}
    expect(decisions).toEqual({ offer: 'ten-percent', 'home-hero': 'camping' })

    // Nobody folds it: the process that queued it knows it, the other one does not and says so.
    const token = cookies.get('attune_token')
    expect(await ask(second, '/attune/socket', { upTo })).toEqual({ status: 503, body: { error: 'behind' } })
    expect(cookies.get('attune_token')).toBe(token)
    expect(await offerOf(cookies, first)).toBe('none')
    // So the page sends the batch once more, to whom it may.
    expect((await ask(second, '/attune/collect', batch)).status).toBe(200)
    expect(await offerOf(cookies, first)).toBe('ten-percent')

    const worker = await startWork(redis.url)
    onTestFinished(() => worker.stop())
    await expect.poll(async () => (await ask(second, '/attune/socket', { upTo })).status, PATIENCE).toBe(200)
    expect(await offerOf(cookies, first)).toBe('ten-percent')
  },
)

/** What the next page would show to whoever has these cookies. */
async function offerOf(
  cookies: ReadonlyMap<string, string>,
  { port }: ServeProcess,
): Promise<string | undefined> {
  const parsed = parseRuleset(JSON.parse(readFileSync(COLLECTOR_RULESET, 'utf8')))
  if (!parsed.ok) throw new Error('The ruleset of collectors under test is not sound.')
  const { personalize } = createPersonalizer({
    ruleset: publishRuleset(parsed.value),
    secret: COLLECTOR_SECRET,
  })
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const page = await personalize(new Request(`http://127.0.0.1:${port}/`, { headers: { cookie } }), {
    document: true,
  })
  return page?.decisions.find(({ placement }) => placement === 'offer')?.variant
}
