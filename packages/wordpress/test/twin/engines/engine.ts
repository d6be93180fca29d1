/** A PHP that answers lines of JSON with the plugin's own core. */
export interface Engine {
  /** For people: `PHP 8.2.36`. */
  readonly name: string
  /**
   * Asks one batch and answers a line for each line. What a line leaves for the next (a ruleset, a profile) lasts to the end
   * of the batch. Rejects, with PHP's own words, when PHP ends early or says anything else.
   */
  readonly ask: (lines: readonly string[]) => Promise<readonly string[]>
  readonly end: () => Promise<void>
}
