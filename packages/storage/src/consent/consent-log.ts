import type { Purpose } from '@attune/core'

/** A change of one visitor's consent: what a site has to be able to show later. Source: GDPR, article 7 (1). */
export interface ConsentChange {
  /**
   * Stands for the visitor, and leads back to nobody without the secret that it was made with; `null` for who said no before they were
   * known by anything.
   */
  readonly pseudonym: string | null
  /** When, milliseconds since 1970. */
  readonly time: number
  /** What is granted from then on, sorted; empty: nothing but `functional`. */
  readonly granted: readonly Purpose[]
  /** Which texts the visitor saw. */
  readonly text: string
  /** By what they answered: `accept`, `refuse`, `choices`, or a name of the site's own. */
  readonly by: string
  /** `US-CA` or `US`, as far as the host knows; `null`: unknown, and held to the strictest. */
  readonly region: string | null
  /** What the browser said for them at that moment. */
  readonly globalPrivacyControl: boolean
}

/** A change as it is kept: `id` rises with each. */
export interface ConsentRow extends ConsentChange {
  readonly id: number
}

/** Which rows to read. */
export interface ConsentQuery {
  /** Those of one visitor, under any of these pseudonyms; default everybody's. */
  readonly pseudonyms?: readonly string[]
  /** Rows after this id; default from the first. */
  readonly after?: number
  /** At most so many; default and most 1,000. */
  readonly limit?: number
}

/** Where changes of consent are kept: added to, read, and deleted when they are old enough; never changed. */
export interface ConsentLog {
  /**
   * Keeps a change, durably before it resolves. Resolves to false, and keeps nothing, when the visitor's last row says the same but for
   * its time: one row per change.
   */
  append(change: ConsentChange): Promise<boolean>
  /** Reads rows in the order they came; ask again with `after` of the last one for the next. */
  read(query?: ConsentQuery): Promise<readonly ConsentRow[]>
  /** Deletes rows from before a time, milliseconds; but a visitor's last row stays while it grants anything. Resolves to how many. */
  sweep(before: number): Promise<number>
  /** Deletes every row of one visitor, under any of these pseudonyms. Resolves to how many. */
  erase(pseudonyms: readonly string[]): Promise<number>
  close(): Promise<void>
}

/** The most rows that are read at once. */
export const MOST_ROWS = 1_000

/** Tells whether a change says nothing that the visitor's last row does not. Who is not known by anything has no last row. */
export function isRepeated(last: ConsentChange | undefined, change: ConsentChange): boolean {
  if (last === undefined || change.pseudonym === null) return false
  return contentOf(last) === contentOf(change)
}

/** What a row says beside whom it is about and when. */
export function contentOf({ granted, text, by, region, globalPrivacyControl }: ConsentChange): string {
  return JSON.stringify([granted, text, by, region, globalPrivacyControl])
}
