/** Another process holds the store. Nothing was kept; asking again later is right. */
export class StoreBusyError extends Error {
  override readonly name = 'StoreBusyError'
}

/** The store could not read or write, for example because the disk is full. Asking again later is right. */
export class StoreWriteError extends Error {
  override readonly name = 'StoreWriteError'
}

/** The visitor was erased. Nothing was kept, and nothing ever will be; asking again is of no use. */
export class VisitorErasedError extends Error {
  override readonly name = 'VisitorErasedError'
}

/** The visitor was merged into another one. Nothing was kept; what belongs to `into` may be appended there. */
export class VisitorMovedError extends Error {
  override readonly name = 'VisitorMovedError'
  /** As the store that answered knows it; behind `withPseudonyms` a name that may be asked with, and no id. */
  readonly into: string
  /** When, milliseconds; missing where the store did not say. */
  readonly at: number | undefined
  constructor(message: string, into: string, at?: number) {
    super(message)
    this.into = into
    this.at = at
  }
}

/** An answer is kept here, and the other machines could not be told: they are as soon as that can be done. `cause` says why they could not. */
export class AnswerNotToldError extends Error {
  override readonly name = 'AnswerNotToldError'
}

/** Tells whether an error says that an answer is kept, and that the other machines do not know of it yet. */
export function isNotTold(error: unknown): error is AnswerNotToldError {
  return error instanceof Error && error.name === 'AnswerNotToldError'
}

/** Tells whether an error says that the visitor was merged into another one. */
export function isMoved(error: unknown): error is VisitorMovedError {
  return error instanceof Error && error.name === 'VisitorMovedError'
}

/** Tells whether an error says that the visitor was erased. */
export function isErased(error: unknown): boolean {
  // By name: a bundler may have made two copies of the class.
  return error instanceof Error && error.name === 'VisitorErasedError'
}

/** The error of a driver. It does not name the visitor. */
export function visitorErased(from: string): VisitorErasedError {
  return new VisitorErasedError(`[storage] ${from}: this visitor was erased. Give whoever it is a new id.`)
}

/** The error of a driver. Its message does not name the visitors. */
export function visitorMoved(from: string, into: string, at?: number): VisitorMovedError {
  return new VisitorMovedError(
    `[storage] ${from}: this visitor was merged into another one. Append to \`into\` of this error.`,
    into,
    at,
  )
}

/** The error without its stack, to be logged as one line: where a timer ran out says nothing. */
export function withoutStack<E extends Error>(error: E): E {
  error.stack = ''
  return error
}
