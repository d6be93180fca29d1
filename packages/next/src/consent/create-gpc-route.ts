import { createGpcAnswer, type GpcStatement } from '@attune/collector'

/** The handler of `app/.well-known/gpc.json/route.ts`. */
export interface GpcRoute {
  readonly GET: () => Response
}

/**
 * Creates the route handler that says that this site keeps to Global Privacy Control.
 * @throws when `lastUpdate` is no day.
 */
export function createGpcRoute(statement: GpcStatement): GpcRoute {
  return { GET: createGpcAnswer(statement) }
}
