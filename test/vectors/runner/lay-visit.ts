import type { AttuneEvent, Consent, RecordedContext, Ruleset, TraitValue } from '@attune/core'
import { checkRuleset } from '@attune/core/check'
import { publishRuleset } from '@attune/core/publish'
import type { Batch, Visit } from './asked.ts'
import { type Fields, onlyKnown } from './read-vectors.ts'

/** The fields of every section that asks about a visitor. */
export const VISITOR_FIELDS: readonly string[] = [
  'ruleset',
  'now',
  'event',
  'events',
  'batches',
  'firstSeen',
  'traits',
  'context',
  'consent',
]
const EVENT_FIELDS = ['id', 'name', 'time', 'properties', 'context', 'repeat']

/** Completes, checks and publishes a ruleset: version and revision are understood, and `more` is laid over it. */
export function layRuleset(fields: Fields, more: Fields = {}): string {
  const ruleset = { version: 1, revision: 'vectors', ...(fields.ruleset as Fields | undefined), ...more }
  const errors = checkRuleset(ruleset).filter(({ severity }) => severity === 'error')
  if (errors[0] !== undefined) throw new Error(`the ruleset: ${errors[0].path}: ${errors[0].message}`)
  return JSON.stringify(publishRuleset(ruleset as unknown as Ruleset, { document: false }))
}

/** Lays out what is known of a visitor at `now`; with `before` the first events come while that ruleset is there. */
export function layVisit(fields: Fields, ruleset: string, before?: string): Visit {
  const { batches, after } = layBatches(fields)
  const earlier = batches.map((events) => ({ events, ...(before === undefined ? {} : { ruleset: before }) }))
  // The new ruleset is adopted whether or not something comes after it.
  const later: readonly Batch[] = before === undefined ? [] : [{ events: after }]
  return {
    ruleset,
    batches: [...earlier, ...later],
    firstSeen: fields.firstSeen === undefined ? null : Math.floor(readInstant(fields.firstSeen) / 1000),
    traits: (fields.traits ?? {}) as { readonly [name: string]: TraitValue },
    context: JSON.stringify(fields.context ?? {}),
    consent: (fields.consent ?? { preferences: true }) as Consent,
    now: readInstant(fields.now),
  }
}

/** The events of the same person on another device. */
export function layOthers(fields: Fields): readonly AttuneEvent[] {
  return layBatches(fields).others
}

/** An instant in milliseconds. */
export function readInstant(text: unknown): number {
  const time = typeof text === 'string' && /(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(time)) throw new Error(`"${text}" is no instant. Write RFC 3339 with a zone.`)
  return time
}

interface Batches {
  readonly batches: readonly (readonly AttuneEvent[])[]
  /** Those that came when the new ruleset was there. */
  readonly after: readonly AttuneEvent[]
  /** Those of another visitor. */
  readonly others: readonly AttuneEvent[]
}

function layBatches({ batches, events = [], after = [], others = [], event, now }: Fields): Batches {
  let place = 0
  const readBatch = (batch: readonly Fields[]) =>
    batch.flatMap((own) => {
      const whole = { ...(event as Fields | undefined), ...own }
      return Array.from({ length: (whole.repeat as number | undefined) ?? 1 }, () =>
        readEvent(whole, ++place),
      )
    })
  const earlier = ((batches ?? [events]) as readonly (readonly Fields[])[]).map(readBatch)
  const later = readBatch(after as readonly Fields[])
  const fresh = freshOnes(readInstant(now))
  return {
    batches: earlier.map(fresh),
    after: fresh(later),
    others: freshOnes(readInstant(now))(readBatch(others as readonly Fields[])),
  }
}

// Of one visitor: an event later than now, in whole seconds, does not exist; a repeated id is dropped.
function freshOnes(now: number): (batch: readonly AttuneEvent[]) => readonly AttuneEvent[] {
  const heard = new Set<string>()
  return (batch) =>
    batch.filter(
      ({ id, time }) => Math.floor(time / 1000) <= Math.floor(now / 1000) && !heard.has(id) && heard.add(id),
    )
}

// An event without an id is named after its place: e1, e2, and so on through all batches.
function readEvent(event: Fields, place: number): AttuneEvent {
  onlyKnown(event, EVENT_FIELDS, 'An event')
  const { id = `e${place}`, name, time, properties = {}, context } = event
  return {
    id: id as string,
    name: name as string,
    time: readInstant(time),
    properties: properties as AttuneEvent['properties'],
    ...(context === undefined ? {} : { context: context as RecordedContext }),
  }
}
