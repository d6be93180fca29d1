import {
  type CompiledRuleset,
  compileRuleset,
  createSealKeys,
  encodeToken,
  type PublishedRuleset,
} from '@attune/core'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { launchBrowser } from '../../support/browser.ts'
import type { WordPressSite } from '../../support/wordpress.ts'
import { fetchPage } from '../../support/wordpress-client.ts'
import {
  allMarksOf,
  BROWSER,
  keenPersona,
  keenProfile,
  NOBODY,
  SECRET,
  startStage,
} from '../../support/wordpress-stage.ts'
import { createGate } from '../gate.ts'
import { type RunningWorker, startWorker } from '../start-worker.ts'
import { openThrough, startCollecting } from './collecting.ts'
import { addPages } from './pages.ts'

// While a secret is changed there are two.
const OLDER = 'an-older-secret-of-at-least-thirty-two-characters'

interface Told {
  readonly consent: (choice: 'all') => void
  readonly track: (name: string) => void
}

describe.each(['6.5', '6.7'] as const)('a Worker before WordPress %s', (version) => {
  let site: WordPressSite
  const gate = createGate()
  let worker: RunningWorker
  let given: CompiledRuleset

  beforeAll(async () => {
    site = await startStage(version)
    await addPages(site)
    worker = await startWorker(
      'wordpress',
      { ATTUNE_SECRET: `${SECRET}, ${OLDER}`, WORDPRESS: site.origin },
      gate.pass,
    )
    const published = await (await site.fetch('/wp-json/attune/v1/ruleset')).json()
    given = compileRuleset(published as PublishedRuleset)
    // The first request of a Worker finds the ruleset on its way.
    await vi.waitFor(
      async () => expect((await ask('/plain/')).headers.get('cache-control')).toContain('private'),
      10_000,
    )
  })
  afterAll(async () => {
    await worker?.stop()
    await site?.stop()
  })
  beforeEach(() => gate.forget())

  // By its own address, as through a route of Cloudflare's.
  const ask = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetchPage(worker.origin, path, {
      headers: { host: new URL(site.origin).host, 'user-agent': BROWSER, ...headers },
    })
  // Their token is of the ruleset that the WordPress gives out: whoever collects has it from there, as the Worker has.
  const keen = (visitor = 'keen-visitor-of-22-chr'): Record<string, string> => {
    const owner = { site: new URL(site.origin).host, visitor }
    const carried = { profile: keenProfile(), issuedAt: Math.floor(Date.now() / 1000), utcOffset: 60 }
    const token = encodeToken(createSealKeys(SECRET), owner, given, carried)
    return { cookie: keenPersona(site, visitor).cookies!.replace(/attune_token=.*/, `attune_token=${token}`) }
  }
  const marks = async (path: string, headers?: Record<string, string>): Promise<readonly string[]> => {
    const answer = await ask(path, headers)
    expect(answer.status).toBe(200)
    const html = await answer.text()
    expect(html).not.toMatch(/attune-slot|attune-placement|data-variant|data-attune=/)
    expect(answer.headers.get('cache-control')).toBe('private, max-age=0, must-revalidate')
    expect(answer.headers.getSetCookie()).toEqual([])
    expect([...answer.headers.keys()].filter((name) => name.startsWith('x-attune'))).toEqual([])
    expect(answer.headers.get('vary') ?? '').not.toMatch(/attune/i)
    return allMarksOf(html)
  }

  test('each visitor is sent their variants, and nothing else of any placement', async () => {
    expect(await marks('/page/')).toEqual(['MARK-ONE-DEFAULT', 'MARK-SHORT-DEFAULT'])
    expect(await marks('/page/', keen())).toEqual(['MARK-ONE-KEEN', 'MARK-SHORT-KEEN'])
    expect(await marks('/nested/')).toEqual(['MARK-OUTER-DEFAULT'])
    expect(await marks('/nested/', keen())).toEqual(['MARK-OUTER-KEEN', 'MARK-INNER-KEEN'])
  })

  test('WordPress makes the page once, whoever comes and however often', async () => {
    const known = keen()
    await marks('/page/?turns')
    for (let turn = 0; turn < 200; turn++) {
      const [mine, theirs] = await Promise.all([marks('/page/?turns', known), marks('/page/?turns')])
      expect(mine).toEqual(['MARK-ONE-KEEN', 'MARK-SHORT-KEEN'])
      expect(theirs).toEqual(['MARK-ONE-DEFAULT', 'MARK-SHORT-DEFAULT'])
    }
    expect(gate.asked.filter(({ path }) => path === '/page/?turns')).toHaveLength(1)
    expect(gate.asked.every(({ headers }) => !headers.has('cookie'))).toBe(true)
  })

  test('what WordPress chooses itself is what the Worker chooses', async () => {
    await site.php(`Attune\\save_settings( array( 'page_cache' => 'none' ) );`)
    for (const path of ['/page/', '/nested/'])
      for (const isKeen of [false, true]) {
        const asked = isKeen ? keenPersona(site) : NOBODY
        const server = await site.fetch(path, asked)
        expect(await marks(`${path}?server`, isKeen ? keen() : {})).toEqual(allMarksOf(await server.text()))
      }
    await site.php(`Attune\\save_settings( array( 'page_cache' => 'auto' ) );`)
  })

  test('an experiment gives each visitor what WordPress would give them', async () => {
    await site.php(
      `Attune\\save_settings( array( 'page_cache' => 'none', 'collector' => '${site.origin}/nowhere' ) );`,
    )
    const seen = new Set<string>()
    for (let number = 0; number < 12; number++) {
      const persona = keenPersona(site, `visitor-of-22-chars-${String(number).padStart(2, '0')}`)
      const headers = { 'user-agent': BROWSER, cookie: persona.cookies ?? '' }
      const server = allMarksOf(await (await site.fetch('/split/', { headers })).text())
      expect(await marks('/split/', keen(`visitor-of-22-chars-${String(number).padStart(2, '0')}`))).toEqual(
        server,
      )
      seen.add(server[0]!)
    }
    await site.php(`Attune\\save_settings( array( 'page_cache' => 'auto', 'collector' => '' ) );`)
    expect([...seen].sort()).toEqual(['MARK-A', 'MARK-B'])
  })

  test('without consent nothing of a visitor’s own is looked at, and what they carry goes', async () => {
    const without = keen().cookie!.replace('preferences.statistics', 'none')
    const answer = await ask('/page/', { cookie: without })
    expect(allMarksOf(await answer.text())).toEqual(['MARK-ONE-DEFAULT', 'MARK-SHORT-DEFAULT'])
    expect(answer.headers.getSetCookie().map((line) => line.split('=', 1)[0])).toEqual([
      'attune_visitor',
      'attune_token',
    ])
    const denied = `${keen().cookie}; wp_consent_preferences=deny`
    expect(allMarksOf(await (await ask('/page/', { cookie: denied })).text())).toContain('MARK-ONE-DEFAULT')
  })

  test('where somebody is from Cloudflare says, not their headers', async () => {
    expect(await marks('/page/', { 'cf-ipcountry': 'DE', 'x-vercel-ip-country': 'DE' })).toEqual([
      'MARK-ONE-DEFAULT',
      'MARK-SHORT-DEFAULT',
    ])
  })

  test('who is logged in is served by WordPress, and leaves nothing behind', async () => {
    const { cookies } = await site.login('subscriber')
    const answer = await ask('/page/?login', { cookie: cookies })
    expect(await answer.text()).toContain('MARK-ONE-DEFAULT')
    expect(answer.headers.get('cache-control')).toMatch(/no-store|private/)
    await ask('/page/?login', { cookie: cookies })
    expect(gate.asked.filter(({ path }) => path === '/page/?login')).toHaveLength(2)
    expect(gate.asked.some(({ headers }) => headers.has('x-attune-edge'))).toBe(false)
  })

  test('nobody gets the page of all variants: by its address in the cache, by a header, by asking for part of it', async () => {
    await marks('/page/')
    expect((await ask('/attune/slots/page/')).status).toBe(404)
    const tries: readonly Record<string, string>[] = [
      { 'x-attune-edge': 'v1.1.00' },
      { range: 'bytes=0-999999' },
      { accept: 'application/json' },
    ]
    for (const headers of tries) {
      const html = await (await ask('/page/', headers)).text()
      expect(html).not.toContain('attune-slot')
    }
  })

  test('a feed, REST and the login are WordPress’s own', async () => {
    expect(await (await ask('/feed/')).text()).toContain('<rss')
    expect((await ask('/wp-json/attune/v1/ruleset')).headers.get('attune-signature')).toMatch(/^sha256=/)
    expect((await ask('/wp-login.php')).status).toBe(200)
  })

  test('a WordPress whose half for edges breaks is left to itself: the page as browsers get it', async () => {
    gate.answer((headers) =>
      headers.has('x-attune-edge') ? { status: 500, text: 'Fatal error' } : undefined,
    )
    const html = await (await ask('/page/?fatal', keen())).text()
    expect(html).toContain('<attune-placement')
    expect(html).not.toContain('attune-slot')
  })

  test('a page that may not be stored, or sets a cookie, is resolved and not kept', async () => {
    for (const headers of [{ 'cache-control': 'no-cache' }, { 'set-cookie': 'a=b' }, { vary: 'Cookie' }]) {
      gate.forget()
      const path = `/page/?${Object.keys(headers)[0]}`
      gate.change(headers)
      for (let turn = 0; turn < 2; turn++)
        expect(allMarksOf(await (await ask(path)).text())).toEqual(['MARK-ONE-DEFAULT', 'MARK-SHORT-DEFAULT'])
      expect(
        gate.asked.filter((one) => one.path === path),
        path,
      ).toHaveLength(2)
    }
  })

  test('a page that is one visitor’s own is asked for with what they carry, and no second time as nobody’s', async () => {
    gate.change({ 'cache-control': 'no-store' })
    for (let turn = 0; turn < 3; turn++) {
      const html = await (
        await ask('/page/?own', { cookie: 'PHPSESSID=a; attune_consent=preferences' })
      ).text()
      expect(html).not.toContain('attune-slot')
      expect(html).toContain('<attune-placement')
    }
    const carried = gate.asked.map(({ headers }) => headers.get('cookie'))
    expect(carried).toEqual([undefined, ...[1, 2, 3].map(() => 'PHPSESSID=a; attune_consent=preferences')])
  })

  test('with a collector of the same ruleset, what a visitor does changes the next page', async () => {
    const name = new URL(site.origin).host
    const collecting = await startCollecting(site)
    const visit = (path: string, cookie: string, request: object = {}): Promise<Response> =>
      fetchPage(collecting.origin, path, {
        ...request,
        headers: { host: name, 'user-agent': BROWSER, 'content-type': 'application/json', cookie },
      })
    const now = Date.now()
    const events = [1, 2, 3].map((at) => ({
      id: `seen-${at}`,
      name: 'view_item',
      time: now - at,
      properties: {},
    }))
    expect(allMarksOf(await (await visit('/page/', 'attune_consent=preferences')).text())).toContain(
      'MARK-ONE-DEFAULT',
    )
    const sent = await visit('/attune/collect', 'attune_consent=preferences', {
      method: 'POST',
      body: JSON.stringify({ sent: now, events }),
    })
    expect(await sent.json()).toMatchObject({ accepted: 3 })
    const given = sent.headers.getSetCookie().map((line) => line.split(';', 1)[0])
    const next = await visit('/page/', ['attune_consent=preferences', ...given].join('; '))
    expect(allMarksOf(await next.text())).toEqual(['MARK-ONE-KEEN', 'MARK-SHORT-KEEN'])
    await collecting.stop()
  })

  test('a page carries the plugin’s script where a collector hears it, and says nothing else of placements', async () => {
    expect(await (await ask('/page/?unheard')).text()).not.toMatch(/attune-js|attune-config/)
    const collector = `${site.origin}/attune/collect`
    await site.php(`Attune\\save_settings( array( 'collector' => '${collector}' ) );`)
    const heard = await ask('/page/?heard', keen())
    const html = await heard.text()
    await site.php(`Attune\\save_settings( array( 'collector' => '' ) );`)
    expect(allMarksOf(html)).toEqual(['MARK-ONE-KEEN', 'MARK-SHORT-KEEN'])
    expect(html).not.toMatch(/attune-slot|attune-placement|data-variant|data-attune=/)
    const [, config = '{}'] = /id="attune-config">([^<]*)</.exec(html) ?? []
    expect(JSON.parse(config)).toMatchObject({ collector })
    const [, script = ''] = /src="([^"]*attune\.js[^"]*)"/.exec(html) ?? []
    expect((await ask(new URL(script, site.origin).pathname)).status).toBe(200)
  })

  test('in a browser, what is done on a page of the Worker changes the next one', async () => {
    const collecting = await startCollecting(site)
    await site.php(`Attune\\save_settings( array( 'collector' => '${site.origin}/attune/collect' ) );`)
    const browser = await launchBrowser()
    const page = await openThrough(browser, site, collecting.origin)
    await page.goto(`${site.origin}/page/?browser`)
    expect(allMarksOf(await page.content())).toContain('MARK-ONE-DEFAULT')
    await page.waitForFunction(() => 'attune' in window)
    const told = page.waitForResponse(`${site.origin}/attune/collect`)
    await page.evaluate(() => {
      const { attune } = window as unknown as { attune: Told }
      attune.consent('all')
      for (let at = 0; at < 3; at++) attune.track('view_item')
    })
    expect((await told).status()).toBe(200)
    await page.goto(`${site.origin}/page/?browser`)
    expect(allMarksOf(await page.content())).toEqual(['MARK-ONE-KEEN', 'MARK-SHORT-KEEN'])
    await browser.close()
    await site.php(`Attune\\save_settings( array( 'collector' => '' ) );`)
    await collecting.stop()
  })

  test('nothing went wrong on the way', () => {
    expect(site.debugLog()).toBe('')
  })
})
