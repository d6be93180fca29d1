import { type AccessKey, type Caller, findCaller } from './access-keys.ts'
import { mayDo, PERMISSIONS, type Permission } from './role.ts'

/** Who may use a route. */
export type Access =
  /** Everybody; says why that does no harm. */
  | { readonly open: string }
  /** Whoever gives a proof that the route's own handler looks at; says which. */
  | { readonly proof: string }
  /** Whoever's role has this permission. */
  | { readonly permission: Permission }

/** One address that is answered. */
export interface Route {
  /** The whole path: nothing before or after it is the same route. */
  readonly path: string
  readonly access: Access
}

/** What guards the routes. */
export interface GuardOptions<Guarded extends Route> {
  readonly routes: readonly Guarded[]
  /** Who there is; default nobody: every route that asks for a permission is closed. */
  readonly keys?: readonly AccessKey[]
  /** Waited for before somebody is refused: a place to write it down. When it rejects, the answer is 503. */
  readonly onRefuse?: (path: string, caller: Caller | undefined) => Promise<void>
}

/** What a gate says. */
export type Admission<Guarded extends Route> =
  /** `caller` is known where a permission was asked for. */
  | { readonly route: Guarded; readonly caller: Caller | undefined }
  /** The answer; without one there is no such route. */
  | { readonly refusal: Response | undefined }

/** The one gate through which every request comes: nothing is answered that it did not let in. */
export type Gate<Guarded extends Route> = (
  path: string,
  authorization: string | null | undefined,
) => Admission<Guarded> | Promise<Admission<Guarded>>

/**
 * Creates the gate of some routes: it finds the route by its exact path and asks who calls before the route's handler hears of it.
 * @throws when a route does not say who may use it, or two have one path.
 */
export function guardRoutes<Guarded extends Route>(options: GuardOptions<Guarded>): Gate<Guarded> {
  const { keys = [], onRefuse } = options
  const routes = new Map<string, Guarded>()
  for (const route of options.routes) {
    if (!isDeclared(route.access)) {
      throw new Error(
        `[collector] guardRoutes: the route ${route.path} does not say who may use it. Declare \`access\`: open, proof or permission.`,
      )
    }
    if (routes.has(route.path)) {
      throw new Error(`[collector] guardRoutes: two routes are at ${route.path}. Rename one.`)
    }
    routes.set(route.path, route)
  }

  const ask = async (route: Guarded, permission: Permission, authorization: string | null) => {
    const caller = await findCaller(authorization, keys)
    if (caller !== undefined && mayDo(caller.role, permission)) return { route, caller }
    return { refusal: await refuse(route.path, caller, onRefuse) }
  }

  return (path, authorization) => {
    const route = routes.get(path)
    if (route === undefined) return { refusal: undefined }
    const { access } = route
    // Most requests bring events: they do not wait for anything here.
    if (!('permission' in access)) return { route, caller: undefined }
    return ask(route, access.permission, authorization ?? null)
  }
}

function isDeclared(access: Access | undefined): boolean {
  if (access === undefined) return false
  if ('permission' in access) return PERMISSIONS.includes(access.permission)
  const why = 'open' in access ? access.open : access.proof
  return typeof why === 'string' && why !== ''
}

async function refuse(
  path: string,
  caller: Caller | undefined,
  onRefuse: ((path: string, caller: Caller | undefined) => Promise<void>) | undefined,
): Promise<Response> {
  try {
    await onRefuse?.(path, caller)
  } catch {
    return answer(503, 'not-recorded', 'This cannot be answered now. Try again later.', {
      'retry-after': '5',
    })
  }
  // A false token is told the same as none.
  return caller === undefined
    ? answer(401, 'key', 'Send a key: `Authorization: Bearer <token>`.', { 'www-authenticate': 'Bearer' })
    : answer(403, 'role', `The role ${caller.role} may not do this.`)
}

function answer(
  status: number,
  error: string,
  message: string,
  headers: { readonly [name: string]: string } = {},
): Response {
  return Response.json({ error, message }, { status, headers: { 'cache-control': 'no-store', ...headers } })
}
