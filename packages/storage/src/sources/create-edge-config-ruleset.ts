import { checkSecrets } from '../source/check-secrets.ts'
import { openEnvelope } from '../source/envelope.ts'
import { openSource } from '../source/open-source.ts'
import type { RulesetSource } from '../source/ruleset-source.ts'
import { shareSource } from '../source/share-source.ts'
import { type SourceOptions, type SourceSettings, toSettings } from '../source/source-options.ts'
import { messageOf, trouble } from '../source/trouble.ts'

/** What is asked of a client of Edge Config: the one of `@vercel/edge-config`, or of `@vercel/global-config`, its new name. */
export interface EdgeConfigReader {
  get(key: string): Promise<unknown>
}

/** Where in Edge Config the ruleset lies, and how it is looked after. */
export interface EdgeConfigRulesetOptions extends SourceOptions {
  /** What Vercel sets as `EDGE_CONFIG`; needs the package `@vercel/edge-config`. */
  readonly connectionString?: string | undefined
  /** Instead of the connection string. Create it with `staleIfError: false`, or its cache hides that Edge Config is gone. */
  readonly client?: EdgeConfigReader | undefined
  /** The item. Default `attune`. */
  readonly key?: string | undefined
  /** It must be signed with it: `attune publish edge-config` does. Of several, any. At least 32 characters each. */
  readonly secret: string | readonly string[] | undefined
}

// Nothing ends a read of the client: one that hangs is waited for on and on, so that no second begins beside it, for so long.
const ABANDON_MS = 60_000

/**
 * Creates a source that reads the ruleset that `attune publish edge-config` put into Vercel's Edge Config. It trusts whoever has
 * the secret, not everybody who may write there. Each look is one read of Edge Config, as Vercel counts them. Runs at the edge.
 * @throws when neither a client nor a connection string is given, or the secret is missing.
 */
export function createEdgeConfigRuleset(options: EdgeConfigRulesetOptions): RulesetSource {
  const { connectionString, key = 'attune', client } = options
  if (client === undefined && !connectionString) {
    throw new Error(
      '[storage] createEdgeConfigRuleset: `connectionString` is missing. Set it to process.env.EDGE_CONFIG, or give a `client`.',
    )
  }
  const secrets = checkSecrets('createEdgeConfigRuleset', options.secret)
  const name = `the item ${key} of Edge Config`
  const settings = toSettings('createEdgeConfigRuleset', name, options)
  if (client !== undefined) return openItem(settings, key, secrets, async () => client)
  return shareSource(['edge-config', connectionString, key, secrets], () =>
    openItem(settings, key, secrets, () => openReader(connectionString)),
  )
}

function openItem(
  settings: SourceSettings,
  key: string,
  secrets: readonly string[],
  open: () => Promise<EdgeConfigReader>,
): RulesetSource {
  const { name } = settings
  let reader: EdgeConfigReader | undefined
  let pending: { readonly value: Promise<unknown>; readonly since: number } | undefined
  const get = (): Promise<unknown> => {
    const since = settings.clock()
    if (pending === undefined || since - pending.since >= ABANDON_MS) {
      const value = readItem().finally(() => {
        if (pending?.value === value) pending = undefined
      })
      pending = { value, since }
    }
    return pending.value
  }
  const readItem = async (): Promise<unknown> => {
    reader ??= await open()
    return reader.get(key)
  }
  // Its digest is not asked for: that of the whole store, it changes with other items, costs a read of its own, and may be newer
  // than the item that the next read gives.
  return openSource(settings, async (known) => {
    const value = await get().catch((error: unknown) => {
      throw trouble(name, `cannot be read: ${messageOf(error)}. Check EDGE_CONFIG`, error)
    })
    if (value === undefined) throw trouble(name, 'is not there. Publish with `attune publish edge-config`')
    const found = await openEnvelope(name, value, secrets)
    return found.version === known ? undefined : found
  })
}

async function openReader(connectionString: string | undefined): Promise<EdgeConfigReader> {
  const { createClient } = await import('@vercel/edge-config').catch(() => {
    throw new Error('the package `@vercel/edge-config` is not there; install it beside Attune')
  })
  return createClient(connectionString, {
    // What was good last is kept here, and said to be stale.
    staleIfError: false,
    cache: 'no-store',
    disableDevelopmentCache: true,
  })
}
