import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test, vi } from 'vitest'
import type { Formats } from '../../packages/collector/src/index.ts'
import { createMemoryStore } from '../../packages/storage/src/memory.ts'
import { guideRuleset } from './guide-ruleset.ts'
import { blocksOf, readPage } from './markdown.ts'
import { runExample } from './run-example.ts'

const page = readPage('docs/guide/bridges.md')
const examples = blocksOf(page).filter(({ info }) => info === 'ts')

test('the bridge of the page tells the tracker of the page', async () => {
  const followDataLayer = vi.fn()
  const track = () => {}
  await runExample(examples[0]!.text, {
    modules: {
      '@attune/tracker': async () => ({ createTracker: () => ({ track }) }),
      '@attune/tracker/datalayer': async () => ({ followDataLayer }),
    },
  })
  expect(followDataLayer).toHaveBeenCalledWith({ track, events: ['newsletter'] })
})

test('what the page mounts hears Segment and GA4, and refuses Snowplow', async () => {
  const env = {
    ATTUNE_SECRET: 'a secret of more than thirty-two characters',
    ATTUNE_WRITE_KEY: 'a write key of our servers',
    ATTUNE_API_SECRET: 'a secret of our tag server',
  }
  const { formats } = await runExample<{ formats: Formats }>(examples[1]!.text, {
    modules: { '@attune/collector': () => import('@attune/collector') },
    given: { ruleset: guideRuleset(), store: createMemoryStore() },
    env,
  })
  const post = async (path: string, body: object) => {
    const headers = { authorization: `Basic ${btoa(`${env.ATTUNE_WRITE_KEY}:`)}` }
    const url = `https://shop.example/attune/in${path}`
    return (await formats.handle(new Request(url, { method: 'POST', headers, body: JSON.stringify(body) })))
      .status
  }
  const ga4 = `?measurement_id=G-SHOP&api_secret=${encodeURIComponent(env.ATTUNE_API_SECRET)}`
  const events = { client_id: 'v', events: [{ name: 'login' }] }
  expect([
    await post('/v1/track', { anonymousId: 'v', event: 'Product Added' }),
    await post(`/mp/collect${ga4}`, events),
    await post(`/debug/mp/collect${ga4}`, events),
    await post('/com.snowplowanalytics.snowplow/tp2', {}),
  ]).toEqual([200, 204, 200, 400])
})

test('the scripts that the page names are built from a source', () => {
  const scripts = [...new Set([...page.text.matchAll(/attune-\w+(?=\.js)/g)].map(([name]) => name))]
  expect(scripts).toEqual(['attune-datalayer', 'attune-analytics'])
  const source = (name: string) =>
    fileURLToPath(new URL(`../../packages/tracker/src/${name}.ts`, import.meta.url))
  expect(scripts.filter((name) => !existsSync(source(name)))).toEqual([])
})
