/** What the server says to every visitor alike; it stands as JSON in the page. */
export interface PageConfig {
  /** The ruleset's hash, whole. */
  readonly hash: string
  /** The key segments, in the order of the key's bits. */
  readonly keys: readonly string[]
  /** Address of the ruleset; it names the hash, so that it may be cached for ever. */
  readonly ruleset: string
  /** Address of the fragments. */
  readonly fragments: string
  /** Address of this script, beside which its parts lie: it may stand joined to others, or at a host that gives no modules. */
  readonly script: string
  /** Address of a collector; empty without one. */
  readonly collector: string
  /** Nothing but what is functional is granted until the visitor said yes. */
  readonly explicitConsent: boolean
  /** What Do Not Track means: `obey` takes it like Global Privacy Control. */
  readonly doNotTrack: 'ignore' | 'obey'
  /** Consent is asked through the WP Consent API. */
  readonly consentApi: boolean
  /** Ends the names in the browser's storage; '' but in a network of several sites of one origin. */
  readonly scope: string
  /** The path that the key is for, with a slash at both ends. */
  readonly path: string
  /** The second since 1970 in which whoever is logged in was erased; 0: never. */
  readonly erased: number
  /** What this page itself tells: a product was looked at. */
  readonly events: readonly { readonly name: string; readonly properties: object }[]
}

const EARLIER: Partial<PageConfig> = {
  explicitConsent: true,
  doNotTrack: 'ignore',
  script: '',
  scope: '',
  path: '/',
  erased: 0,
}

/** Reads the configuration of a page; `undefined` when it has none. */
export function readPageConfig(document: Document): PageConfig | undefined {
  const text = document.getElementById('attune-config')?.textContent
  // Written by our own server, into its own page; one that a cache kept may be an earlier version's.
  return text ? { ...EARLIER, ...(JSON.parse(text) as PageConfig) } : undefined
}
