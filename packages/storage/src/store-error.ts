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

/** Tells whether an error says that the visitor was erased. */
export function isErased(error: unknown): boolean {
  // By name: a bundler may have made two copies of the class.
  return error instanceof Error && error.name === 'VisitorErasedError'
}

/** The error of a driver. It does not name the visitor. */
export function visitorErased(from: string): VisitorErasedError {
  return new VisitorErasedError(`[storage] ${from}: this visitor was erased. Give whoever it is a new id.`)
}
