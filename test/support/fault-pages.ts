import { createSealKeys, encodeVisitor } from '@attune/core'
import { createPersonalizer, type Personalized } from '@attune/edge'
import type { ProfileReader } from '@attune/storage'
import { type GuardedRead, type GuardOptions, guardReader, type ReadOutcome } from '@attune/storage/guard'
import { makePublished, NOON, RULESET, SECRET } from './fault-ruleset.ts'
import { BROWSER } from './fault-senders.ts'

const keys = createSealKeys(SECRET)
/** What the home page of the sites under test shows to whoever nothing is known of. */
export const BASELINES: { readonly [placement: string]: string } = Object.fromEntries(
  (RULESET.routes?.['/'] ?? []).map((name) => [name, RULESET.placements?.[name]?.baseline ?? '']),
)

/** A site whose pages read from a guarded store. */
export interface PageSite {
  /** Asks for the home page as a visitor with consent whose browser has no token. */
  page(visitor: string): Promise<Personalized | undefined>
  /** From where the answers came, as the guard tells it. */
  readonly reads: { readonly [outcome in ReadOutcome]: number }
  /** How often the store itself was asked, and how many of these questions are still open. */
  readonly store: { asked: number; open: number }
  state(): string
}

/** Creates a site before a store. */
export function createPageSite(reader: ProfileReader, options: GuardOptions = {}): PageSite {
  const reads = { store: 0, stale: 0, failed: 0, 'not-asked': 0 }
  const store = { asked: 0, open: 0 }
  const onRead = ({ outcome }: GuardedRead): void => void reads[outcome]++
  const counted: ProfileReader = {
    load: async (visitor, plan) => {
      store.asked++
      store.open++
      try {
        return await reader.load(visitor, plan)
      } finally {
        store.open--
      }
    },
  }
  const guarded = guardReader(counted, { ...options, onRead })
  const { personalize } = createPersonalizer({
    ruleset: makePublished(),
    secret: SECRET,
    store: guarded,
    clock: () => NOON,
    onError: () => {},
  })
  return { page: (visitor) => personalize(requestOf(visitor)), reads, store, state: guarded.state }
}

function requestOf(visitor: string): Request {
  const cookie = `attune_consent=preferences; attune_visitor=${encodeVisitor(keys, 'site', visitor)}`
  const headers = { cookie, 'user-agent': BROWSER, 'sec-fetch-dest': 'document' }
  return new Request('http://shop.example/', { headers })
}

/** What a page shows: placement → variant. */
export function shownOn(page: Personalized | undefined): { readonly [placement: string]: string } {
  return Object.fromEntries((page?.decisions ?? []).map(({ placement, variant }) => [placement, variant]))
}
