import type { RulesetSource } from '../ruleset-source.ts'
import { openSource } from './open-source.ts'

/** Where a ruleset is published, and how it is looked after. */
export interface HttpRulesetOptions {
  /** Such as `https://cms.example/wp-json/attune/v1/ruleset`. */
  readonly url: string | undefined
  /** The answer must be signed with it: `Attune-Signature: sha256=<hex>`. Of several, any. At least 32 characters each. */
  readonly secret: string | readonly string[] | undefined
  /** Milliseconds after which it is asked whether there is another. Default 30,000. */
  readonly interval?: number | undefined
  /** Milliseconds that one answer may take. Default 3,000. */
  readonly timeout?: number | undefined
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly clock?: (() => number) | undefined
  /** Default: the runtime's own. */
  readonly fetch?: typeof fetch | undefined
  /** Hears why there was no good answer. Default: the console. */
  readonly onError?: ((error: unknown, step: string) => void) | undefined
}

const MIN_SECRET = 32

// A framework bundles proxy and pages apart: asked for twice it is still one source, and both see the same ruleset.
const REGISTRY = Symbol.for('attune.storage.ruleset.1')
const holder = globalThis as { [REGISTRY]?: Map<string, RulesetSource> }
holder[REGISTRY] ??= new Map()
const registry = holder[REGISTRY]

/**
 * Creates a source that reads the ruleset published at an address. The last good one stays in force whatever happens, and one
 * that another replaced never comes back.
 * @throws when the address or the secret is missing.
 */
export function createHttpRuleset(options: HttpRulesetOptions): RulesetSource {
  const { url, interval = 30_000, timeout = 3_000, clock = Date.now, onError = logError } = options
  const secrets = [options.secret ?? []].flat()
  if (!url) throw trouble('`url` is missing. Set it to where the ruleset is published')
  if (secrets.length === 0 || secrets.some((secret) => secret.length < MIN_SECRET))
    throw trouble(`\`secret\` is missing or short. Set ATTUNE_SECRET to at least ${MIN_SECRET} characters`)
  const key = JSON.stringify([url, secrets])
  const source =
    registry.get(key) ??
    openSource({ url, secrets, interval, timeout, clock, onError, fetch: options.fetch ?? runtimeFetch })
  registry.set(key, source)
  return source
}

// Looked up at each call: frameworks replace it while they start.
const runtimeFetch: typeof fetch = (...asked) => fetch(...asked)

function trouble(what: string): Error {
  return new Error(`[storage] createHttpRuleset: ${what}.`)
}

function logError(error: unknown, step: string): void {
  console.error(`[storage] ${step}:`, error)
}
