import { baselineVariants, createSealKeys, encodeCode, type PublishedRuleset } from '@attune/core'
import { createMemoryStore } from '@attune/storage/memory'
import { createRulesetSource } from '@attune/storage/ruleset-source'
import { type NextFetchEvent, NextRequest } from 'next/server'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createCollectRoute } from '../src/collect.ts'
import { createDecisionReader } from '../src/page.tsx'
import { createProxy } from '../src/proxy.ts'
import { makeRuleset, SECRET } from './support/make-ruleset.ts'
import { makeSource } from './support/make-source.ts'

const keys = createSealKeys(SECRET)
const first = makeRuleset()
const second = makeRuleset({
  revision: 'test.2',
  placements: { hero: { baseline: 'default', variants: ['default', 'hiking', 'autumn'] } },
  routes: { '/': ['hero'], '/guides': ['hero'], '/guides/[slug]': ['hero'] },
})

function makePage(path: string): NextRequest {
  return new NextRequest(`http://localhost:3000${path}`, { headers: { 'sec-fetch-dest': 'document' } })
}

const isRewritten = (response: Response): boolean => response.headers.has('x-middleware-rewrite')
const codeFor = (ruleset: PublishedRuleset, route: string): string =>
  encodeCode(keys, 'site', ruleset, route, baselineVariants(ruleset, route))

test('the proxy decides by whatever ruleset its source has in force', async () => {
  const source = makeSource()
  const proxy = createProxy({ ruleset: source, secret: SECRET })
  await source.publish(first)
  expect(isRewritten(await proxy(makePage('/')))).toBe(true)
  expect(isRewritten(await proxy(makePage('/guides')))).toBe(false)
  await source.publish(second)
  expect(isRewritten(await proxy(makePage('/guides')))).toBe(true)
})

test('while the source has none, pages are left as they are and nothing below /attune is reached', async () => {
  const proxy = createProxy({ ruleset: makeSource(), secret: SECRET })
  expect((await proxy(makePage('/'))).headers.get('x-middleware-next')).toBe('1')
  expect((await proxy(makePage('/attune/some-code'))).status).toBe(404)
})

test('a source that never answers when the process starts holds up no page for long, and events not at all', async () => {
  vi.useFakeTimers()
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const source = createRulesetSource('the test', () => new Promise(() => {}), { onError: () => {} })
  const proxy = createProxy({ ruleset: source, secret: SECRET })
  const began = Date.now()
  const waits: Promise<readonly [path: string, wait: number, next: string | null]>[] = []
  const ask = async (path: string) => {
    const asked = Date.now()
    const { headers } = await proxy(makePage(path))
    return [path, Date.now() - asked, headers.get('x-middleware-next')] as const
  }
  // Over several questions, each given up after three seconds.
  while (Date.now() - began < 12_000) {
    waits.push(ask('/'), ask('/attune/collect'))
    await vi.advanceTimersByTimeAsync(10)
  }
  await vi.advanceTimersByTimeAsync(3_000)
  const answers = await Promise.all(waits)
  expect(answers).toHaveLength(2_400)
  expect(answers.filter(([, , next]) => next !== '1')).toEqual([])
  const longest = (of: string) => Math.max(...answers.filter(([path]) => path === of).map(([, wait]) => wait))
  expect([longest('/'), longest('/attune/collect')]).toEqual([50, 0])
  // Between two questions nobody waits: there is nothing to wait for.
  expect(answers.filter(([path, wait]) => path === '/' && wait === 0).length).toBeGreaterThan(300)
})

test('the first ruleset is fetched behind the answer that did not wait for it, for as long as its host allows', async () => {
  const held: Promise<unknown>[] = []
  const event = { waitUntil: (work: Promise<unknown>) => void held.push(work) } as NextFetchEvent
  const arrival = Promise.withResolvers<{ text: string; version: string }>()
  const source = createRulesetSource('the test', () => arrival.promise, { onError: () => {} })
  const proxy = createProxy({ ruleset: source, secret: SECRET, patience: 0 })
  expect(isRewritten(await proxy(makePage('/'), event))).toBe(false)
  arrival.resolve({ text: JSON.stringify(first), version: 'r1' })
  expect(await Promise.all(held)).toHaveLength(1)
  expect(isRewritten(await proxy(makePage('/'), event))).toBe(true)
})

test('with a source too, a short secret is said when the site starts', () => {
  expect(() => createProxy({ ruleset: makeSource(), secret: 'short' })).toThrow(/at least 32/)
})

test('events are asked for again later while the source has no ruleset, and taken once it has', async () => {
  const source = makeSource()
  const route = createCollectRoute({ ruleset: source, secret: SECRET, store: createMemoryStore() })
  const batch = () =>
    new Request('http://localhost:3000/attune/collect', {
      method: 'POST',
      headers: {
        origin: 'http://localhost:3000',
        'content-type': 'application/json',
        'user-agent': 'Mozilla/5.0 Firefox/140.0',
      },
      body: JSON.stringify({ sent: Date.UTC(2026, 10, 22), events: [] }),
    })
  const refused = await route.POST(batch())
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
  await source.publish(first)
  expect((await route.POST(batch())).status).not.toBe(503)
})

test('a code is understood by the ruleset in force and by the one before', async () => {
  const source = makeSource()
  const readDecisions = createDecisionReader({ ruleset: source, secret: SECRET })
  await source.publish(first)
  await source.publish(second)
  const shown = { hero: { variant: 'default', baseline: 'default' } }
  expect(await readDecisions('/', codeFor(first, '/'))).toEqual(shown)
  expect(await readDecisions('/', codeFor(second, '/'))).toEqual(shown)
  expect(await readDecisions('/guides/espresso', codeFor(second, '/guides/[slug]'))).toEqual(shown)
})

test('a code of a ruleset that this process has not heard of yet has it fetched', async () => {
  const source = makeSource()
  const readDecisions = createDecisionReader({ ruleset: source, secret: SECRET })
  await source.publish(first)
  source.publishLater(second)
  expect(await readDecisions('/guides', codeFor(second, '/guides'))).toBeDefined()
})

test('a code of another path, of another site or of nobody says nothing', async () => {
  const source = makeSource()
  await source.publish(second)
  const readDecisions = createDecisionReader({ ruleset: source, secret: SECRET, site: 'other' })
  expect(await readDecisions('/', codeFor(second, '/'))).toBeUndefined()
  const read = createDecisionReader({ ruleset: source, secret: SECRET })
  expect(await read('/', codeFor(second, '/guides'))).toBeUndefined()
  expect(await read('/nowhere', codeFor(second, '/'))).toBeUndefined()
  expect(await read('/', 'nonsense')).toBeUndefined()
})
