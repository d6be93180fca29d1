import type { PublishedRuleset } from '@attune/core'
import { signBody } from '@attune/storage/ruleset-http'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { readRuleset } from '../../examples/hono/ruleset.ts'
import { createVisitor, type HttpVisitor } from '../support/http-visitor.ts'
import { listen, newSecret } from './hosts.ts'
import { describePromises, type RunningHost } from './promises.ts'
import { type RunningWorker, startWorker, startWorkerText } from './start-worker.ts'
import { startVariantOrigin, type VariantOrigin } from './variant-origin.ts'

const PERSONAL = 'private, max-age=0, must-revalidate'

const BEFORE_A_SITE = `
  import { createWorker } from '@attune/edge/worker'
  import ruleset from './ruleset.published.json'
  export default createWorker((env) => ({
    ruleset,
    secret: env.ATTUNE_SECRET,
    origin: env.ORIGIN,
    store: { load: () => new Promise(() => {}) },
    onError: () => {},
  }))
`

describePromises('a Worker before a site with variant pages', async () => {
  const secret = newSecret()
  const origin = await startVariantOrigin(secret)
  const worker = await startWorkerText(BEFORE_A_SITE, { ATTUNE_SECRET: secret, ORIGIN: origin.origin })
  const stop = async (): Promise<void> => {
    await worker.stop()
    await origin.stop()
  }
  return { origin: worker.origin, secret, stop }
})

describe('what a Worker keeps, and what it leaves', () => {
  const secret = newSecret()
  let origin: VariantOrigin
  let worker: RunningWorker

  beforeAll(async () => {
    origin = await startVariantOrigin(secret)
    worker = await startWorker('site', { ATTUNE_SECRET: secret, ORIGIN: origin.origin })
  })
  afterAll(async () => {
    await worker?.stop()
    await origin?.stop()
  })

  const walker = async (): Promise<HttpVisitor> => {
    const visitor = createVisitor(worker.origin)
    visitor.grant('preferences')
    await visitor.send(
      [1, 2].map((at) => ({ name: 'view_item', properties: { item_id: `${at}`, item_category: 'hiking' } })),
    )
    return visitor
  }

  test('the origin is asked once for each code, however many visitors there are', async () => {
    origin.asked.length = 0
    for (let number = 0; number < 12; number++) {
      const isWalker = number % 2 === 0
      const visitor = isWalker ? await walker() : createVisitor(worker.origin)
      expect((await visitor.get('/?kept')).variants['home-hero']).toBe(isWalker ? 'hiking' : 'default')
    }
    expect(origin.asked).toHaveLength(2)
    expect(origin.asked.every((path) => /^\/attune\/[^/]+\?kept$/.test(path))).toBe(true)
  })

  test('data of a page, and a page that is asked for in part, are never kept', async () => {
    origin.asked.length = 0
    const visitor = createVisitor(worker.origin)
    for (const headers of [{ rsc: '1' }, { rsc: '1' }, { range: 'bytes=0-9' }, { range: 'bytes=0-9' }])
      await visitor.get('/?part', headers as Record<string, string>)
    expect(origin.asked).toHaveLength(4)
  })

  test('where variant pages break, visitors get the page at the public address, which nobody keeps', async () => {
    origin.fail(500)
    const answer = await (await walker()).get('/?broken')
    expect(answer).toMatchObject({ status: 200, variants: { 'home-hero': 'default' } })
    expect(answer.headers.get('cache-control')).toMatch(/private/)
    origin.fail(undefined)
    expect((await (await walker()).get('/?broken')).variants['home-hero']).toBe('hiking')
  })

  test('what is kept for all is asked for without cookies; a page of somebody’s own is theirs, and asked for with them', async () => {
    const asks = async (path: string, cookie: string): Promise<readonly (string | null)[]> => {
      origin.asked.length = 0
      await createVisitor(worker.origin).get(path, { cookie })
      return [String(origin.asked.length), origin.headers().get('cookie')]
    }
    expect(await asks('/?cookies', 'login=alice')).toEqual(['1', null])
    expect(await asks('/?cookies', 'login=alice')).toEqual(['0', null])
    origin.keepAs('private')
    expect(await asks('/?own', 'login=alice')).toEqual(['2', 'login=alice'])
    // Known by now to be nobody else's.
    expect(await asks('/?own', 'login=bob')).toEqual(['1', 'login=bob'])
    origin.keepAs('s-maxage=60')
  })

  test('a redirect of the origin to itself leads to the public address', async () => {
    const answer = await createVisitor(worker.origin).get('/old')
    expect(answer.status).toBe(301)
    expect(answer.headers.get('location')).toBe(`${worker.origin}/about`)
  })

  test('the origin hears of no header by which hosts talk to themselves', async () => {
    const inside = {
      'x-middleware-subrequest': 'a',
      'x-attune-edge': 'b',
      'x-nextjs-data': '1',
      'x-matched-path': '/',
    }
    await createVisitor(worker.origin).get('/about?inside', { ...inside, 'x-forwarded-host': 'evil.example' })
    const headers = origin.headers()
    expect(Object.keys(inside).filter((name) => headers.has(name))).toEqual([])
    expect(headers.get('x-forwarded-host')).toBe(new URL(worker.origin).host)
  })

  test('a path that looks like another host stays on the origin', async () => {
    origin.asked.length = 0
    await createVisitor(worker.origin).get('//evil.example/about')
    expect(origin.asked).toEqual(['//evil.example/about'])
  })
})

describe('a Worker whose variant pages hang', () => {
  const secret = newSecret()
  let origin: VariantOrigin
  let worker: RunningWorker

  beforeAll(async () => {
    origin = await startVariantOrigin(secret)
    const text = BEFORE_A_SITE.replace('onError:', 'timeout: 100,\n    onError:')
    worker = await startWorkerText(text, { ATTUNE_SECRET: secret, ORIGIN: origin.origin })
  })
  afterAll(async () => {
    origin?.hang(false)
    await worker?.stop()
    await origin?.stop()
  })

  test('shows the page at the public address, and the variant once it comes again', async () => {
    origin.hang(true)
    expect(await createVisitor(worker.origin).get('/?hangs')).toMatchObject({ status: 200 })
    expect(origin.asked.map((path) => path.replace(/v1~[^/?]+/, '<code>'))).toEqual([
      '/attune/<code>?hangs',
      '/?hangs',
    ])
    origin.hang(false)
    origin.asked.length = 0
    await createVisitor(worker.origin).get('/?hangs')
    expect(origin.asked.map((path) => path.replace(/v1~[^/?]+/, '<code>'))).toEqual(['/attune/<code>?hangs'])
  })
})

describe('a Worker whose ruleset does not come', () => {
  const secret = newSecret()
  let origin: VariantOrigin
  let worker: RunningWorker

  beforeAll(async () => {
    origin = await startVariantOrigin(secret)
    const text = `
      import { createWorker } from '@attune/edge/worker'
      const never = { load: () => new Promise(() => {}), refresh: async () => {}, recent: () => [], follow: () => {}, state: () => ({ state: 'default' }) }
      export default createWorker((env) => ({ ruleset: never, secret: env.ATTUNE_SECRET, origin: env.ORIGIN }))
    `
    worker = await startWorkerText(text, { ATTUNE_SECRET: secret, ORIGIN: origin.origin })
  })
  afterAll(async () => {
    await worker?.stop()
    await origin?.stop()
  })

  test('passes on the page of the origin, in time, and still hides variant pages', async () => {
    const before = performance.now()
    const answer = await createVisitor(worker.origin).get('/')
    expect(performance.now() - before).toBeLessThan(2_000)
    expect(answer).toMatchObject({ status: 200, variants: { 'home-hero': 'default' } })
    expect((await createVisitor(worker.origin).get('/attune/x')).status).toBe(404)
  })
})

describe('a Worker whose ruleset changes', () => {
  const secret = newSecret()
  let origin: VariantOrigin
  let publisher: RunningHost
  let worker: RunningWorker
  let published: PublishedRuleset = readRuleset()

  beforeAll(async () => {
    origin = await startVariantOrigin(secret)
    publisher = await listen(async (_, response) => {
      const body = new TextEncoder().encode(JSON.stringify(published))
      response.setHeader('attune-signature', await signBody(body, secret)).end(body)
    }, secret)
    const text = `
      import { waitUntil } from 'cloudflare:workers'
      import { createWorker } from '@attune/edge/worker'
      import { createHttpRuleset } from '@attune/storage/ruleset-http'
      export default createWorker(({ secret, origin, publisher: url }) => ({
        ruleset: createHttpRuleset({ url, secret, waitUntil, interval: 1 }),
        secret,
        origin,
        patience: 5000,
      }))
    `
    const bindings = { secret, origin: origin.origin, publisher: publisher.origin }
    worker = await startWorkerText(text, bindings)
  })
  afterAll(async () => {
    await worker?.stop()
    await publisher?.stop()
    await origin?.stop()
  })

  test('decides by the new one soon, whoever asked while it came', async () => {
    const about = async (): Promise<string | null> =>
      (await createVisitor(worker.origin).get('/about')).headers.get('cache-control')
    expect(await Promise.all(Array.from({ length: 10 }, about))).not.toContain(PERSONAL)
    const { routes } = published
    published = { ...published, revision: 'next', routes: { ...routes, '/about': ['home-hero'] } }
    await vi.waitFor(async () => expect(await about()).toBe(PERSONAL), { timeout: 10_000, interval: 20 })
    expect(await Promise.all(Array.from({ length: 10 }, about))).toEqual(
      Array.from({ length: 10 }, () => PERSONAL),
    )
  })
})

describe('a Worker that collects', () => {
  let origin: VariantOrigin
  let worker: RunningWorker

  beforeAll(async () => {
    const secret = newSecret()
    origin = await startVariantOrigin(secret)
    const text = `
      import { createCollector } from '@attune/collector'
      import { createWorker } from '@attune/edge/worker'
      import { createMemoryStore } from '@attune/storage/memory'
      import ruleset from './ruleset.published.json'
      const store = createMemoryStore()
      export default createWorker((env) => ({
        ruleset,
        secret: env.ATTUNE_SECRET,
        origin: env.ORIGIN,
        store,
        collect: createCollector({ ruleset, secret: env.ATTUNE_SECRET, store }).handle,
      }))
    `
    worker = await startWorkerText(text, { ATTUNE_SECRET: secret, ORIGIN: origin.origin })
  })
  afterAll(async () => {
    await worker?.stop()
    await origin?.stop()
  })

  test('answers events itself, and reads who lost their token from the same store', async () => {
    const visitor = createVisitor(worker.origin)
    visitor.grant('preferences')
    const sent = await visitor.send(
      [1, 2].map((at) => ({ name: 'view_item', properties: { item_id: `${at}`, item_category: 'hiking' } })),
    )
    expect(await sent.json()).toMatchObject({ accepted: 2 })
    visitor.cookies.delete('attune_token')
    expect((await visitor.get('/')).variants['home-hero']).toBe('hiking')
    expect(origin.asked.filter((path) => path.includes('collect'))).toEqual([])
  })
})
