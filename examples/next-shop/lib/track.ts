/** What an event may carry, named as in Google Analytics 4. */
export type EventProperties = Readonly<Record<string, string | number | boolean>>

type Tracker = { readonly track?: (name: string, properties?: EventProperties) => unknown }

/**
 * Hands an event to Attune's tracker if it is on the page. Resolves when the event was acknowledged or given up for
 * now, at once without a tracker; never throws. Await it before leaving the page.
 */
export async function track(name: string, properties: EventProperties = {}): Promise<void> {
  // The tracker is a script of its own, so the page's types do not know it.
  const { attune } = window as Window & { readonly attune?: Tracker }
  try {
    await attune?.track?.(name, properties)
  } catch {
    // Measuring must never stand in the way of buying.
  }
}
