/** One event from a file, before the collector has judged it. */
export interface ReplayEvent {
  /** Whom it came from, made from the file by a keyed hash; `undefined` when the file does not say. */
  readonly visitor: string | undefined
  readonly id: string
  readonly name: string
  /** Milliseconds since 1970. */
  readonly time: number
  readonly properties: { readonly [name: string]: string | number | boolean }
  /** Empty when the file has none. */
  readonly userAgent: string
}

/** What a reader tells of a file as it goes: events, and what it left out before any became one. */
export interface ReplaySource {
  /** How one record is called: a line or a row. */
  readonly unit: 'line' | 'row'
  /** Events in the order of the file, some at a time. */
  read(): AsyncIterable<readonly ReplayEvent[]>
  /** Records read so far. */
  records(): number
  /** Records left out so far, by reason. */
  leftOut(): ReadonlyMap<string, number>
}
