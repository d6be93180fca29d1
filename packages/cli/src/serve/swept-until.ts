import type { IntakeStore } from '@attune/storage'

/** The same store, which is swept no more once `isOver`: a sweep that a last request begins would meet a store that closes. */
export function sweptUntil<Store extends Pick<IntakeStore, 'sweep'>>(
  store: Store,
  isOver: () => boolean,
): Store {
  // What is not said here is the store's own.
  const swept: Store = Object.create(store)
  swept.sweep = async (now, retention) =>
    isOver() ? { events: 0, profiles: 0 } : store.sweep(now, retention)
  return swept
}
