import { emptyUnread } from './empty-unread.ts'
import type { CreateRewriter, RewrittenElement } from './html-rewriter.ts'
import { parseSlot, type Slot } from './slot.ts'

/** Says which variant a slot shows. */
export type Choose = (slot: Slot) => string

interface OpenSlot {
  readonly chosen: string | undefined
  /** A variant of it is open; what stands beside variants belongs to nobody. */
  inVariant: boolean
  isShown: boolean
}

/**
 * Resolves the slots of a page while it streams: of each the chosen variant stays, everything else goes. Whatever is damaged, or throws,
 * shows the default.
 */
export function rewriteSlots(answer: Response, createRewriter: CreateRewriter, choose: Choose): Response {
  const open: OpenSlot[] = []

  const enterSlot = (element: RewrittenElement): void => {
    const slot: OpenSlot = { chosen: tryChoosing(element, choose), inVariant: false, isShown: false }
    open.push(slot)
    element.onEndTag(() => void open.splice(open.indexOf(slot)))
    element.removeAndKeepContent()
  }
  const enterVariant = (element: RewrittenElement): void => {
    const slot = open.at(-1)
    if (slot === undefined) return void element.remove()
    slot.inVariant = true
    element.onEndTag(() => {
      // A slot inside that never ended ends here.
      open.splice(open.indexOf(slot) + 1)
      slot.inVariant = false
    })
    const key = element.getAttribute('data-variant')
    // The default stands last: it is shown when no other was.
    const isChosen = !slot.isShown && (key === slot.chosen || element.hasAttribute('data-default'))
    slot.isShown ||= isChosen
    if (isChosen) element.removeAndKeepContent()
    else element.remove()
  }
  const isBeside = (): boolean => open.at(-1)?.inVariant === false
  const removeBeside = (stray: { remove(): unknown }): void => {
    if (isBeside()) stray.remove()
  }

  const rewriter = createRewriter()
    .on('attune-slot', { element: enterSlot, text: removeBeside, comments: removeBeside })
    .on('attune-slot > template[data-variant]', { element: enterVariant })
    .on('attune-slot > :not(template)', { element: removeBeside })
    .on('attune-slot > template:not([data-variant])', { element: removeBeside })
  return emptyUnread(rewriter).transform(answer)
}

function tryChoosing(element: RewrittenElement, choose: Choose): string | undefined {
  const slot = parseSlot(element.getAttribute('data-attune'))
  if (slot === undefined) return undefined
  try {
    return choose(slot)
  } catch {
    return slot.d
  }
}
