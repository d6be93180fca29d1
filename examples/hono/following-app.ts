import { createCollector } from '@attune/collector'
import { followRuleset } from '@attune/edge'
import { type Attuned, createHonoMiddleware } from '@attune/edge/hono'
import type { ProfileStore, RulesetSource } from '@attune/storage'
import { Hono } from 'hono'
import { homePage } from './page.ts'

/** What the site keeps, signs with, and where its ruleset comes from. */
export interface FollowingSiteOptions {
  readonly ruleset: RulesetSource
  readonly secret: string
  readonly store: ProfileStore
}

// The tracker keeps what it wanted to send, and tries again.
const later = (): Response => new Response(null, { status: 503, headers: { 'retry-after': '5' } })

/** The site on Hono, whose pages and collector follow a ruleset that changes while it runs. */
export function createFollowingApp({
  ruleset,
  secret,
  store,
}: FollowingSiteOptions): Hono<{ Variables: { attune: Attuned } }> {
  const collector = followRuleset(ruleset, (published) =>
    createCollector({ ruleset: published, secret, store }),
  )
  const collect = async (request: Request): Promise<Response> =>
    (await collector())?.handle(request) ?? later()
  const app = new Hono<{ Variables: { attune: Attuned } }>()

  app.use(createHonoMiddleware({ ruleset, secret, store, collect }))
  app.get('/', (c) => c.html(homePage(c.get('attune').variants)))
  return app
}
