import type { Match } from '../../blocks/variant/variant.ts'

/** How the segments of an Audience row decide; `nobody`: what it says cannot be read, and is not taken for a wish to show the block. */
export type Show = Match | 'nobody'

/** Reads how segments decide: `any` where nothing is said. */
export function readShow(value: unknown): Show {
  if (value === undefined || value === null) return 'any'
  return value === 'any' || value === 'all' || value === 'none' ? value : 'nobody'
}
