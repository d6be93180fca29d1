import { checkSecrets } from '../source/check-secrets.ts'
import { openSource } from '../source/open-source.ts'
import type { RulesetSource } from '../source/ruleset-source.ts'
import { safeAddress } from '../source/safe-address.ts'
import { shareSource } from '../source/share-source.ts'
import { type SourceOptions, toSettings } from '../source/source-options.ts'
import { fetchRuleset } from './fetch-ruleset.ts'

/** Where a ruleset is published, and how it is looked after. */
export interface HttpRulesetOptions extends SourceOptions {
  /** Such as `https://cms.example/wp-json/attune/v1/ruleset`. */
  readonly url: string | undefined
  /** The answer must be signed with it: `Attune-Signature: sha256=<hex>`. Of several, any. At least 32 characters each. */
  readonly secret: string | readonly string[] | undefined
  /** Default: the runtime's own. */
  readonly fetch?: typeof fetch | undefined
}

/**
 * Creates a source that reads the ruleset published at an address: of a WordPress, of a Next.js site, or any that answers with the
 * signature. It trusts whoever has the secret. The last good one stays in force whatever happens, and one that another replaced never
 * comes back.
 * @throws when the address or the secret is missing.
 */
export function createHttpRuleset(options: HttpRulesetOptions): RulesetSource {
  const { url = '', fetch = runtimeFetch } = options
  const name = safeAddress(url)
  if (name === undefined)
    throw new Error(
      '[storage] createHttpRuleset: `url` is missing. Set it to where the ruleset is published.',
    )
  if (new URL(url).username !== '')
    throw new Error(
      '[storage] createHttpRuleset: `url` holds a name or a password. Take them out: `secret` is enough.',
    )
  const secrets = checkSecrets('createHttpRuleset', options.secret)
  const settings = toSettings('createHttpRuleset', name, options)
  const { clock } = settings
  return shareSource(['http', url, secrets], () =>
    openSource(settings, (etag, signal) => fetchRuleset({ url, name, secrets, etag, signal, clock, fetch })),
  )
}

// Looked up at each call: frameworks replace it while they start.
const runtimeFetch: typeof fetch = (...asked) => fetch(...asked)
