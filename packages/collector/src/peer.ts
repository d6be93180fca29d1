const PEER: unique symbol = Symbol('attune.peer')

/** Notes the address of the connection that a request came by. */
export function notePeer(request: Request, address: string | undefined): void {
  Object.assign(request, { [PEER]: address })
}

/** The address of the connection that a request came by, if its host noted one. */
export function peerOf(request: object): string | undefined {
  // Nobody else knows the symbol.
  return PEER in request ? (request[PEER] as string | undefined) : undefined
}
