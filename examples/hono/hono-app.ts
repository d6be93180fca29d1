import { createCollector } from '@attune/collector'
import { type Attuned, createHonoMiddleware } from '@attune/edge/hono'
import type { ProfileReader, ProfileStore } from '@attune/storage'
import { Hono } from 'hono'
import { homePage, productPage } from './page.ts'
import { readRuleset } from './ruleset.ts'

/** What the site keeps and signs with. */
export interface SiteOptions {
  readonly secret: string
  readonly store: ProfileStore
  /** Where pages read profiles, when it is another. */
  readonly reader?: ProfileReader
}

/** The site on Hono. */
export function createApp({
  secret,
  store,
  reader = store,
}: SiteOptions): Hono<{ Variables: { attune: Attuned } }> {
  const ruleset = readRuleset()
  const { handle } = createCollector({ ruleset, secret, store })
  const app = new Hono<{ Variables: { attune: Attuned } }>()

  app.use(createHonoMiddleware({ ruleset, secret, store: reader, collect: handle }))
  app.get('/', (c) => c.html(homePage(c.get('attune').variants)))
  app.get('/product/:slug', (c) => c.html(productPage(c.get('attune').variants)))
  return app
}
