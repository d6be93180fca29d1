import { createSealKeys, encodeCode, type PublishedRuleset } from '@attune/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readRuleset } from '../../examples/hono/ruleset.ts'
import { createVisitor, type HttpAnswer, type HttpVisitor } from '../support/http-visitor.ts'
import { sealPreview } from '../support/preview.ts'
import { type SharedCache, startSharedCache } from './shared-cache.ts'

/**
 * A host that shows the site of `examples/hono`. Its pages read profiles from a store that never answers: what visitors did comes to the
 * next page in their token.
 */
export interface RunningHost {
  readonly origin: string
  readonly secret: string
  readonly stop: () => Promise<void>
}

/** Why a host cannot keep a promise whole. */
export interface HostLimits {
  /** Header that the host must show → why. */
  readonly shown?: { readonly [header: string]: string }
}

const VARIANT = 'private, max-age=0, must-revalidate'
const FROM_OUTSIDE = {
  'x-middleware-rewrite': '/attune/x',
  'x-middleware-next': '1',
  'x-middleware-subrequest': 'middleware:middleware:middleware:middleware:middleware',
  'x-attune-segment': 'hill-walker',
  'x-attune-edge': 'v1.1.0',
  'x-matched-path': '/attune/x',
  'x-forwarded-host': 'evil.example',
  'x-nextjs-data': '1',
}
// What a hung store would take is more than any of it; what a busy machine takes is less.
const IN_TIME_MS = 2_000

/** Tests what every host promises, and what else one does. */
export function describePromises(
  name: string,
  start: () => Promise<RunningHost>,
  { shown = {} }: HostLimits = {},
  alsoTest: (host: () => RunningHost) => void = () => {},
): void {
  describe(name, () => {
    let host: RunningHost
    let cache: SharedCache

    beforeAll(async () => {
      host = await start()
      cache = await startSharedCache(host.origin)
    })
    afterAll(async () => {
      await cache?.stop()
      await host?.stop()
    })

    const walker = async (purposes = 'preferences', at: string = host.origin): Promise<HttpVisitor> => {
      const visitor = createVisitor(at)
      visitor.grant(purposes)
      expect((await visitor.send(looksAt('hiking', 2))).status).toBe(200)
      return visitor
    }
    const preview = (): string => sealPreview(host.secret, { assume: { 'hill-walker': true } })

    test('of whom nothing is known sees baselines, and is given no cookie', async () => {
      const answer = await createVisitor(host.origin).get('/')
      expect(answer).toMatchObject({ status: 200, variants: { 'home-hero': 'default', offer: 'none' } })
      expect(answer.headers.get('cache-control')).toBe(VARIANT)
      expect(answer.headers.getSetCookie()).toEqual([])
    })

    test('what a visitor does changes the next page', async () => {
      const visitor = createVisitor(host.origin)
      visitor.grant('preferences')
      expect((await visitor.get('/')).variants['home-hero']).toBe('default')
      await visitor.send(looksAt('hiking', 2))
      expect((await visitor.get('/')).variants['home-hero']).toBe('hiking')
      expect((await visitor.get('/product/tent')).variants).toEqual({ 'product-rail': 'boots' })
    })

    test('without consent what a visitor does changes nothing and sets no cookie', async () => {
      const visitor = createVisitor(host.origin)
      await visitor.send(looksAt('hiking', 3))
      const answer = await visitor.get('/')
      expect(answer.variants['home-hero']).toBe('default')
      expect([...visitor.cookies.keys()]).toEqual([])
    })

    test('who takes consent back is nobody on the next page, also one that is not personalised', async () => {
      const visitor = await walker()
      await visitor.get('/')
      const kept = new Map(visitor.cookies)
      for (const path of ['/', '/about']) {
        for (const [cookie, value] of kept) visitor.cookies.set(cookie, value)
        visitor.grant('none')
        const answer = await visitor.get(path)
        expect(answer.variants['home-hero'] ?? 'default').toBe('default')
        expect([...visitor.cookies.keys()], path).toEqual(['attune_consent'])
        expect(answer.headers.get('cache-control')).toMatch(/private|no-store/)
      }
    })

    test('Global Privacy Control turns personalising off, unless the visitor said yes in spite of it', async () => {
      const visitor = await walker('preferences.marketing')
      expect((await visitor.get('/')).variants).toEqual({ 'home-hero': 'hiking', offer: 'ten-percent' })
      visitor.grant('preferences.marketing.gpc')
      const inSpite = await visitor.get('/', { 'sec-gpc': '1' })
      expect(inSpite.variants).toEqual({ 'home-hero': 'hiking', offer: 'ten-percent' })
      visitor.grant('preferences.marketing')
      const objected = await visitor.get('/', { 'sec-gpc': '1' })
      expect(objected.variants).toEqual({ 'home-hero': 'default', offer: 'none' })
      expect([...visitor.cookies.keys()]).toEqual(['attune_consent'])
    })

    test('a forged code, and one of ours that is asked for by its path, is a 404 that nobody keeps', async () => {
      const ruleset: PublishedRuleset = readRuleset()
      const code = encodeCode(createSealKeys(host.secret), 'site', ruleset, '/', { 'home-hero': 'hiking' })
      const forged = `${code.slice(0, -1)}${code.endsWith('A') ? 'B' : 'A'}`
      const paths = [code, forged, `${code}/product/tent`, 'slots/', ''].map((rest) => `/attune/${rest}`)
      for (const path of [...paths, `/%61ttune/${code}`, `/ATTUNE/${code}`, `//attune/${code}`]) {
        const answer = await createVisitor(host.origin).get(path)
        expect({ path, status: answer.status }).toMatchObject({ status: expect.toSatisfy(isNoPage) })
        expect(answer.variants).toEqual({})
        expect(answer.headers.get('cache-control') ?? 'no-store').toMatch(/no-store|private/)
      }
    })

    test('a preview is shown, sets nothing and is stored nowhere', async () => {
      const visitor = createVisitor(host.origin)
      visitor.grant('preferences')
      visitor.cookies.set('attune_preview', preview())
      const answer = await visitor.get('/')
      expect(answer.variants['home-hero']).toBe('hiking')
      expect(answer.headers.get('cache-control')).toContain('no-store')
      expect(answer.headers.getSetCookie()).toEqual([])
      expect((await createVisitor(host.origin).get('/')).variants['home-hero']).toBe('default')
    })

    test('a preview is told how its page was decided, and nobody else is', async () => {
      const visitor = createVisitor(host.origin)
      visitor.cookies.set('attune_preview', preview())
      expect((await visitor.get('/')).headers.get('server-timing')).toMatch(/^attune;dur=\d+;desc="empty"$/)
      for (const path of ['/', '/product/tent', '/about'])
        expect((await (await walker()).get(path)).headers.get('server-timing') ?? '').not.toContain('attune')
    })

    test('whose token is gone sees the baseline in time while the store does not answer', async () => {
      const visitor = await walker()
      visitor.cookies.delete('attune_token')
      visitor.cookies.delete('attune_pin')
      const before = performance.now()
      const answer = await visitor.get('/')
      expect(performance.now() - before).toBeLessThan(IN_TIME_MS)
      expect(answer).toMatchObject({ status: 200, variants: { 'home-hero': 'default', offer: 'none' } })
    })

    test('a cache in front that keys on the address alone gives nobody what is another’s', async () => {
      const walkers = await walker('preferences', cache.origin)
      const strangers = createVisitor(cache.origin)
      for (let turn = 0; turn < 40; turn++) {
        const path = ['/', '/product/tent', '/?utm_source=mail'][turn % 3]!
        const [mine, theirs] = await Promise.all([walkers.get(path), strangers.get(path)])
        expect(heroOrRail(mine), path).toMatch(/hiking|boots/)
        expect(heroOrRail(theirs), path).toMatch(/default|popular/)
        expect(theirs.headers.getSetCookie()).toEqual([])
      }
    })

    test('headers by which hosts talk to themselves mean nothing from outside', async () => {
      const expected = await createVisitor(host.origin).get('/')
      for (const [header, value] of Object.entries(FROM_OUTSIDE)) {
        const answer = await createVisitor(host.origin).get('/', { [header]: value })
        expect({ header, text: answer.text }).toEqual({ header, text: expected.text })
      }
    })

    test('no header tells code, segment or how a host talks to itself', async () => {
      const visitor = await walker('preferences.marketing')
      for (const path of ['/', '/product/tent', '/about', '/attune/x']) {
        const { headers } = await visitor.get(path)
        const told = [...headers].filter(([header]) => !(header in shown) && header !== 'set-cookie')
        expect(told.filter(([header]) => /^x-(?:middleware|attune|invoke|matched)/.test(header))).toEqual([])
        expect(JSON.stringify(told)).not.toMatch(/\/attune\/|hill-walker|window-shopper|hero-hiking/)
      }
    })

    test('who has the page is told so, until another variant is theirs', async ({ skip }) => {
      const visitor = createVisitor(host.origin)
      const etag = (await visitor.get('/')).headers.get('etag')
      if (etag === null) return skip('this host gives its pages no ETag')
      // As a browser asks; a program's fetch says `no-cache`.
      const known = { 'if-none-match': etag, 'cache-control': 'max-age=0' }
      const again = await visitor.get('/', known)
      expect(again).toMatchObject({ status: 304, text: '' })
      expect(again.headers.get('cache-control')).toBe(VARIANT)
      visitor.grant('preferences')
      await visitor.send(looksAt('hiking', 2))
      const changed = await visitor.get('/', known)
      expect(changed).toMatchObject({ status: 200, variants: { 'home-hero': 'hiking' } })
    })

    alsoTest(() => host)
  })
}

const heroOrRail = ({ variants }: HttpAnswer): string =>
  variants['home-hero'] ?? variants['product-rail'] ?? 'none'

// A host may send `//attune/…` on to `/attune/…`, which is none.
const isNoPage = (status: number): boolean => status === 404 || (status >= 300 && status < 309)

const looksAt = (category: string, times: number): Parameters<HttpVisitor['send']>[0] =>
  Array.from({ length: times }, (_, at) => ({
    name: 'view_item',
    properties: { item_id: `${category}-${at}`, item_category: category },
  }))
