import type { PublishedRuleset } from '@attune/core'
import type { Call } from '../command.ts'
import type { Io } from '../io.ts'

/** A checked ruleset on its way out. */
export interface Publication {
  readonly published: PublishedRuleset
  /** What is published, as one line of JSON without its end. */
  readonly text: string
}

/** Where a ruleset can be published. */
export interface Target {
  /** The options it takes, beside those of all. */
  readonly options: readonly string[]
  /** Publishes and answers where: `/srv/ruleset.json: 5,801 bytes`. @throws CannotRun when it is not published. */
  publish(publication: Publication, call: Call, io: Io): Promise<string>
}

/** How many bytes of UTF-8 a text has. */
export function sizeOf(text: string): number {
  return Buffer.byteLength(text)
}
