/** Reads at most so many bytes of a body; `undefined` when there are more. */
export type QuickRead = (most: number) => Promise<Uint8Array | undefined>

const READ: unique symbol = Symbol('attune.read')

/** Notes a shorter way to a request's body: web streams cost a small request more than all else that is done for it. */
export function noteQuickRead(request: Request, read: QuickRead): void {
  Object.assign(request, { [READ]: read })
}

/** The shorter way to a request's body, if its host noted one. */
export function quickReadOf(request: object): QuickRead | undefined {
  // Nobody else knows the symbol.
  return READ in request ? (request[READ] as QuickRead) : undefined
}
