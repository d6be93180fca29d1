import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { PublishedRuleset } from '@attune/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DEFAULT_NGINX, findPrograms, startNginxCache } from './cache-grid/caches.ts'
import { runDeceptions } from './cache-grid/deceive.ts'
import { allDeceptions, ENDPOINTS } from './cache-grid/deceptions.ts'
import { forgeCodes, makeValidCodes } from './cache-grid/forged-codes.ts'
import { runGrid } from './cache-grid/grid.ts'
import { breaksVarnish } from './cache-grid/known-faults.ts'
import { makeMutations } from './cache-grid/mutations.ts'
import { readSeed, say, sizeOf } from './cache-grid/random.ts'
import { namingHost, sendRaw } from './cache-grid/raw.ts'
import { type Stage, startStage } from './cache-grid/stage.ts'

const MUTATIONS = { share: 5_300, whole: 50_000 }
const CODES = { share: 1_000, whole: 20_000 }
const published = fileURLToPath(new URL('../../examples/next-shop/ruleset.published.json', import.meta.url))
// Next.js 16.4 answers 500 by itself to these: to a Server Action where the page's origin is not the host that a cache named.
const isOfNext = (bytes: string): boolean => /^(?:TRACE|OPTIONS \*)|\nNext-Action:/.test(bytes)
const seed = readSeed()
const programs = await findPrograms()
const why = typeof programs === 'string' ? ` (skipped: ${programs})` : ''

describe.skipIf(why !== '')(`the shop behind caches with their own keys${why}`, () => {
  let stage: Stage
  const ruleset = JSON.parse(readFileSync(published, 'utf8')) as PublishedRuleset

  beforeAll(async () => {
    if (typeof programs !== 'string') stage = await startStage(programs)
  })
  afterAll(() => stage?.stop())

  test('each visitor is answered with their own page, whatever somebody asked before them', async () => {
    const { caches, oracle, visitors, facts, canary } = stage
    const all = makeMutations(sizeOf(MUTATIONS), seed, facts)
    for (const cache of caches) {
      const mutations = cache.name === 'Varnish' ? all.filter((one) => !breaksVarnish(one)) : all
      const { requests, answers, knownFaults, wrong } = await runGrid({ cache, oracle, visitors, mutations })
      say(
        `${cache.name}: ${mutations.length} mutations, ${requests} requests, ${JSON.stringify(answers)}, ${wrong.length} wrong, ${knownFaults} known faults of Next.js, seed ${seed}`,
      )
      expect(wrong.slice(0, 40)).toEqual([])
      expect(mutations.length).toBeGreaterThanOrEqual(5_000)
      // Pages that are the same for all were kept, or the rest would mean nothing.
      expect(await cache.stored()).toBeGreaterThan(0)
    }
    say(`${oracle.compared()} answers compared with what the shop itself says`)
    expect(canary.calls).toEqual([])
  }, 1_800_000)

  test('no spelling makes a cache keep what is one visitor’s', async () => {
    const paths = allDeceptions()
    for (const cache of stage.caches) {
      const { requests, kept, shown } = await runDeceptions(cache, stage, paths)
      say(
        `${cache.name}: ${paths.length} spellings of ${ENDPOINTS.length} endpoints and 3 pages, ${requests} requests, ${kept.length} kept`,
      )
      expect({ kept: kept.slice(0, 20), shown: shown.slice(0, 20) }).toEqual({ kept: [], shown: [] })
    }
    expect(paths.length).toBeGreaterThan(300 * ENDPOINTS.length)
  }, 600_000)

  test('forged codes put nothing into a cache', async () => {
    const { caches, shop, visitors } = stage
    const valid = makeValidCodes(100, { ruleset, secrets: [shop.secret], seed })
    const count = sizeOf(CODES)
    for (const cache of caches) {
      const before = await cache.stored()
      const statuses = new Set<number>()
      for (const code of forgeCodes(count, seed, valid)) {
        const path = `/attune/${encodeURIComponent(code)}`
        statuses.add((await cache.ask({ path, headers: visitors.nobody.headers })).status)
      }
      const added = (await cache.stored()) - before
      say(`${cache.name}: ${count} forged codes, ${added} kept, seed ${seed}`)
      expect({ added, statuses: [...statuses] }).toEqual({ added: 0, statuses: [404] })
    }
  }, 600_000)

  test('no request leaves for a host that a request named', async () => {
    const { caches, canary, shop } = stage
    const requests = namingHost(`127.0.0.1:${canary.port}`, [
      '/',
      '/privacy',
      '/attune/collect',
      '/attune/explain',
    ])
    for (const port of [shop.port, ...caches.map((cache) => cache.port)]) {
      const answers = await Promise.all(requests.map((bytes) => sendRaw(port, bytes)))
      const failed = requests.filter(
        (bytes, at) =>
          answers[at]!.includes('canary') || (/^HTTP\S* 5/.test(answers[at]!) && !isOfNext(bytes)),
      )
      expect(failed).toEqual([])
    }
    say(
      `${requests.length} requests to the shop and each cache name a host, ${canary.calls.length} called it`,
    )
    expect(canary.calls).toEqual([])
  })

  test('a cache that heeds nothing is found out', async () => {
    if (typeof programs === 'string') return
    const { shop, oracle, visitors, facts } = stage
    const careless = DEFAULT_NGINX.replace(
      'proxy_pass',
      'proxy_ignore_headers Cache-Control Set-Cookie Vary;\n    proxy_pass',
    )
    const cache = await startNginxCache(programs.nginx, shop.port, careless)
    const mutations = makeMutations(1, seed, facts).slice(0, 40)
    const { wrong } = await runGrid({ cache, oracle, visitors, mutations })
    const { kept } = await runDeceptions(cache, stage, ['/cart', '/product/trail-boots'])
    await cache.stop()
    expect(wrong.some((complaint) => complaint.includes('not the page of'))).toBe(true)
    expect(kept).not.toEqual([])
  })
})
