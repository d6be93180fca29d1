import { createNodeHandler } from '@attune/collector/node'
import type { Route } from '@attune/collector/roles'
import type { PublishedRuleset } from '@attune/core'
import type { Health } from '../telemetry/health.ts'
import type { NodeHandler } from './open-server.ts'

/** Which ruleset decides now, for those who write and publish it. */
export const RULESET_PATH = '/attune/ruleset'
/** How the process stands, for those who look after it and are not on its machine. */
export const ROLE_HEALTH_PATH = '/attune/health'

/** Who answers people with a role what goes on inside; nothing of it names a visitor. */
export interface InsightHandlers {
  readonly ruleset: NodeHandler
  readonly health: NodeHandler
}

/** What they are made of. */
export interface InsightParts {
  readonly ruleset: () => PublishedRuleset
  readonly look: Health['look']
}

/** Creates them. */
export function answerInsight({ ruleset, look }: InsightParts): InsightHandlers {
  return { ruleset: answerWith(async () => ruleset()), health: answerWith(look) }
}

/** The routes, each with who may use it. */
export function insightRoutes(
  insight: InsightHandlers | undefined,
  nobody: NodeHandler,
): readonly (Route & { readonly answer: NodeHandler })[] {
  return [
    { path: RULESET_PATH, access: { permission: 'ruleset.read' }, answer: insight?.ruleset ?? nobody },
    { path: ROLE_HEALTH_PATH, access: { permission: 'health.read' }, answer: insight?.health ?? nobody },
  ]
}

function answerWith(say: () => Promise<object>): NodeHandler {
  return createNodeHandler(async ({ method }) => {
    const headers = { 'cache-control': 'no-store' }
    if (method === 'GET') return Response.json(await say(), { headers })
    return Response.json(
      { error: 'method', message: 'Ask with GET.' },
      { status: 405, headers: { ...headers, allow: 'GET' } },
    )
  })
}
