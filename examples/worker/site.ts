import { createWorker } from '@attune/edge/worker'
import ruleset from './ruleset.published.json'

interface Env {
  readonly ATTUNE_SECRET: string
  /** Where the site is, such as `https://origin.shop.example`. */
  readonly ORIGIN: string
}

export default createWorker((env: Env) => ({
  ruleset,
  secret: env.ATTUNE_SECRET,
  origin: env.ORIGIN,
  // The origin is a Next.js without a proxy of its own.
  next: true,
}))
