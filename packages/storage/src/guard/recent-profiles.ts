import type { Profile, SignalPlan } from '@attune/core'

/** Profiles read a moment ago; `null` is a visitor nobody had heard of. */
export interface RecentProfiles {
  /** `undefined` when none is held, or the one held is too old or of another plan. */
  find(visitor: string, plan: SignalPlan): Profile | null | undefined
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
      if (clock() - found.time <= age) return found.plan === plan.id ? found.profile : undefined
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
