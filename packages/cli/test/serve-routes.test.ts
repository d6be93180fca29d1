import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { mayDo, ROLES } from '@attune/collector/roles'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { serve } from '../src/commands/serve.ts'
import { main } from '../src/main.ts'
import { type NodeHandler, openServer } from '../src/serve/open-server.ts'
import { type Routes, routeRequest, servedRoutes } from '../src/serve/route-request.ts'
import { makeIo } from './support/make-io.ts'
import { SECRET, startServing } from './support/start-serving.ts'

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

const tokenOf = (role: string): string => `the-token-of-${role}-0123456789`
const keys = ROLES.map((role) => ({
  name: role,
  role,
  digest: createHash('sha256').update(tokenOf(role)).digest('hex'),
}))
const ATTUNE_KEYS = keys.map(({ name, role, digest }) => `${name}:${role}:${digest}`).join()

const answered: NodeHandler = async (_, outgoing) => void outgoing.end('answered')
const made: Routes = {
  collect: answered,
  profile: answered,
  consent: answered,
  gpc: answered,
  pixel: answered,
  identity: { identify: answered, signOut: answered, traits: answered },
  rights: { myData: answered, export: answered, erase: answered },
  formats: answered,
  serverEvents: answered,
  live: { page: answered, numbers: answered, events: answered },
  insight: { ruleset: answered, health: answered },
  socket: answered,
  watch: async (_, outgoing) => {
    outgoing.end('answered')
    return true
  },
  keys,
}
const routes = servedRoutes(made)
const SENT: readonly (readonly [who: string, authorization: string | undefined])[] = [
  ['nobody', undefined],
  ['a malformed key', 'Bearer'],
  ['an unknown key', 'Bearer somebody-elses-0123456789'],
  ...ROLES.map((role) => [role, `Bearer ${tokenOf(role)}`] as const),
]

function ask(
  base: string,
  path: string,
  authorization: string | undefined,
  method = 'GET',
): Promise<Response> {
  return fetch(base + path, { method, headers: authorization === undefined ? {} : { authorization } })
}

/** What the table says somebody hears at a route, before the route's own proof. */
function expected({ access }: (typeof routes)[number], who: string): number {
  if (!('permission' in access)) return 200
  const role = ROLES.find((candidate) => candidate === who)
  if (role === undefined) return 401
  return mayDo(role, access.permission) ? 200 : 403
}

describe.each(routes.map((route) => [route.path, route] as const))('%s', (path, route) => {
  test('is let through to those whom its declaration names, and to nobody else', async () => {
    const server = await openServer(routeRequest(made), { host: '127.0.0.1', port: 0 })
    onTestFinished(async () => void (await server.close(1_000)))
    for (const [who, authorization] of SENT) {
      const { status } = await ask(`http://127.0.0.1:${server.port}`, path, authorization)
      expect([who, status]).toEqual([who, expected(route, who)])
    }
  })
})

/** What a running server answers to a GET of each route, once its gate lets somebody in. Of a path that is not named: 405, it is for POST. */
const HEARD: { readonly [path: string]: number } = {
  '/attune/collect/profile': 403,
  '/.well-known/gpc.json': 200,
  '/attune/traits': 200,
  '/attune/pixel.gif': 200,
  '/attune/my-data': 200,
  '/attune/in/com.snowplowanalytics.snowplow/tp2': 400,
  '/attune/in/i': 400,
  '/attune/live': 200,
  '/attune/live/numbers': 200,
  '/attune/live/events': 200,
  '/attune/ruleset': 200,
  '/attune/health': 200,
  '/healthz': 200,
  '/health': 401,
  '/metrics': 401,
}

test('a key of a role opens no more of a running server than the table says', async () => {
  const { base } = await startServing(['--metrics', '--formats', '--sockets', '--gpc', '2026-11-22'], {
    env: {
      ATTUNE_KEYS,
      ATTUNE_HEALTH_TOKEN: 'the token of health',
      ATTUNE_SERVER_SECRET: 'a secret that our own servers sign with',
      ATTUNE_WRITE_KEYS: 'a write key of our servers',
      ATTUNE_AUDIT_LOG: join(mkdtempSync(join(tmpdir(), 'attune-')), 'audit.log'),
      ATTUNE_AUDIT_KEY: 'a key of the audit log alone that is long enough',
    },
  })
  const heard = async (authorization: string | undefined) =>
    Promise.all(
      routes.map(async ({ path }) => (await ask(base, `${path}?visitor=4711`, authorization)).status),
    )
  for (const [who, authorization] of SENT) {
    // What a role opens answers what the route itself does.
    const wanted = routes.map((route) => [
      route.path,
      expected(route, who) === 200 ? (HEARD[route.path] ?? 405) : expected(route, who),
    ])
    const got = await heard(authorization)
    expect([who, routes.map(({ path }, at) => [path, got[at]])]).toEqual([who, wanted])
  }
})

test('what is no route is answered to nobody', async () => {
  const { base } = await startServing([], { env: { ATTUNE_KEYS } })
  for (const path of [
    '/',
    '/attune',
    '/attune/collect/',
    '/attune/collect/profile/x',
    '/admin',
    '/attune/export',
    '/metrics',
  ]) {
    expect([path, (await ask(base, path, `Bearer ${tokenOf('admin')}`)).status]).toEqual([path, 404])
  }
})

test('every path that the server’s sources name is a route, and says who may use it', () => {
  const folders = ['../src/serve/', '../src/telemetry/'].map((folder) => new URL(folder, import.meta.url))
  const texts = folders.flatMap((folder) =>
    readdirSync(fileURLToPath(folder)).map((name) => readFileSync(new URL(name, folder), 'utf8')),
  )
  const named = texts.flatMap((text) =>
    [...text.matchAll(/_PATH(?:: string)? = ['`]([^'`]+)/g)].map(([, path = '']) => path),
  )
  const paths = named.map((path) => path.replace(/^\$\{COLLECT_PATH\}/, '/attune/collect'))
  expect(paths.sort()).toEqual(routes.map(({ path }) => path).sort())
})

test('a key that cannot be read keeps the server from starting, and is not repeated', async () => {
  const { io, err } = makeIo({ env: { ATTUNE_SECRET: SECRET, ATTUNE_KEYS: 'the-token-itself' } })
  expect(await main(['serve', '--ruleset', 'nowhere.json'], [serve], io, '1')).toBe(2)
  expect(err()).toContain('the key at place 1 cannot be read')
  expect(err()).not.toContain('the-token-itself')
})
