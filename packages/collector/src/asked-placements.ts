const ASKED: unique symbol = Symbol('attune.asked')

/** Which decisions a live page wants to hear with the answer to its batch. */
export interface AskedPlacements {
  readonly placements: readonly string[]
  /** The page's whole address, as it says. */
  readonly page: string | undefined
}

/** Notes what a live page asks for. */
export function noteAskedPlacements(request: Request, asked: AskedPlacements): void {
  Object.assign(request, { [ASKED]: asked })
}

/** What a live page asked for; `undefined` for a batch that came by HTTP. */
export function askedPlacementsOf(request: object): AskedPlacements | undefined {
  // Nobody else knows the symbol.
  return ASKED in request ? (request[ASKED] as AskedPlacements) : undefined
}
