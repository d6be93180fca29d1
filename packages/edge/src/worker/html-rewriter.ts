/** What we need of an element of workerd's HTMLRewriter. */
export interface RewrittenElement {
  getAttribute(name: string): string | null
  hasAttribute(name: string): boolean
  remove(): unknown
  removeAndKeepContent(): unknown
  onEndTag(handler: (end: { remove(): unknown }) => void): void
}

/** A stretch of text; that of one node comes in pieces, the last of them empty. */
export interface RewrittenText {
  readonly text: string
  readonly lastInTextNode: boolean
  remove(): unknown
  before(content: string, options: { readonly html: boolean }): unknown
}

/** A comment. */
export interface RewrittenComment {
  readonly text: string
  remove(): unknown
}

/** What happens to what a selector finds. */
export interface RewriteHandlers {
  element?(element: RewrittenElement): void
  text?(text: RewrittenText): void
  comments?(comment: RewrittenComment): void
}

/** workerd's HTMLRewriter. */
export interface Rewriter {
  on(selector: string, handlers: RewriteHandlers): Rewriter
  onDocument(handlers: Pick<RewriteHandlers, 'comments'>): Rewriter
  transform(answer: Response): Response
}

/** Makes a rewriter; each answer needs its own. */
export type CreateRewriter = () => Rewriter

/**
 * The runtime's own rewriter.
 * @throws where there is none, with the cure.
 */
export function findRewriter(): CreateRewriter {
  const { HTMLRewriter } = globalThis as { readonly HTMLRewriter?: new () => Rewriter }
  if (HTMLRewriter !== undefined) return () => new HTMLRewriter()
  throw new Error(
    '[edge] createWordPressWorker: this runtime has no HTMLRewriter. Run it as a Cloudflare Worker (workerd).',
  )
}
