import { describe, expect, test, vi } from 'vitest'
import { type AccessKey, digestOf } from '../../src/roles/access-keys.ts'
import { type Admission, guardRoutes, type Route } from '../../src/roles/guard-routes.ts'
import { mayDo, PERMISSIONS, ROLES, type Role } from '../../src/roles/role.ts'

const tokenOf = (role: Role): string => `token-of-${role}-0123456789abcdef`
const keys: readonly AccessKey[] = await Promise.all(
  ROLES.map(async (role) => ({ name: `desk-${role}`, role, digest: await digestOf(tokenOf(role)) })),
)
const routes: readonly Route[] = [
  { path: '/open', access: { open: 'tells nothing' } },
  { path: '/proof', access: { proof: 'signed with the secret of the site' } },
  ...PERMISSIONS.map((permission) => ({ path: `/${permission}`, access: { permission } })),
]
const gate = guardRoutes({ routes, keys })

/** Status and body of a refusal, or who was let in where. */
async function told(admission: Promise<Admission<Route>> | Admission<Route>): Promise<readonly unknown[]> {
  const asked = await admission
  if ('route' in asked) return [asked.route.path, asked.caller]
  return [asked.refusal?.status, await asked.refusal?.json()]
}

describe.each(PERMISSIONS)('a route that asks for %s', (permission) => {
  test.each([
    ['no token', undefined],
    ['a malformed header', 'Bearer'],
    ['another scheme', 'Basic YTpi'],
    ['an unknown token', 'Bearer somebody-elses-0123456789'],
    ['a digest', `Bearer ${keys[0]!.digest}`],
  ])('is closed to %s, with one and the same answer', async (_, authorization) => {
    expect(await told(gate(`/${permission}`, authorization))).toEqual([
      401,
      { error: 'key', message: 'Send a key: `Authorization: Bearer <token>`.' },
    ])
  })

  test.each(ROLES)('lets %s in exactly when the role has it', async (role) => {
    const expected = mayDo(role, permission)
      ? [`/${permission}`, { name: `desk-${role}`, role }]
      : [403, { error: 'role', message: `The role ${role} may not do this.` }]
    expect(await told(gate(`/${permission}`, `Bearer ${tokenOf(role)}`))).toEqual(expected)
  })
})

test('open routes and those with a proof of their own need no key, and wait for nothing', () => {
  expect(gate('/open', undefined)).toEqual({ route: routes[0], caller: undefined })
  expect(gate('/proof', 'Bearer somebody-elses')).toEqual({ route: routes[1], caller: undefined })
})

test.each([
  '/health.read/',
  '//health.read',
  '/Keys.manage',
  '/health.read%2f',
  '/a/../health.read',
  '/health.read;x',
  '/',
  '__proto__',
])('%s is no route', async (path) => {
  expect(await told(gate(path, `Bearer ${tokenOf('admin')}`))).toEqual([undefined, undefined])
})

test('without keys, routes with a permission are closed', async () => {
  const closed = guardRoutes({ routes })
  expect((await told(closed('/visitor.export', `Bearer ${tokenOf('privacy-officer')}`)))[0]).toBe(401)
})

test.each([undefined, {}, { open: '' }, { permission: 'everything' }])(
  'a route with access %j is not taken',
  (access) => {
    const route = { path: '/a', access } as unknown as Route
    expect(() => guardRoutes({ routes: [route], keys })).toThrow('the route /a does not say who may use it')
  },
)

test('two routes at one path are not taken', () => {
  expect(() => guardRoutes({ routes: [routes[0]!, routes[0]!], keys })).toThrow('two routes are at /open')
})

test('a refusal is written down before it is answered; when it cannot be, nobody hears why', async () => {
  const onRefuse = vi.fn(async () => {})
  const watched = guardRoutes({ routes, keys, onRefuse })
  const ask = () => told(watched('/visitor.export', `Bearer ${tokenOf('admin')}`))
  expect((await ask())[0]).toBe(403)
  expect(onRefuse).toHaveBeenCalledWith('/visitor.export', { name: 'desk-admin', role: 'admin' })
  onRefuse.mockRejectedValue(new Error('disk full'))
  expect((await ask())[0]).toBe(503)
})
