import { afterEach, expect, test, vi } from 'vitest'
import type { ServerEvents } from '../../packages/collector/src/index.ts'
import { createMemoryStore } from '../../packages/storage/src/memory.ts'
import { guideRuleset } from './guide-ruleset.ts'
import { blocksOf, readPage } from './markdown.ts'
import { runExample } from './run-example.ts'

const [hear, send] = blocksOf(readPage('docs/guide/server-events.md')).filter(({ info }) => info === 'ts')
const modules = {
  '@attune/collector': () => import('@attune/collector'),
  '@attune/collector/server': () => import('@attune/collector/server'),
}
const env = {
  ATTUNE_SECRET: 'a secret of more than thirty-two characters',
  ATTUNE_SERVER_SECRET: 'another secret that our own servers know',
}

afterEach(() => vi.unstubAllGlobals())

test('what the page sends is heard by what the page hears with', async () => {
  const given = { ruleset: guideRuleset(), store: createMemoryStore() }
  const { serverEvents } = await runExample<{ serverEvents: ServerEvents }>(hear!.text, {
    modules,
    given,
    env,
  })
  const order = { visitor: 'v', consent: { preferences: true }, number: 7, time: Date.now(), total: 120 }
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => serverEvents.handle(new Request(url, init)))
  const surroundings = { modules, given: { order }, env }
  const { sent, answer } = await runExample<{ sent: Response; answer: unknown }>(send!.text, surroundings)
  expect([sent.status, answer]).toEqual([200, { accepted: 1, duplicates: 0, rejected: [] }])
})
