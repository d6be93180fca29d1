/** Reads at most so many bytes of a body; `undefined` when there are more. */
export type QuickRead = (most: number) => Promise<Uint8Array | undefined>

// Web streams cost a small request more than all else that is done for it. Where host and collector are both ours the
// bytes pass beside them; a request or answer that does not carry these goes the standard way.
const READ = Symbol('attune.read')
const TEXT = Symbol('attune.text')

/** Notes a shorter way to a request's body. */
export function noteQuickRead(request: Request, read: QuickRead): void {
  Object.assign(request, { [READ]: read })
}

/** The shorter way to a request's body, if there is one. */
export function quickReadOf(request: { readonly [READ]?: QuickRead }): QuickRead | undefined {
  return request[READ]
}

/** Notes the text that an answer was made of. */
export function noteText(response: Response, text: string): Response {
  return Object.assign(response, { [TEXT]: text })
}

/** The text that an answer was made of, if it was noted. */
export function textOf(response: { readonly [TEXT]?: string }): string | undefined {
  return response[TEXT]
}
