import { type AttuneEvent, IDENTIFY, isObject, own, TRAIT_WEIGHTS } from '@attune/core'
import { createAlias } from './create-alias.ts'
import type { Outcome, SettledBatch } from './outcome.ts'

/** An event as it came, and what became of it; cleaned like what is kept, and without whose it is. */
export interface FeedEvent {
  /** When it came, milliseconds since 1970. */
  readonly time: number
  readonly outcome: 'accepted' | 'duplicate' | 'rejected'
  /** `null` where it may not be said: the event is unreadable, or undeclared and its purpose not granted. */
  readonly name: string | null
  /** Why it was rejected; of programs with what gave them away, as `bot/timing`. */
  readonly reason?: string
  /** One sentence with the cure. */
  readonly message?: string
  /** Stands for the visitor until the UTC day ends; missing where nothing may join their events. */
  readonly alias?: string
  /** Who told it, where it was not a browser: `server`, or the name that it gave itself. */
  readonly source?: string
  /** Missing where its purpose is not granted. */
  readonly properties?: { readonly [name: string]: unknown }
}

/** Which events somebody wants to see; what is not said is not asked. */
export interface FeedFilter {
  readonly names?: readonly string[]
  /** Rejected events alone, for these reasons; `bot` means each `bot/…` as well. */
  readonly reasons?: readonly string[]
}

/** Tells of events as they arrive. */
export interface Feed {
  hear(batch: SettledBatch, outcomes: readonly Outcome[], now: number): void
  /** Calls `look` with each event that comes from now on; answers what ends that. `look` must not wait, nor throw. */
  follow(look: (event: FeedEvent) => void, filter?: FeedFilter): () => void
}

type Follower = { readonly look: (event: FeedEvent) => void; readonly filter: FeedFilter }

/** Creates a feed. While nobody follows, nothing is made of what is heard. */
export function createFeed(randomBytes?: (count: number) => Uint8Array): Feed {
  const followers = new Set<Follower>()
  const aliasOf = createAlias(randomBytes)
  return {
    hear: (batch, outcomes, now) => {
      if (followers.size === 0) return
      const alias = batch.visitor === undefined ? undefined : aliasOf(batch.visitor, now)
      const { source } = batch
      const whose = { time: now, ...(alias && { alias }), ...(source && { source }) }
      for (const outcome of outcomes) {
        const event = tell(outcome, whose, batch.clean)
        for (const { look, filter } of followers) if (isWanted(event, filter)) look(event)
      }
    },
    follow: (look, filter = {}) => {
      const follower = { look, filter }
      followers.add(follower)
      return () => void followers.delete(follower)
    },
  }
}

function tell(
  outcome: Outcome,
  whose: Pick<FeedEvent, 'time' | 'alias' | 'source'>,
  clean: (text: string) => string,
): FeedEvent {
  const what = contentOf(outcome)
  if (outcome.is !== 'rejected') return { ...whose, outcome: outcome.is, ...what }
  const { reason, detail, message } = outcome.rejection
  const full = detail === undefined ? reason : `${reason}/${detail}`
  return { ...whose, outcome: 'rejected', ...what, reason: full, message: clean(message) }
}

function contentOf(outcome: Outcome): Pick<FeedEvent, 'name' | 'properties'> {
  if ('event' in outcome) return { name: outcome.event.name, properties: shownOf(outcome.event) }
  const { name: declared = null, content } = outcome.refused
  // Our own JSON, or nothing.
  const value: unknown = content === '' ? undefined : JSON.parse(content)
  if (!isObject(value)) return { name: declared }
  const name = own(value, 'name')
  const properties = own(value, 'properties')
  return {
    name: typeof name === 'string' ? name : declared,
    ...(isObject(properties) ? { properties } : {}),
  }
}

// What a telling weighs was written into it by us.
function shownOf({ name, properties }: AttuneEvent): AttuneEvent['properties'] {
  if (name !== IDENTIFY || !Object.hasOwn(properties, TRAIT_WEIGHTS)) return properties
  const { [TRAIT_WEIGHTS]: _, ...told } = properties
  return told
}

function isWanted({ name, reason }: FeedEvent, { names, reasons }: FeedFilter): boolean {
  if (names !== undefined && (name === null || !names.includes(name))) return false
  if (reasons === undefined) return true
  return reason !== undefined && (reasons.includes(reason) || reasons.includes(reason.split('/')[0]!))
}
