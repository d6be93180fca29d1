import { own } from '@attune/core'
import type { HTMLAttributes, JSX, ReactNode } from 'react'
import { LivePlacement } from '../live/live-placement.tsx'
import type { PageDecisions } from './read-decisions.ts'

/** A placement's key, its variants and what was decided. Other attributes go onto its element. */
export interface PlacementProps extends Omit<HTMLAttributes<HTMLElement>, 'id' | 'children'> {
  /** The placement's key in the ruleset. */
  readonly id: string
  /** Variant → what it shows; only the chosen one is rendered, unless `live`. */
  readonly variants: { readonly [variant: string]: ReactNode }
  readonly decisions: PageDecisions
  /**
   * Changes without a reload when what the visitor does on this page changes the decision, by the tracker's socket at this address (`true`:
   * `/attune/socket`). All variants are then rendered, and part of the page that everybody gets. Default `false`.
   * A build and a development server throw where the placement's audiences look at what only the page's own request tells.
   */
  readonly live?: boolean | string
  /** Its element; default `div`. */
  readonly as?: 'article' | 'aside' | 'div' | 'footer' | 'header' | 'li' | 'nav' | 'section' | 'span'
}

/** Shows a placement's chosen variant in an element that names both, for the tracker. */
export function Placement({
  id,
  variants,
  decisions,
  as: Element = 'div',
  live = false,
  ...rest
}: PlacementProps): JSX.Element {
  const variant = chooseVariant(id, variants, decisions)
  if (live !== false && mayBeLive(id, decisions)) {
    const socket = live === true ? '' : live
    // Decided anew, it begins anew.
    return (
      <LivePlacement key={variant} {...rest} {...{ id, variants, socket }} decided={variant} as={Element} />
    )
  }
  return (
    <Element {...rest} data-attune-placement={id} data-attune-variant={variant}>
      {own(variants, variant)}
    </Element>
  )
}

// A ruleset that came after the build must not take the page away: the placement is what it would be without `live`.
function mayBeLive(id: string, decisions: PageDecisions): boolean {
  const { still } = own(decisions, id) ?? {}
  if (still === undefined) return true
  const paths = still.map((group) => `\`${group}.*\``).join(' and ')
  const message = `[next] Placement: \`${id}\` cannot be live: its audiences look at ${paths}, which only the request of the page tells. Take \`live\` off it, or the condition out of the ruleset.`
  if (process.env.NODE_ENV !== 'production' || process.env.NEXT_PHASE === 'phase-production-build')
    throw new Error(message)
  return false
}

function chooseVariant(id: string, variants: PlacementProps['variants'], decisions: PageDecisions): string {
  const decided = own(decisions, id)
  const [first = ''] = Object.keys(variants)
  if (decided === undefined) {
    warn(`Placement: \`${id}\` is not on this page’s route. Add it to the route in the ruleset’s \`routes\`.`)
    return first
  }
  if (own(variants, decided.variant) !== undefined) return decided.variant
  warn(
    `Placement: \`${id}\` has no variant \`${decided.variant}\`. Add it to \`variants\`, or take it out of the ruleset.`,
  )
  return decided.baseline
}

function warn(message: string): void {
  if (process.env.NODE_ENV !== 'production') console.error(`[next] ${message}`)
}
