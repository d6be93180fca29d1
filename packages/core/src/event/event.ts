/** What an event property may hold at the border. */
export type PropertyValue = string | number | boolean

/** What an event may remember of the request in which it happened; only text counts. */
export interface RecordedContext {
  /** The campaign that led here. */
  readonly utm?: {
    /** `utm_source`, e.g. `newsletter`. */
    readonly source?: string
    /** `utm_medium`, e.g. `email`. */
    readonly medium?: string
    /** `utm_campaign`, e.g. `autumn`. */
    readonly campaign?: string
    /** `utm_term`. */
    readonly term?: string
    /** `utm_content`. */
    readonly content?: string
  }
  /** The page before. */
  readonly referrer?: {
    /** Its host, e.g. `www.example.com`. */
    readonly host?: string
  }
  /** The page itself. */
  readonly url?: {
    /** Its path, e.g. `/product/trail-boots`. */
    readonly path?: string
  }
}

/**
 * Name of an event: letters, digits and `_`, at most 64; GA4's recommended name where one exists, e.g. `view_item`.
 * @pattern ^[A-Za-z][A-Za-z0-9_]{0,63}$
 * @examples ["page_view", "view_item", "add_to_cart", "begin_checkout", "purchase"]
 */
export type EventName = string

/** Something a visitor did. */
export interface AttuneEvent {
  /**
   * One id is one event: 1 to 64 characters. A repeated id is dropped.
   * @minLength 1
   * @maxLength 64
   */
  readonly id: string
  readonly name: EventName
  /**
   * When it happened, milliseconds since 1970-01-01T00:00Z; only whole seconds count.
   * @minimum 0
   * @maximum 8640000000000000
   */
  readonly time: number
  /**
   * What the event says, e.g. `item_id`. Left out, it has none.
   * @propertyNames { "not": { "enum": ["__proto__", "constructor", "prototype"] } }
   */
  readonly properties: { readonly [name: string]: unknown }
  /** Where the visitor came from and was, for `touch`. */
  readonly context?: RecordedContext
}

/** The whole seconds of an instant in milliseconds. */
export function toSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000)
}
