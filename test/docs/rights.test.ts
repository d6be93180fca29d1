import { createSealKeys, encodeVisitor } from '@attune/core'
import { afterEach, expect, test, vi } from 'vitest'
import { createPixel, createRights } from '../../packages/collector/src/index.ts'
import type { MyDataRoute } from '../../packages/next/src/rights.ts'
import { createMemoryConsentLog } from '../../packages/storage/src/consent.ts'
import { createMemoryStore } from '../../packages/storage/src/memory.ts'
import { guideRuleset } from './guide-ruleset.ts'
import { blocksOf, readPage } from './markdown.ts'
import { runExample } from './run-example.ts'

const env = {
  ATTUNE_SECRET: 'a secret of more than thirty-two characters',
  ATTUNE_SERVER_SECRET: 'another secret that our own servers know',
}
const VISITOR = 'AbCdEfGhIjKlMnOpQrStUv'
const modules = {
  '@attune/collector/server': () => import('@attune/collector/server'),
  '@attune/next/rights': () => import('../../packages/next/src/rights.ts'),
}

const exampleOf = (page: string, word: string): string =>
  blocksOf(readPage(`docs/guide/${page}.md`)).find(({ info, text }) => info === 'ts' && text.includes(word))!
    .text

afterEach(() => vi.unstubAllGlobals())

test('the route of the page shows a visitor what is kept of them', async () => {
  const given = { ruleset: guideRuleset(), store: createMemoryStore(), log: createMemoryConsentLog() }
  const { route } = await runExample<{ route: MyDataRoute }>(exampleOf('privacy', 'createMyDataRoute'), {
    modules,
    given,
    env,
  })
  const cookie = `attune_visitor=${encodeVisitor(createSealKeys(env.ATTUNE_SECRET), 'site', VISITOR)}`
  const ask = (path: string) => route.GET(new Request(`http://shop.example${path}`, { headers: { cookie } }))
  const shown = await ask('/attune/my-data')
  expect([shown.status, await shown.text()]).toEqual([200, expect.stringContaining('Delete everything')])
  expect((await ask(`/attune/my-data/${VISITOR}`)).status).toBe(404)
})

test('what the page asks for is answered, and erased', async () => {
  const rights = createRights({
    store: createMemoryStore(),
    pseudonyms: () => [],
    serverSecret: env.ATTUNE_SERVER_SECRET,
    writeDown: async (_, act) => (await act()).value,
  })
  vi.stubGlobal('fetch', (url: string, init: RequestInit) =>
    (url === 'https://shop.example/attune/rights/erase' ? rights.erase : rights.export)(
      new Request(url, init),
    ),
  )
  const { exported, record, erased, receipt } = await runExample<{
    exported: Response
    record: unknown
    erased: Response
    receipt: unknown
  }>(exampleOf('privacy', 'createRightsSender'), { modules, given: { visitor: VISITOR }, env })
  expect([exported.status, record]).toEqual([404, undefined])
  expect([erased.status, receipt]).toMatchObject([200, { profiles: 0 }])
})

test('the link of the page is a mail that was opened', async () => {
  const { src } = await runExample<{ src: string }>(exampleOf('bridges', 'createPixelLink'), { modules, env })
  const ingest = vi.fn(async () => ({ accepted: 1, duplicates: 0, rejected: [], profile: null }))
  const pixel = createPixel({
    ruleset: { version: 1, revision: 'r', events: { email_open: {} }, segments: {} },
    secret: env.ATTUNE_SECRET,
    store: createMemoryStore(),
    mailSecret: env.ATTUNE_SERVER_SECRET,
    collector: { ingest, handle: async () => new Response() },
  })
  expect((await pixel.handle(new Request(src))).headers.get('content-type')).toBe('image/gif')
  expect(ingest).toHaveBeenCalledWith(
    expect.objectContaining({
      visitor: VISITOR,
      events: [expect.objectContaining({ name: 'email_open', properties: { campaign: 'autumn' } })],
    }),
  )
})
