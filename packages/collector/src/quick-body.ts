/** Reads at most so many bytes of a body; `undefined` when there are more. */
export type QuickRead = (most: number) => Promise<Uint8Array | undefined>

// Web streams cost a small request more than all else that is done for it. Where host and collector are both ours the
// bytes pass beside them; a request or answer that is not noted here goes the standard way.
const reads = new WeakMap<Request, QuickRead>()
const texts = new WeakMap<Response, string>()

/** Notes a shorter way to a request's body. */
export function noteQuickRead(request: Request, read: QuickRead): void {
  reads.set(request, read)
}

/** The shorter way to a request's body, if there is one. */
export function quickReadOf(request: object): QuickRead | undefined {
  // A WeakMap may be asked about anything.
  return reads.get(request as Request)
}

/** Notes the text that an answer was made of. */
export function noteText(response: Response, text: string): Response {
  texts.set(response, text)
  return response
}

/** The text that an answer was made of, if it was noted. */
export function textOf(response: Response): string | undefined {
  return texts.get(response)
}
