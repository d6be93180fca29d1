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
  /** Leaves out those of before somebody was let go of; default all. */
  readonly withoutLetGo?: boolean
}

/** Somebody who was let go of: `id` rises with each. */
export interface LetGo {
  readonly id: number
  readonly pseudonym: string
}

/** Where changes of consent are kept: added to, read, and deleted when they are old enough; never changed. */
export interface ConsentLog {
  /**
   * Keeps a change, durably before it resolves. Resolves to false, and keeps nothing, when the visitor's last row says the same but for
   * its time: one row per change, and a first one of whoever was let go of. `isOther`: another log has a later row, which says something else, so that this one is kept in any case.
   */
  append(change: ConsentChange, isOther?: boolean): Promise<boolean>
  /** Reads rows in the order they came; ask again with `after` of the last one for the next. */
  read(query?: ConsentQuery): Promise<readonly ConsentRow[]>
  /** The newest row of one visitor, under any of these pseudonyms; as quick however many rows there are. */
  last(pseudonyms: readonly string[]): Promise<ConsentRow | undefined>
  /**
   * Deletes rows from before a time, milliseconds; but a visitor's last row stays while it grants anything. What was noted of pseudonyms before it goes
   * with their last row. Resolves to how many rows.
   */
  sweep(before: number): Promise<number>
  /**
   * Notes, durably before it resolves, that whoever stands under `from` turned out to be who stands under `into`: somebody signed in. The rows stay
   * under their own pseudonyms. Who was noted before stays with whom that was; asked again it changes nothing. `at`: when, milliseconds.
   */
  absorb(from: readonly string[], into: string, at: number): Promise<void>
  /** The pseudonyms that were noted to be of whoever stands under one of these, and those of them in turn. */
  absorbedBy(pseudonyms: readonly string[]): Promise<readonly string[]>
  /** Deletes every row of one visitor, under any of these pseudonyms and of those that these absorbed. Resolves to how many. */
  erase(pseudonyms: readonly string[]): Promise<number>
  /**
   * Notes, durably before it resolves, that a visitor was erased, under these pseudonyms and those that these absorbed: the rows until now stay, and are told to
   * no other machine any more (`shareAnswers`, which also deletes what was told).
   */
  letGo(pseudonyms: readonly string[]): Promise<void>
  /** Those who were let go of after this id and answered nothing since, at most so many. They are forgotten with the last of their rows. */
  letGoAfter(id: number, limit: number): Promise<readonly LetGo[]>
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
