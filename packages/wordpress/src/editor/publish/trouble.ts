/** Something that a visitor would meet and its author hardly wants. */
export interface Trouble {
  /** The block it is in. */
  readonly clientId: string
  /** What is wrong and what mends it, as a sentence. */
  readonly text: string
}
