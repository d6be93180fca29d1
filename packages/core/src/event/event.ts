/** What an event property may hold at the border. */
export type PropertyValue = string | number | boolean

/** Something a visitor did. */
export interface AttuneEvent {
  /** One id is one event: 1 to 64 characters. A repeated id is dropped. */
  readonly id: string
  /** GA4's recommended name where one exists, e.g. `view_item`. */
  readonly name: string
  /** When it happened, milliseconds since 1970-01-01T00:00Z; only whole seconds count. */
  readonly time: number
  readonly properties: { readonly [name: string]: unknown }
}

/** The whole seconds of an instant in milliseconds. */
export function toSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000)
}
