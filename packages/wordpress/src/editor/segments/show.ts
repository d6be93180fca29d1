/** How segments decide: the visitor is in one of them, in all of them, or in none. */
export type Match = 'any' | 'all' | 'none'

/** How the segments of a variant or of an Audience row decide; `nobody`: what is said cannot be read, and is not taken for a wish to show. */
export type Show = Match | 'nobody'

/** Reads how segments decide: `any` where nothing is said. */
export function readShow(value: unknown): Show {
  if (value === undefined || value === null) return 'any'
  return value === 'any' || value === 'all' || value === 'none' ? value : 'nobody'
}
