import type { Profile, SignalPlan } from '@attune/core'

/** A profile read so many milliseconds ago; `null` is a visitor nobody had heard of. */
export interface RecentProfile {
  readonly profile: Profile | null
  readonly age: number
}

/** Profiles read a moment ago. */
export interface RecentProfiles {
  /** `undefined` when none is held, or the one held is too old or of another plan. */
  find(visitor: string, plan: SignalPlan): RecentProfile | undefined
  keep(visitor: string, plan: SignalPlan, profile: Profile | null): void
}

interface Held {
  readonly plan: string
  readonly profile: Profile | null
  readonly time: number
}

/** Holds the newest `most` profiles, each for `age` milliseconds. */
export function createRecentProfiles(most: number, age: number, clock: () => number): RecentProfiles {
  // In the order of keeping: the first is the oldest.
  const held = new Map<string, Held>()
  return {
    find: (visitor, plan) => {
      const found = held.get(visitor)
      if (found === undefined) return undefined
      const { profile } = found
      const passed = clock() - found.time
      if (passed <= age) return found.plan === plan.id ? { profile, age: passed } : undefined
      held.delete(visitor)
      return undefined
    },
    keep: (visitor, plan, profile) => {
      held.delete(visitor)
      held.set(visitor, { plan: plan.id, profile, time: clock() })
      const oldest = held.keys().next()
      if (held.size > most && !oldest.done) held.delete(oldest.value)
    },
  }
}
