import { waitUntil } from 'cloudflare:workers'
import { createWordPressWorker } from '@attune/edge/worker'
import { createHttpRuleset } from '@attune/storage/ruleset-http'

interface Env {
  readonly ATTUNE_SECRET: string
  /** Its address, such as `https://www.blog.example`; the Worker stands on a route of it. */
  readonly WORDPRESS: string
}

export default createWordPressWorker(({ ATTUNE_SECRET: secret, WORDPRESS: address }: Env) => ({
  ruleset: createHttpRuleset({ url: `${address}/wp-json/attune/v1/ruleset`, secret, waitUntil }),
  secret,
  site: new URL(address).host,
}))
