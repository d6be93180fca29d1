import { createCollector } from '@attune/collector'
import type { Consent, PublishedRuleset } from '@attune/core'
import type { ProfileStore } from '@attune/storage'
import type { SendBatch } from './send-batches.ts'

/** Sends batches through the collector itself, whose clock stands at the batch's time. */
export function sendToCollector(options: {
  readonly ruleset: PublishedRuleset
  readonly secret: string
  readonly store: ProfileStore
  readonly consent: Consent
}): SendBatch {
  const { consent, ...rest } = options
  // What a file holds is kept as long as its replay; whoever serves sweeps.
  const store: ProfileStore = Object.create(options.store)
  store.sweep = async () => ({ events: 0, profiles: 0 })
  let now = 0
  const collector = createCollector({ ...rest, store, clock: () => now })
  return async ({ visitor, userAgent, events, received }) => {
    now = received
    const wire = events.map(({ id, name, time, properties }) => ({ id, name, time, properties }))
    const { accepted, duplicates, rejected } = await collector.ingest({
      visitor,
      consent,
      userAgent,
      events: wire,
      // A file of the site's own that its owner replays, into a store that lives as long as the replay or is theirs.
      isTrusted: true,
    })
    return { accepted, duplicates, rejected: rejected.map(({ reason }) => reason) }
  }
}
