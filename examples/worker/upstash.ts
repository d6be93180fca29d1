import { waitUntil } from 'cloudflare:workers'
import { createCollector } from '@attune/collector'
import { followRuleset } from '@attune/edge'
import { createWorker } from '@attune/edge/worker'
import { guardReader } from '@attune/storage/guard'
import { withPseudonyms } from '@attune/storage/pseudonyms'
import { createUpstashRuleset } from '@attune/storage/ruleset-upstash'
import { createUpstashReader, createUpstashStore } from '@attune/storage/upstash'

interface Env {
  readonly ATTUNE_SECRET: string
  /** Makes the HMACs under which profiles are kept. */
  readonly ATTUNE_KEYS_AT_REST: string
  /** Where the site is, such as `https://origin.shop.example`. */
  readonly ORIGIN: string
  readonly UPSTASH_REDIS_REST_URL: string
  readonly UPSTASH_REDIS_REST_TOKEN: string
  readonly UPSTASH_REDIS_REST_READONLY_TOKEN: string
  /** How often another ruleset is looked for. Default 30. */
  readonly ATTUNE_RULESET_SECONDS?: string
}

// The tracker keeps what it wanted to send, and tries again.
const later = (): Response => new Response(null, { status: 503, headers: { 'retry-after': '5' } })

export default createWorker((env: Env) => {
  const { ATTUNE_SECRET: secret, ATTUNE_KEYS_AT_REST: keys, UPSTASH_REDIS_REST_URL: url } = env
  const reading = { url, token: env.UPSTASH_REDIS_REST_READONLY_TOKEN }
  const interval = Number(env.ATTUNE_RULESET_SECONDS || 30) * 1_000
  const ruleset = createUpstashRuleset({ ...reading, secret, waitUntil, interval })
  const store = withPseudonyms(createUpstashStore({ url, token: env.UPSTASH_REDIS_REST_TOKEN }), keys)
  const collector = followRuleset(ruleset, (published) =>
    createCollector({ ruleset: published, secret, store }),
  )
  return {
    ruleset,
    secret,
    origin: env.ORIGIN,
    store: guardReader(withPseudonyms(createUpstashReader(reading), keys)),
    collect: async (request) => (await collector())?.handle(request) ?? later(),
  }
})
