import type { Rewriter, RewrittenText } from './html-rewriter.ts'

// What stands in them is text to a rewriter: a slot there cannot be resolved.
const UNREAD = ['iframe', 'noembed', 'noframes', 'noscript', 'script', 'style', 'textarea', 'title', 'xmp']
const SLOT = /attune-slot/i

/** Empties what no rewriter reads, where a slot stands in it: better nothing than all variants. */
export function emptyUnread(rewriter: Rewriter): Rewriter {
  let held = ''
  const text = (piece: RewrittenText): void => {
    held += piece.text
    // A name may be cut between two pieces, so none leaves before the last.
    if (piece.lastInTextNode) {
      if (!SLOT.test(held)) piece.before(held, { html: true })
      held = ''
    }
    piece.remove()
  }
  const quiet = rewriter.onDocument({
    comments: (comment) => void (SLOT.test(comment.text) && comment.remove()),
  })
  return UNREAD.reduce((before, name) => before.on(name, { text }), quiet)
}
