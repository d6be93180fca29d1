import { checkSecrets } from '../source/check-secrets.ts'
import { openSource } from '../source/open-source.ts'
import { readStored } from '../source/read-stored.ts'
import type { RulesetSource } from '../source/ruleset-source.ts'
import { shareSource } from '../source/share-source.ts'
import { type SourceOptions, toSettings } from '../source/source-options.ts'
import { askUpstash } from './ask-upstash.ts'
import { RULESET_KEY } from './ruleset-key.ts'

/** Where in Upstash the ruleset lies, and how it is looked after. */
export interface UpstashRulesetOptions extends SourceOptions {
  /** `UPSTASH_REDIS_REST_URL`. */
  readonly url: string | undefined
  /** `UPSTASH_REDIS_REST_TOKEN`, or better the read-only one. */
  readonly token: string | undefined
  /** Default `attune:ruleset`. */
  readonly key?: string | undefined
  /** It must be signed with it: `attune publish upstash` does. Of several, any. At least 32 characters each. */
  readonly secret: string | readonly string[] | undefined
  /** Default: the runtime's own. */
  readonly fetch?: typeof fetch | undefined
}

/**
 * Creates a source that reads the ruleset that `attune publish upstash` put below a key, by plain `fetch`. It trusts whoever has the
 * secret, not everybody who may write there. Runs at the edge.
 * @throws when the address, the token or the secret is missing.
 */
export function createUpstashRuleset(options: UpstashRulesetOptions): RulesetSource {
  const { url, token, key = RULESET_KEY, fetch } = options
  if (!url || !token) {
    throw new Error(
      '[storage] createUpstashRuleset: `url` or `token` is missing. Set them to UPSTASH_REDIS_REST_URL and UPSTASH_REDIS_REST_TOKEN.',
    )
  }
  const secrets = checkSecrets('createUpstashRuleset', options.secret)
  const name = `the key ${key} of Upstash`
  const settings = toSettings('createUpstashRuleset', name, options)
  return shareSource(['upstash', url, key, secrets], () =>
    openSource(settings, (known, signal) => {
      const ask = (...command: readonly [string, ...(string | number)[]]): Promise<string | null> =>
        askUpstash({ url, token, signal, fetch }, command)
      const store = {
        get: (asked: string) => ask('GET', asked),
        getRange: (asked: string, start: number, end: number) => ask('GETRANGE', asked, start, end),
      }
      return readStored(name, store, key, secrets, known)
    }),
  )
}
