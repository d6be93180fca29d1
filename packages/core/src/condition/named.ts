/** The members of a ruleset whose names a condition may use. */
export type NamedSection = 'events' | 'traits' | 'interests' | 'scores' | 'funnels' | 'rfm' | 'segments'

/** Every name that a ruleset gives, also those whose definition has an error of its own. */
export type Named = { readonly [S in NamedSection]: ReadonlySet<string> }

/** Collects the names that a ruleset gives. */
export function namesOf(ruleset: { readonly [member: string]: unknown }): Named {
  const names = (section: NamedSection): ReadonlySet<string> => {
    const members = ruleset[section]
    return new Set(typeof members === 'object' && members !== null ? Object.keys(members) : [])
  }
  return {
    events: names('events'),
    traits: names('traits'),
    interests: names('interests'),
    scores: names('scores'),
    funnels: names('funnels'),
    rfm: names('rfm'),
    segments: names('segments'),
  }
}
