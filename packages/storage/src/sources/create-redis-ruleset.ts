import { checkSecrets } from '../source/check-secrets.ts'
import { type Found, openSource } from '../source/open-source.ts'
import { readStored, type TextStore } from '../source/read-stored.ts'
import type { RulesetSource } from '../source/ruleset-source.ts'
import { shareSource } from '../source/share-source.ts'
import { type SourceOptions, toSettings } from '../source/source-options.ts'
import { RULESET_KEY } from './ruleset-key.ts'
import { namedStore, withRedis } from './with-redis.ts'

/** Where in Redis the ruleset lies, and how it is looked after. */
export interface RedisRulesetOptions extends SourceOptions {
  /** Such as `redis://127.0.0.1:6379`; needs the package `redis`. For each look it connects anew and leaves nothing open. */
  readonly url?: string | undefined
  /** Instead of the url: an open client or cluster of `redis`. */
  readonly client?: TextStore | undefined
  /** Default `attune:ruleset`. */
  readonly key?: string | undefined
  /** It must be signed with it: `attune publish redis` does. Of several, any. At least 32 characters each. */
  readonly secret: string | readonly string[] | undefined
}

/**
 * Creates a source that reads the ruleset that `attune publish redis` put below a key. It trusts whoever has the secret, not
 * everybody who may write there; those could put back an older one of yours, which a process that is running refuses. Node.js alone.
 * @throws when neither a client nor a url is given, or the secret is missing.
 */
export function createRedisRuleset(options: RedisRulesetOptions): RulesetSource {
  const { url, client, key = RULESET_KEY } = options
  const secrets = checkSecrets('createRedisRuleset', options.secret)
  const name = `the key ${key} of Redis`
  const settings = toSettings('createRedisRuleset', name, options)
  const read = (store: TextStore, known: string | undefined): Promise<Found | undefined> =>
    readStored(name, store, key, secrets, known)
  if (client !== undefined) {
    const store = namedStore(name, client)
    return openSource(settings, (known) => read(store, known))
  }
  if (!url)
    throw new Error(
      '[storage] createRedisRuleset: `url` is missing. Set it to REDIS_URL, or give a `client`.',
    )
  const { timeout } = settings
  return shareSource(['redis', url, key, secrets], () =>
    openSource(settings, (known, signal) =>
      withRedis({ url, name, timeout, signal }, (store) => read(store, known)),
    ),
  )
}
