import type { Ruleset } from '@attune/core'

/**
 * The placements whose audiences look at the request's context. A collector is asked from another address and at
 * another time than the page was, so it cannot say what the page would show now; only what events changed.
 */
export function contextPlacements({ experiences = [], segments = {} }: Ruleset): ReadonlySet<string> {
  const readsContext = (value: unknown, seen: ReadonlySet<string>): boolean => {
    if (typeof value !== 'object' || value === null) return false
    return Object.entries(value).some(([key, member]) => {
      if (key === 'attr') return typeof member === 'string' && !member.startsWith('trait.')
      if (key === 'timezone') return member === 'visitor'
      if (key !== 'segment' || typeof member !== 'string') return readsContext(member, seen)
      return !seen.has(member) && readsContext(segments[member]?.when, new Set([...seen, member]))
    })
  }
  return new Set(
    experiences.filter(({ audience }) => readsContext(audience, new Set())).map(({ placement }) => placement),
  )
}
