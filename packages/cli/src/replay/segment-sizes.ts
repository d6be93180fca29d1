import { type CompiledRuleset, type Consent, emptyProfile, evaluateSegments } from '@attune/core'
import type { ProfileReader } from '@attune/storage'

/** How many visitors are in a segment, are not, and for how many that is unknown. */
export interface SegmentSize {
  readonly key: string
  readonly match: number
  readonly no: number
  readonly unknown: number
}

/** Asks every segment about every visitor at one instant (milliseconds), without the context of a request. */
export async function measureSegments(
  compiled: CompiledRuleset,
  visitors: Iterable<string>,
  { store, consent, now }: { readonly store: ProfileReader; readonly consent: Consent; readonly now: number },
): Promise<readonly SegmentSize[]> {
  const sizes = new Map(compiled.segments.keys.map((key) => [key, { match: 0, no: 0, unknown: 0 }]))
  for (const visitor of visitors) {
    const profile = (await store.load(visitor, compiled.plan)) ?? emptyProfile(compiled.plan)
    const answers = evaluateSegments(compiled, { profile, context: {}, consent, now })
    for (const [key, { match }] of Object.entries(answers)) {
      sizes.get(key)![match === null ? 'unknown' : match ? 'match' : 'no']++
    }
  }
  return [...sizes].map(([key, size]) => ({ key, ...size }))
}
