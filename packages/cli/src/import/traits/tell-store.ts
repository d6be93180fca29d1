import { createHash } from 'node:crypto'
import { type Accounts, type Collector, createCollector } from '@attune/collector'
import { type Consent, emptyProfile, IDENTIFY, type PublishedRuleset } from '@attune/core'
import type { IntakeStore } from '@attune/storage'

/** What somebody's row says. */
export interface ToldRow {
  readonly line: number
  readonly userId: string
  readonly traits: { readonly [name: string]: unknown }
}

/** What became of a row: new, there already, or why it was not taken. */
export type RowOutcome = 'taken' | 'known' | { readonly problem: string }

/** Tells one row. Rejects when the store does. */
export type TellRow = (row: ToldRow) => Promise<RowOutcome>

/** Into what rows are told, and as what. */
export interface Telling {
  readonly ruleset: PublishedRuleset
  readonly secret: string
  readonly site: string | undefined
  readonly accounts: Accounts
  readonly store: IntakeStore
  readonly consent: Consent
  readonly source: string
  /** When the file was true, milliseconds. */
  readonly asOf: number
}

/** Creates what tells rows: by the collector itself, whose clock stands at when the file was true. */
export function createTellRow({ accounts, consent, source, asOf, store, site, ...rest }: Telling): TellRow {
  const named = site === undefined ? {} : { site }
  const collector: Collector = createCollector({
    ...rest,
    ...named,
    store: unkeeping(store),
    clock: () => asOf,
  })
  return async ({ line, userId, traits }) => {
    const [visitor] = accounts.of(userId)
    const id = idOf(line, [visitor, asOf, source, traits])
    const event = { id, name: IDENTIFY, time: asOf, properties: traits }
    const told = { visitor, consent, source, events: [event], isTrusted: true }
    const { accepted, duplicates, rejected } = await collector.ingest(told)
    if (accepted > 0) return 'taken'
    return duplicates > 0 ? 'known' : { problem: rejected[0]?.message ?? 'Nothing of it was taken.' }
  }
}

/** A store that answers as a real one would, and keeps nothing. */
export function createEmptyStore(): IntakeStore {
  return {
    load: async () => null,
    append: async ({ events, plan }) => {
      const accepted = events.map(({ id }) => id)
      return { profile: emptyProfile(plan), before: null, accepted, duplicates: [], conflicts: [] }
    },
    reject: async () => {},
    rejectedCounts: async () => ({}),
    sweep: async () => ({ events: 0, profiles: 0 }),
    close: async () => {},
  }
}

// Of several rows about one person the last one holds: of one second the order is that of ids.
function idOf(line: number, content: unknown): string {
  const digest = createHash('sha256').update(JSON.stringify(content)).digest('base64url')
  return `row.${String(line).padStart(10, '0')}.${digest.slice(0, 32)}`
}

// What is not taken goes into the file of rejects, and whoever serves sweeps.
function unkeeping(store: IntakeStore): IntakeStore {
  const told: IntakeStore = Object.create(store)
  told.reject = async () => {}
  told.sweep = async () => ({ events: 0, profiles: 0 })
  return told
}
