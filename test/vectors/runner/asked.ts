import type { AttuneEvent, Consent, TraitValue } from '@attune/core'

/** Events folded as one batch: fresh ones, that exist at the instant of the question. */
export interface Batch {
  readonly events: readonly AttuneEvent[]
  /** The published ruleset of that time as JSON text, when it was another than the one that is asked. */
  readonly ruleset?: string
}

/** What is known of a visitor, laid out for any language. */
export interface Visit {
  /** The published ruleset as JSON text. */
  readonly ruleset: string
  readonly batches: readonly Batch[]
  /** Whole seconds. */
  readonly firstSeen: number | null
  readonly traits: { readonly [name: string]: TraitValue }
  /** A context as JSON text: hosts make theirs by code, and strict reading refuses some of what may stand in it. */
  readonly context: string
  readonly consent: Consent
  /** Milliseconds since 1970. */
  readonly now: number
}

interface Sealed {
  readonly secrets: readonly string[]
}

interface Owned extends Sealed {
  readonly site: string
  readonly visitor: string
}

interface Coded extends Sealed {
  readonly site: string
  readonly ruleset: string
  readonly route: string
}

/** A case as an implementation is asked: plain JSON, nothing of the vectors' shorthand left. */
export type Asked =
  | { readonly ask: 'read-json'; readonly text: string }
  | { readonly ask: 'instant' | 'duration'; readonly text: string }
  | { readonly ask: 'session'; readonly cookie: string; readonly now: number }
  | { readonly ask: 'hash'; readonly text: string; readonly seed: number }
  | { readonly ask: 'bucket'; readonly visitor: string; readonly key: string }
  | {
      readonly ask: 'cut'
      readonly cuts: readonly (readonly [variant: string, end: number])[]
      readonly from: number
      readonly bucket: number
    }
  | ({
      readonly ask: 'seal'
      readonly kind: 'code'
      readonly binding: string
      readonly payload: string
    } & Sealed)
  | ({
      readonly ask: 'unseal'
      readonly kind: 'code'
      readonly binding: string
      readonly text: string
    } & Sealed)
  | ({ readonly ask: 'sign-visitor' } & Owned)
  | ({ readonly ask: 'read-visitor'; readonly site: string; readonly text: string } & Sealed)
  | ({ readonly ask: 'encode-code'; readonly variants: { readonly [placement: string]: string } } & Coded)
  | ({ readonly ask: 'decode-code'; readonly text: string } & Coded)
  | ({ readonly ask: 'issue-token'; readonly utcOffset: number | null; readonly visit: Visit } & Owned)
  | ({ readonly ask: 'read-token'; readonly text: string; readonly visit: Visit } & Owned)
  /** The segment `asked`. */
  | { readonly ask: 'segment'; readonly visit: Visit }
  /** The segment `asked`, and what the profile keeps. */
  | { readonly ask: 'kept'; readonly visit: Visit }
  /** The same of the profile merged with that of another device, in either order. */
  | { readonly ask: 'merged'; readonly visit: Visit; readonly others: readonly AttuneEvent[] }
  | {
      readonly ask: 'decide'
      readonly visit: Visit
      readonly visitor: string | null
      readonly placements: readonly string[]
    }

/** The question of one kind. */
export type AskedOf<Ask extends Asked['ask']> = Extract<Asked, { readonly ask: Ask }>

/** Something that claims to speak the ruleset language. */
export interface Implementation {
  /** For people: language and version. */
  readonly name: string
  /** Answers cases in their order, each with a JSON object or with `{ error }`; a case's fault stays its own. */
  readonly answer: (asked: readonly Asked[]) => Promise<readonly Answer[]>
}

/** What is said to one case. */
export type Answer = { readonly [member: string]: unknown }
