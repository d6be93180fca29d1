import type { Tracker } from '@attune/tracker'
import type { PageConfig } from './page-config.ts'

/** Name in `localStorage` of the purchase that was told last. */
export const TOLD = 'attune_told'

/**
 * Tells the tracker what the page says of itself. A purchase is told once, however often the page that thanks for it is looked at; while
 * nothing may be remembered it is not told at all.
 */
export function tellEvents(
  window: Window,
  { events }: Pick<PageConfig, 'events'>,
  tracker: Pick<Tracker, 'track' | 'consent'>,
): void {
  for (const { name, properties } of events) {
    const { transaction_id: purchase } = properties as { readonly transaction_id?: unknown }
    if (typeof purchase === 'string') {
      if (!tracker.consent()?.includes('preferences') || window.localStorage.getItem(TOLD) === purchase)
        continue
      window.localStorage.setItem(TOLD, purchase)
    }
    void tracker.track(name, properties)
  }
}
