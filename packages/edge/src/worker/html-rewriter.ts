/** What we need of an element of workerd's HTMLRewriter. */
export interface RewrittenElement {
  getAttribute(name: string): string | null
  hasAttribute(name: string): boolean
  remove(): unknown
  removeAndKeepContent(): unknown
  onEndTag(handler: (end: { remove(): unknown }) => void): void
}

/** A stretch of text, or a comment. */
export interface RewrittenText {
  remove(): unknown
}

/** What happens to what a selector finds. */
export interface RewriteHandlers {
  element?(element: RewrittenElement): void
  text?(text: RewrittenText): void
  comments?(comment: RewrittenText): void
}

/** workerd's HTMLRewriter. */
export interface Rewriter {
  on(selector: string, handlers: RewriteHandlers): Rewriter
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
