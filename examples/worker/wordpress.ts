import { waitUntil } from 'cloudflare:workers'
import { createWordPressWorker } from '@attune/edge/worker'
import { createHttpRuleset } from '@attune/storage/ruleset-http'

interface Env {
  readonly ATTUNE_SECRET: string
  /** The WordPress, such as `https://origin.blog.example`. */
  readonly ORIGIN: string
  /** How the WordPress names itself, such as `www.blog.example`. */
  readonly SITE: string
}

export default createWordPressWorker((env: Env) => ({
  ruleset: createHttpRuleset({
    url: `${env.ORIGIN}/wp-json/attune/v1/ruleset`,
    secret: env.ATTUNE_SECRET,
    waitUntil,
  }),
  secret: env.ATTUNE_SECRET,
  origin: env.ORIGIN,
  site: env.SITE,
}))
