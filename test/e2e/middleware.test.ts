import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createVisitor } from '../support/http-visitor.ts'
import { sealPreview } from '../support/preview.ts'

interface Apps {
  readonly buildApp: (name: string, env: object) => Promise<string>
  readonly startApp: (name: string, app: string, env: object) => Promise<{ readonly port: number }>
}
interface Processes {
  readonly endAll: () => Promise<void>
}

const load = (path: string): Promise<unknown> => import(new URL(path, import.meta.url).href)

describe('middleware.ts on the edge runtime', () => {
  const env = { ATTUNE_SECRET: randomBytes(33).toString('base64url') }
  let origin: string
  let endAll: () => Promise<void>

  beforeAll(async () => {
    const { buildApp, startApp } = (await load('../../bench/support/pages-apps.mjs')) as Apps
    endAll = ((await load('../../scripts/lib/processes.mjs')) as Processes).endAll
    const { port } = await startApp('edge', await buildApp('edge', env), env)
    origin = `http://localhost:${port}`
  })
  afterAll(() => endAll?.())

  test('one line personalises: the same answers as a proxy on Node', async () => {
    const visitor = createVisitor(origin)
    const first = await visitor.get('/')
    expect(first.status).toBe(200)
    expect(first.variants['home-hero']).toBe('default')
    expect(first.headers.get('cache-control')).toBe('private, max-age=0, must-revalidate')
    expect(first.headers.getSetCookie()).toEqual([])
    expect((await visitor.get('/', { 'if-none-match': first.headers.get('etag')! })).status).toBe(304)

    visitor.grant('preferences')
    visitor.cookies.set('attune_preview', sealPreview(env.ATTUNE_SECRET, { assume: { hiker: true } }))
    const hiker = await visitor.get('/')
    expect(hiker.variants['home-hero']).toBe('hiking')
    expect(hiker.headers.get('cache-control')).toContain('no-store')
  })

  test('a forged code is a 404', async () => {
    expect((await createVisitor(origin).get('/attune/v1~AAAA~09x0mcp01~AAAAAAAAAAAAAAAAAAAAAA')).status).toBe(
      404,
    )
  })
})
