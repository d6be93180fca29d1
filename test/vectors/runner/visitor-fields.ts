import {
  type AttuneEvent,
  type CompiledRuleset,
  type Consent,
  type Context,
  emptyHistory,
  foldEvents,
  type History,
  mergeHistories,
  type Profile,
  type RecordedContext,
  type Ruleset,
  type SignalPlan,
  type TraitValue,
} from '@attune/core'
import { checkRuleset } from '@attune/core/check'
import { compileDocument } from '@attune/core/publish'
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

/** A visitor's question, as core takes it. */
export interface VisitorQuestion {
  readonly profile: Profile
  readonly context: Context
  readonly consent: Consent
  readonly now: number
}

/** Completes and checks a ruleset: version and revision are understood, and `more` is laid over it. */
export function readRuleset(fields: Fields, more: Fields = {}): Ruleset {
  const ruleset = { version: 1, revision: 'vectors', ...(fields.ruleset as Fields | undefined), ...more }
  const errors = checkRuleset(ruleset).filter(({ severity }) => severity === 'error')
  if (errors[0] !== undefined) throw new Error(`the ruleset: ${errors[0].path}: ${errors[0].message}`)
  return ruleset as unknown as Ruleset
}

/** Folds the events that exist at `now`, batch by batch, and asks. With `before` the first are folded for its plan. */
export function readQuestion(
  fields: Fields,
  { plan }: CompiledRuleset,
  before?: CompiledRuleset,
): VisitorQuestion {
  const { earlier, later } = readBatches(fields)
  let kept = nothingKept(fields, before?.plan ?? plan)
  for (const batch of earlier) kept = foldBatch(kept, batch, before?.plan ?? plan)
  for (const batch of later) kept = foldBatch(kept, batch, plan)
  return asQuestion(fields, kept.history)
}

/** The events of two visitors who are one person, merged in either order. */
export function readMerged(fields: Fields, { plan }: CompiledRuleset): readonly VisitorQuestion[] {
  const { earlier, others } = readBatches(fields)
  const fold = (batches: readonly (readonly AttuneEvent[])[], from: Fields) =>
    batches.reduce((kept, batch) => foldBatch(kept, batch, plan), nothingKept(from, plan))
  const one = fold(earlier, fields)
  const other = fold(others, { now: fields.now })
  const merge = (a: Kept, b: Kept) =>
    mergeHistories(
      a.history,
      b.history,
      plan,
      () => a.recent,
      () => b.recent,
    ).history
  return [asQuestion(fields, merge(one, other)), asQuestion(fields, merge(other, one))]
}

// A visitor's history as a store keeps it, with the recent events beside it.
interface Kept {
  readonly history: History
  readonly recent: readonly AttuneEvent[]
  readonly heard: ReadonlySet<string>
  readonly now: number
}

function nothingKept(fields: Fields, plan: SignalPlan): Kept {
  const firstSeen = fields.firstSeen === undefined ? null : Math.floor(readInstant(fields.firstSeen) / 1000)
  const empty = emptyHistory(plan)
  const history = { ...empty, profile: { ...empty.profile, firstSeen } }
  return { history, recent: [], heard: new Set(), now: readInstant(fields.now) }
}

function foldBatch(
  { history, recent, heard, now }: Kept,
  batch: readonly AttuneEvent[],
  plan: SignalPlan,
): Kept {
  const known = new Set(heard)
  const fresh = batch.filter(({ id, time }) => isVisible(time, now) && !known.has(id) && known.add(id))
  const { history: next, settled } = foldEvents(history, fresh, plan, () => recent)
  const left = [...recent, ...fresh].filter((event) => !settled.includes(event))
  return { history: next, recent: left, heard: known, now }
}

function asQuestion(fields: Fields, { profile }: History): VisitorQuestion {
  const traits = (fields.traits ?? {}) as { readonly [name: string]: TraitValue }
  return {
    now: readInstant(fields.now),
    profile: { ...profile, traits },
    context: (fields.context ?? {}) as Context,
    consent: (fields.consent ?? { preferences: true }) as Consent,
  }
}

// As in a host: one compiled ruleset answers many questions, and nothing of one may stay for the next.
const compiled = new Map<string, CompiledRuleset>()

/** Compiles the ruleset of a case; cases of the same ruleset share it. */
export function readCompiled(fields: Fields, more?: Fields): CompiledRuleset {
  const key = JSON.stringify([fields.ruleset, more])
  const known = compiled.get(key) ?? compileDocument(readRuleset(fields, more))
  compiled.set(key, known)
  return known
}

/** An instant in milliseconds. */
export function readInstant(text: unknown): number {
  const time = typeof text === 'string' && /(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(time)) throw new Error(`"${text}" is no instant. Write RFC 3339 with a zone.`)
  return time
}

// An event later than now, in whole seconds, does not exist.
function isVisible(time: number, now: number): boolean {
  return Math.floor(time / 1000) <= Math.floor(now / 1000)
}

interface Batches {
  readonly earlier: readonly (readonly AttuneEvent[])[]
  /** Those that came when the new ruleset was there; one empty batch when nothing came. */
  readonly later: readonly (readonly AttuneEvent[])[]
  /** Those of another visitor. */
  readonly others: readonly (readonly AttuneEvent[])[]
}

function readBatches({ batches, events = [], after = [], others = [], event }: Fields): Batches {
  let place = 0
  const readBatch = (batch: readonly Fields[]) =>
    batch.flatMap((own) => {
      const whole = { ...(event as Fields | undefined), ...own }
      return Array.from({ length: (whole.repeat as number | undefined) ?? 1 }, () =>
        readEvent(whole, ++place),
      )
    })
  const earlier = ((batches ?? [events]) as readonly (readonly Fields[])[]).map(readBatch)
  const later = [readBatch(after as readonly Fields[])]
  return { earlier, later, others: [readBatch(others as readonly Fields[])] }
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
