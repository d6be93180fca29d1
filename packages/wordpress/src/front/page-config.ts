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
  /** Address of a collector; empty without one. */
  readonly collector: string
  /** Consent is asked through the WP Consent API. */
  readonly consentApi: boolean
  /** What this page itself tells: a product was looked at. */
  readonly events: readonly { readonly name: string; readonly properties: object }[]
}

/** Reads the configuration of a page; `undefined` when it has none. */
export function readPageConfig(document: Document): PageConfig | undefined {
  const text = document.getElementById('attune-config')?.textContent
  // Written by our own server, into its own page.
  return text ? (JSON.parse(text) as PageConfig) : undefined
}
