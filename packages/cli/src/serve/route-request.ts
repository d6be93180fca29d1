import type { Handle } from '@attune/collector/node'

/** Where browsers send their events; the tracker's default. */
export const COLLECT_PATH = '/attune/collect'
/** Where another host of the same site asks for a visitor's profile. */
export const PROFILE_PATH: string = `${COLLECT_PATH}/profile`

/** What the routes need to know. */
export interface Routes {
  readonly collect: Handle
  /** Answers what another host of the site asks about a visitor. */
  readonly profile: Handle
}

/** Sends events and questions to the collector, and answers 404 to everything else. */
export function routeRequest({ collect, profile }: Routes): Handle {
  return async (request) => {
    const { pathname } = new URL(request.url)
    if (pathname === COLLECT_PATH) return collect(request)
    if (pathname === PROFILE_PATH) return profile(request)
    const body = { error: 'not-found', message: `Events go to ${COLLECT_PATH}.` }
    return Response.json(body, { status: 404, headers: { 'cache-control': 'no-store' } })
  }
}
