import type { AttuneEvent, Consent, Context, Profile, Ruleset, TraitValue } from '@attune/core'

/** What is known of a visitor, and how PHP comes to know it. */
export interface Guest {
  readonly ruleset: Ruleset
  /** The ruleset for which the first `heardBefore` batches were folded. */
  readonly older: Ruleset
  readonly heardBefore: number
  readonly batches: readonly (readonly AttuneEvent[])[]
  /** Whole seconds. */
  readonly firstSeen: number | null
  readonly traits: { readonly [name: string]: TraitValue }
  /**
   * Events are folded in PHP, or on two devices of which every second batch is the other's, and merged; a profile comes as
   * JSON, as from a collector, that may not know the new ruleset yet; a token comes as from the browser.
   */
  readonly by: 'events' | 'merged' | 'profile' | 'token'
  /** When a token is issued: whole seconds, not before the newest event. */
  readonly issuedAt: number
}

/** A question about a guest. */
export interface Asking {
  readonly context: Context
  readonly consent: Consent
  readonly visitor: string | null
  /** Milliseconds. */
  readonly now: number
  readonly assume: { readonly [segment: string]: boolean }
}

/** Everything that one answer depends on: plain JSON that may be made smaller. */
export interface Scene extends Guest {
  readonly asking: Asking
}

/** A line for PHP, and what it must answer. */
export interface Line {
  readonly text: string
  /** JSON text; members of objects may stand in another order. */
  readonly wanted: string
}

/** A guest as told to PHP, and the profile that all questions are about. */
export interface ToldGuest extends Line {
  readonly profile: Profile
}
