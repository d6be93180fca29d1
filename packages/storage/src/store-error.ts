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
  constructor(message: string, into: string) {
    super(message)
    this.into = into
  }
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
export function visitorMoved(from: string, into: string): VisitorMovedError {
  return new VisitorMovedError(
    `[storage] ${from}: this visitor was merged into another one. Append to \`into\` of this error.`,
    into,
  )
}

/** The error without its stack, to be logged as one line: where a timer ran out says nothing. */
export function withoutStack<E extends Error>(error: E): E {
  error.stack = ''
  return error
}
