import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser, newVisitor, openPage, variantOf } from '../support/browser.ts'
import { createVisitor } from '../support/http-visitor.ts'
import { findPrograms, startNginxCache, startVarnishCache } from './cache-grid/caches.ts'
import { startEcho } from './cache-grid/echo.ts'
import { runGrid } from './cache-grid/grid.ts'
import { guideConfig } from './cache-grid/guide-config.ts'
import { leaksOf } from './cache-grid/leaks.ts'
import { makeMutations } from './cache-grid/mutations.ts'
import { INTERNAL_HEADERS } from './cache-grid/mutations-header.ts'
import { readSeed, say, sizeOf } from './cache-grid/random.ts'
import { namingHost, sendRaw } from './cache-grid/raw.ts'
import { type Stage, startStage } from './cache-grid/stage.ts'

const MUTATIONS = { share: 1_500, whole: 20_000 }
const seed = readSeed()
const programs = await findPrograms()
const why = typeof programs === 'string' ? ` (skipped: ${programs})` : ''
const configs = { nginx: guideConfig('nginx'), vcl: guideConfig('vcl') }

describe.skipIf(why !== '')(`the shop behind caches as the guide sets them up${why}`, () => {
  let stage: Stage
  let browser: Browser

  beforeAll(async () => {
    if (typeof programs !== 'string') stage = await startStage(programs, configs)
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await stage?.stop()
  })

  test('each visitor is answered with their own page, and no header tells a code or a segment', async () => {
    const { caches, oracle, visitors, facts, canary } = stage
    const mutations = makeMutations(sizeOf(MUTATIONS), seed, facts)
    for (const cache of caches) {
      const figures = await runGrid({
        cache,
        oracle,
        visitors,
        mutations,
        complain: ({ path, headers }, answer) => {
          const isData = headers.some(([name]) => name.toLowerCase() === 'rsc')
          return leaksOf(answer, { path, isData }).map((leak) => `tells ${leak}`)
        },
      })
      const { requests, answers, knownFaults, wrong } = figures
      say(
        `${cache.name} as in the guide: ${mutations.length} mutations, ${requests} requests, ${JSON.stringify(answers)}, ${wrong.length} wrong, seed ${seed}`,
      )
      expect({ wrong: wrong.slice(0, 40), knownFaults }).toEqual({ wrong: [], knownFaults: 0 })
    }
    expect(canary.calls).toEqual([])
  }, 1_800_000)

  test('no header that only Next.js may set comes through', async () => {
    if (typeof programs === 'string') return
    const echo = await startEcho()
    const caches = [
      await startNginxCache(programs.nginx, echo.port, configs.nginx),
      await startVarnishCache(programs.varnish, echo.port, configs.vcl),
    ]
    for (const cache of caches) {
      const given = [...INTERNAL_HEADERS, 'forwarded', 'x-forwarded-port', 'range'].map(
        (name) => [name, '1'] as const,
      )
      const { body } = await cache.ask({ path: '/', headers: given })
      const arrived = Object.keys(JSON.parse(body.toString()) as object)
      expect(arrived.filter((name) => given.some(([one]) => one === name))).toEqual([])
      const data = ['rsc', 'next-router-prefetch', 'next-router-state-tree', 'next-url'].map(
        (name) => [name, '1'] as const,
      )
      const asked = await cache.ask({ path: '/', headers: [...data, ['x-forwarded-host', 'evil.example']] })
      const kept = JSON.parse(asked.body.toString()) as { readonly [name: string]: string }
      expect(Object.keys(kept)).toEqual(expect.arrayContaining(data.map(([name]) => name)))
      expect(kept['x-forwarded-host']).not.toContain('evil')
      await cache.stop()
    }
    await echo.stop()
  })

  test('what is the same for all is kept; nothing below /attune but the endpoints is answered', async () => {
    const { caches, facts, visitors } = stage
    for (const cache of caches) {
      await cache.ask({ path: '/guides', headers: visitors.nobody.headers })
      const again = await cache.ask({ path: '/guides', headers: visitors.nobody.headers })
      expect([again.status, cache.wasStored(again)]).toEqual([200, true])
      for (const path of [...facts.internalPaths, '/cart.rsc', '/cart.segments/_tree.segment.rsc'])
        expect((await cache.ask({ path, headers: visitors.hiker.headers })).status).toBe(404)
      const { status } = await cache.ask({ path: '/attune/collect/profile', headers: [] })
      expect(status).toBe(400)
    }
  })

  test('a request that names another host, or a strange method, is no failure', async () => {
    const { caches, canary } = stage
    const requests = namingHost(`127.0.0.1:${canary.port}`, ['/', '/attune/collect', '/attune/explain'])
    for (const { name, port } of caches) {
      const answers = await Promise.all(requests.map((bytes) => sendRaw(port, bytes)))
      const failed = requests.filter((_, at) => /^HTTP\S* 5|canary/.test(answers[at]!))
      expect([name, failed]).toEqual([name, []])
    }
    expect(canary.calls).toEqual([])
  })

  test('a visitor is recognised, and navigates without a new document', async () => {
    for (const cache of stage.caches) {
      const origin = `http://127.0.0.1:${cache.port}`
      const visitor = createVisitor(origin)
      visitor.grant('preferences')
      const item = { item_id: 'a', item_category: 'climbing' }
      expect((await visitor.send([{ name: 'view_item', properties: item }])).status).toBe(200)
      expect((await visitor.get('/')).variants['home-hero']).toBe('climbing')

      const context = await newVisitor(browser)
      await context.addCookies([...visitor.cookies].map(([name, value]) => ({ name, value, url: origin })))
      const { page, complaints } = await openPage(context)
      await page.goto(origin)
      expect(await variantOf(page, 'home-hero')).toBe('climbing')
      await page.evaluate(() => Object.assign(window, { sameDocument: true }))
      await page.locator('a[href="/category/climbing"]').first().click()
      await page.waitForURL('**/category/climbing')
      await page.locator('a[href^="/product/"]').first().click()
      await page.waitForURL('**/product/*')
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBeTruthy()
      await page.locator('a[href="/"]').first().click()
      await page.waitForURL(`${origin}/`)
      expect(await variantOf(page, 'home-hero')).toBe('climbing')
      expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true)
      expect(complaints).toEqual([])
      await context.close()
    }
  })
})
