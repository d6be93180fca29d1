/** A text that is translated. */
export interface GettextCall {
  readonly id: string
  readonly plural: string | undefined
  readonly context: string | undefined
  /** What is said to the translator. */
  readonly comment: string | undefined
}

/** The calls in a text of PHP or JavaScript, in order; throws at one whose text is no plain text. */
export function gettextCalls(source: string, domain: string): readonly GettextCall[]
