import type { Handle } from '@attune/collector/node'

/** Where browsers send their events; the tracker's default. */
export const COLLECT_PATH = '/attune/collect'
/** Where another host of the same site asks for a visitor's profile. */
export const PROFILE_PATH: string = `${COLLECT_PATH}/profile`
/** Where a load balancer asks whether we are well. */
export const HEALTH_PATH = '/healthz'

/** What the routes need to know. */
export interface Routes {
  readonly collect: Handle
  /** Answers what another host of the site asks about a visitor. */
  readonly profile: Handle
  /** Tells whether new work is still taken. */
  readonly isOpen: () => boolean
}

/** Sends events and questions to the collector, answers the health check, and 404 to everything else. */
export function routeRequest({ collect, profile, isOpen }: Routes): Handle {
  return async (request) => {
    const { pathname } = new URL(request.url)
    if (pathname === COLLECT_PATH) return collect(request)
    if (pathname === PROFILE_PATH) return profile(request)
    if (pathname !== HEALTH_PATH)
      return answer(404, { error: 'not-found', message: `Events go to ${COLLECT_PATH}.` })
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      const refusal = answer(405, { error: 'method-not-allowed', message: 'Ask with GET.' })
      refusal.headers.set('allow', 'GET, HEAD')
      return refusal
    }
    return isOpen() ? answer(200, { status: 'ok' }) : answer(503, { status: 'stopping' })
  }
}

function answer(status: number, body: object): Response {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' }
  return new Response(JSON.stringify(body), { status, headers })
}
