import type { LocalTracker } from '@attune/tracker/local'
import type { PageConfig } from './page-config.ts'

/** Name in `localStorage`, before the site's scope, of the purchase that was told last. */
export const TOLD = 'attune_told'

/**
 * Tells the tracker what the page says of itself. A purchase is told once, however often the page that thanks for it is looked at; while
 * nothing may be remembered it is not told at all.
 */
export function tellEvents(
  window: Window,
  { events, scope }: Pick<PageConfig, 'events' | 'scope'>,
  tracker: Pick<LocalTracker, 'track' | 'granted'>,
): void {
  for (const { name, properties } of events) {
    const { transaction_id: purchase } = properties as { readonly transaction_id?: unknown }
    if (typeof purchase === 'string') {
      if (!tracker.granted().preferences || window.localStorage.getItem(TOLD + scope) === purchase) continue
      window.localStorage.setItem(TOLD + scope, purchase)
    }
    void tracker.track(name, properties)
  }
}
