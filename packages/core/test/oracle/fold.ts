import {
  type AttuneEvent,
  emptyHistory,
  foldEvents,
  type History,
  type Profile,
  type SignalPlan,
} from '@attune/core'
import type { Random } from './random.ts'
import { withTellings } from './tellings.ts'
import type { World } from './world.ts'

/** A visitor's record as a store keeps it: the history, the recent events, the ids ever heard. */
export interface Store {
  history: History
  recent: readonly AttuneEvent[]
  readonly ids: Set<string>
}

/** A store that heard nothing. */
export function createStore(plan: SignalPlan, firstSeen?: number): Store {
  const history = emptyHistory(plan)
  const profile: Profile = { ...history.profile, firstSeen: firstSeen ?? null }
  return { history: { ...history, profile }, recent: [], ids: new Set() }
}

/** Hears a batch: repeated ids are dropped, the rest is folded. */
export function hear(store: Store, batch: readonly AttuneEvent[], plan: SignalPlan): void {
  const fresh = batch.filter(({ id }) => !store.ids.has(id) && store.ids.add(id))
  const { history, settled } = foldEvents(store.history, fresh, plan, () => store.recent)
  const gone = new Set(settled.map(({ id }) => id))
  store.recent = [...store.recent, ...fresh].filter(({ id }) => !gone.has(id))
  store.history = history
}

/** Folds events in batches of chance, with repeated ids strewn in, in the order given; the world's traits are told among them. */
export function foldAll(
  random: Random,
  world: World,
  given: readonly AttuneEvent[],
  plan: SignalPlan,
): Profile {
  const events = withTellings(world, given)
  const store = createStore(plan, world.firstSeen)
  for (let at = 0; at < events.length; ) {
    const size = 1 + random.below(random.pick([3, 30, 128]))
    const batch = events.slice(at, at + size)
    const again = random.chance(0.3) ? [random.pick(events.slice(0, at + size))] : []
    hear(store, [...batch, ...again], plan)
    at += size
  }
  return profileOf(store, world)
}

/** What a store knows. Of somebody who did nothing the traits are not told by any event. */
export function profileOf({ history }: Store, world: World): Profile {
  return history.profile.last === null ? { ...history.profile, traits: world.traits } : history.profile
}
