const ENDPOINTS =
  /^\/attune\/(collect(\/profile)?|consent|my-data(\/(download|erase))?|pixel\.gif|explain|preview|ruleset|sign-out|traits)\/?$/
const COLLECT = /^\/attune\/collect\/?$/

/** Whether a path below `/attune` is one that a site answers, and not a variant page. */
export function isEndpoint(pathname: string): boolean {
  return ENDPOINTS.test(pathname)
}

/** Whether events are sent to this path. */
export function isCollectPath(pathname: string): boolean {
  return COLLECT.test(pathname)
}

/** A variant page is reached by its public address only. */
export function refuse(): Response {
  return new Response('Not found', { status: 404, headers: { 'cache-control': 'no-store' } })
}
