import { own } from '@attune/core'
import type { PageDecisions } from '../page/read-decisions.ts'
import type { WordPressPlacement } from './wordpress-placement.ts'

// The plugin writes a placement's id as its first attribute; ids hold [a-z0-9-] only.
const TAG = /(<attune-placement data-placement="[a-z0-9-]*"[^>]*>|<\/attune-placement>)/
const OPENING = /^<attune-placement data-placement="([^"]*)"/

interface Page {
  readonly placements: readonly WordPressPlacement[]
  readonly decisions: PageDecisions
}

/**
 * Shows what was decided in a post's content: `content.rendered` and `attune_placements`, as WordPress answers them. A variant
 * that the post no longer has shows the default. Each shown placement stands in an element that names it and its variant, for
 * the tracker.
 */
export function showVariants(
  content: string,
  placements: readonly WordPressPlacement[],
  decisions: PageDecisions,
): string {
  return fill({ placements, decisions }, content, [])
}

/** @param around The placements that this HTML stands in. */
function fill(page: Page, html: string, around: readonly string[]): string {
  const parts = html.split(TAG)
  let filled = ''
  for (let at = 0; at < parts.length; at++) {
    const id = OPENING.exec(parts[at]!)?.[1]
    if (id === undefined) {
      filled += parts[at]
      continue
    }
    const end = endOf(parts, at)
    filled += show(page, id, parts.slice(at + 1, end).join(''), around)
    at = end
  }
  return filled
}

/** The place of the closing tag of the placement that opens at `start`; past the end when there is none. */
function endOf(parts: readonly string[], start: number): number {
  let depth = 0
  for (let at = start; at < parts.length; at++) {
    if (OPENING.test(parts[at]!)) depth++
    else if (parts[at] === '</attune-placement>' && --depth === 0) return at
  }
  return parts.length
}

function show(page: Page, id: string, standing: string, around: readonly string[]): string {
  const decided = own(page.decisions, id)
  const placement = page.placements.find((one) => one.id === id)
  // A placement inside itself has no end.
  if (decided === undefined || placement === undefined || around.includes(id))
    return fill(page, standing, around)
  const { variants } = placement
  const chosen = variants.find(({ key, isDefault }) => key === decided.variant && !isDefault)
  const key = chosen?.key ?? variants.find(({ isDefault }) => isDefault)?.key ?? decided.baseline
  const inner = fill(page, chosen?.html ?? standing, [...around, id])
  return `<div data-attune-placement="${id}" data-attune-variant="${escapeAttribute(key)}">${inner}</div>`
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
}
