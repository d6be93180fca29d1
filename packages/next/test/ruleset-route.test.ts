import { createHttpRuleset } from '@attune/storage/ruleset-http'
import { expect, test, vi } from 'vitest'
import { createRulesetRoute } from '../src/ruleset.ts'
import { makeRuleset, SECRET } from './support/make-ruleset.ts'
import { makeSource } from './support/make-source.ts'

const ruleset = makeRuleset()
const URL = 'https://shop.example/attune/ruleset'
const ask = (headers: Record<string, string> = {}): Request => new Request(URL, { headers })

test('what one host gives out another reads: signed, and 304 for who has it', async () => {
  const route = createRulesetRoute({ ruleset, secret: [SECRET, 'an older secret of thirty-two characters'] })
  const statuses: number[] = []
  const fetch = vi.fn(async (url: string | URL | Request, init?: RequestInit) => {
    const answer = await route.GET(new Request(url, init))
    statuses.push(answer.status)
    return answer
  })
  const source = createHttpRuleset({ url: URL, secret: SECRET, fetch })
  const { document, ...rest } = ruleset
  expect(document).toBeDefined()
  expect(await source.load()).toEqual(rest)
  await source.refresh()
  expect(statuses).toEqual([200, 304])
})

test('the document is given out only when asked for', async () => {
  const route = createRulesetRoute({ ruleset, secret: SECRET, document: true })
  expect(await (await route.GET(ask())).json()).toEqual(JSON.parse(JSON.stringify(ruleset)))
})

test('the tag is understood as a cache that compresses hands it on', async () => {
  const route = createRulesetRoute({ ruleset, secret: SECRET })
  const tag = (await route.GET(ask())).headers.get('etag')!
  for (const known of [`W/${tag}`, tag.replace(/"$/, '-gzip"'), `"x", ${tag}`])
    expect((await route.GET(ask({ 'if-none-match': known }))).status).toBe(304)
  expect((await route.GET(ask({ 'if-none-match': '"x"' }))).status).toBe(200)
})

test('a ruleset that changes has another tag, and while there is none it says when to come again', async () => {
  const source = makeSource()
  const route = createRulesetRoute({ ruleset: source, secret: SECRET })
  expect((await route.GET(ask())).status).toBe(503)
  await source.publish(ruleset)
  const first = await route.GET(ask())
  await source.publish(makeRuleset({ revision: 'test.2' }))
  const second = await route.GET(ask({ 'if-none-match': first.headers.get('etag')! }))
  expect([first.status, second.status]).toEqual([200, 200])
})

test('without a secret the first request says what is missing', async () => {
  await expect(createRulesetRoute({ ruleset, secret: undefined }).GET(ask())).rejects.toThrow(/ATTUNE_SECRET/)
})
