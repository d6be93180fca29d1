const ASKED: unique symbol = Symbol('attune.asked')

/** Notes the placements whose decisions a live page wants to hear with the answer to its batch. */
export function noteAskedPlacements(request: Request, placements: readonly string[]): void {
  Object.assign(request, { [ASKED]: placements })
}

/** The placements that a live page asked about; `undefined` for a batch that came by HTTP. */
export function askedPlacementsOf(request: object): readonly string[] | undefined {
  // Nobody else knows the symbol.
  return ASKED in request ? (request[ASKED] as readonly string[]) : undefined
}
