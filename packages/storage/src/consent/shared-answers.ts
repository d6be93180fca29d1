import type { Purpose } from '@attune/core'

/** What a visitor grants since their last answer. */
export interface LastAnswer {
  /** When it was given, milliseconds since 1970; of several that came at once a little later. */
  readonly time: number
  /** What is granted; empty: nothing but `functional`. */
  readonly granted: readonly Purpose[]
}

/**
 * The last answer of each visitor, where every machine that serves the site finds it. Each of them rejects when the store that holds them does not answer: then
 * nothing is known, and nothing may be taken for granted.
 */
export interface SharedAnswers {
  /** Keeps an answer that is given now, whatever stands there. */
  tell(pseudonym: string, answer: LastAnswer): Promise<void>
  /** Keeps an answer of some time ago, unless one of then or later stands there. */
  tellLate(pseudonym: string, answer: LastAnswer): Promise<void>
  /**
   * Keeps an answer that could not be told a moment ago, when it was given. As `tellLate`, but what only takes away from an answer of less than a minute later
   * holds: clocks of machines differ, and it may have come after that.
   */
  tellAgain(pseudonym: string, answer: LastAnswer): Promise<void>
  /** Notes that whoever stands under `from` turned out to be who stands under `into`: their answer holds there unless a later one stands there, until somebody answers under `into`; it stands under `from` no more. */
  absorb(from: readonly string[], into: string): Promise<void>
  /** The last answer under any of these pseudonyms, or of the browsers that turned out to be theirs. */
  read(pseudonyms: readonly string[]): Promise<LastAnswer | undefined>
  /** Deletes what stands under these pseudonyms. */
  forget(pseudonyms: readonly string[]): Promise<void>
  /**
   * The id of the last row of a machine's log that was told here; 0 before the first. It stands beside the answers, so that an older state of both, put back
   * from a backup, is told what it lacks.
   */
  toldBy(machine: string): Promise<number>
  /** Notes that all rows of a machine's log up to this one were told. */
  noteTold(machine: string, id: number): Promise<void>
  close(): Promise<void>
}
