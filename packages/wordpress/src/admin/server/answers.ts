import type { JsonObject } from '@attune/core/json'

/** What `GET attune/v1/document` answers. */
export interface KeptRuleset {
  /** `null` before anything was published. */
  readonly revision: string | null
  readonly hash: string | null
  /** When, RFC 3339. */
  readonly published: string | null
  /** The ruleset as people edit it; `null` when none was kept. */
  readonly document: JsonObject | null
  /** Segment → what its condition says in plain words. */
  readonly sentences: Readonly<Record<string, string>>
  /** `url`: the site reads the ruleset that another one publishes. */
  readonly source: 'here' | 'url'
}

/** What `POST attune/v1/document` and a restore answer. */
export interface Publication {
  readonly revision: string
  readonly hash: string
}

/** An entry of `GET attune/v1/history`. */
export interface HistoryEntry {
  readonly id: number
  readonly revision: string
  readonly published: string
  readonly author: string
  readonly in_force: boolean
}

/** What `GET attune/v1/usage/<segment>` answers. */
export interface Usage {
  readonly posts: readonly UsingPost[]
  /** Posts that the asking person may not edit. */
  readonly others: number
  /** Experiences and segments that name it. */
  readonly experiences: readonly string[]
}

/** A post that uses a segment. */
export interface UsingPost {
  readonly id: number
  readonly title: string
  readonly type: string
  readonly status: string
  readonly edit: string
  readonly view: string
}

/** The settings of a site; see the plugin's `setting_defaults()`. */
export interface Settings {
  readonly delivery: string
  readonly page_cache: string
  readonly explicit_consent: boolean
  readonly do_not_track: 'ignore' | 'obey'
  readonly collector: string
  readonly site: string
  readonly source: string
  readonly source_url: string
  readonly geo_header: string
  readonly confidential: readonly string[]
  readonly keep_days: number
}

/** What the plugin found out about the site. */
export interface SiteFacts {
  /** Names of the page caches that are active. */
  readonly caches: readonly string[]
  /** A cache keeps pages apart by segments. */
  readonly keys: boolean
  readonly secret: 'kept' | 'stated'
  readonly consentApi: boolean
  readonly woocommerce: boolean
  readonly objectCache: boolean
  readonly revision: string
  readonly compiled: 'none' | 'file' | 'option'
  /** How the ruleset of another site is: `here`, `fresh`, `stale`, … */
  readonly source: string
  /** Seconds since it was last asked for with success. */
  readonly sourceAge: number | null
  readonly trouble: string
}

/** What `GET attune/v1/settings` answers. */
export interface SettingsAnswer {
  readonly settings: Settings
  readonly facts: SiteFacts
}
