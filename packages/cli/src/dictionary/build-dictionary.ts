import {
  DEFAULT_EVENT_RETENTION,
  DEFAULT_PROFILE_RETENTION,
  DEFAULT_PURPOSE,
  type EventDefinition,
  EXPOSURE,
  findEvent,
  own,
  type Purpose,
  type Ruleset,
} from '@attune/core'
import { eventsReadBy, sentenceOf } from '@attune/core/explain'
import { exampleOf } from './example-of.ts'

/** Everything that a ruleset collects and what for, as people read it. */
export interface Dictionary {
  readonly revision: string
  /** How long things are kept, such as `90d`. */
  readonly retention: { readonly events: string; readonly profile: string }
  readonly events: readonly EventEntry[]
  readonly traits: readonly TraitEntry[]
  readonly segments: readonly SegmentEntry[]
}

/** One event. */
export interface EventEntry {
  readonly name: string
  /** The consent that keeping it needs. */
  readonly purpose: Purpose
  /** What is special about the whole event, in sentences. */
  readonly remarks: readonly string[]
  readonly properties: readonly PropertyEntry[]
  /** What asks for it: segments, scores, interests, funnels, bands. */
  readonly usedBy: readonly string[]
  /** What sends it: a call of the tracker or of a server, or for an exposure the page's own HTML. */
  readonly example: string
}

/** One property of an event. */
export interface PropertyEntry {
  readonly name: string
  readonly type: string
  /** What holds for it, such as `required`. */
  readonly remarks: readonly string[]
  /** A value, as JSON. */
  readonly example: string
}

/** One lasting fact about a visitor. */
export interface TraitEntry {
  readonly name: string
  readonly type: string
  readonly purpose: Purpose
}

/** One group of visitors. */
export interface SegmentEntry {
  readonly key: string
  readonly label: string | undefined
  /** Its condition in plain English. */
  readonly sentence: string
}

/** Builds the dictionary of a checked ruleset: its events and the built-in one, its traits and segments, in the ruleset's order. */
export function buildDictionary(ruleset: Ruleset): Dictionary {
  const { revision, retention, events = {}, traits = {}, segments = {} } = ruleset
  const uses = usesOf(ruleset)
  return {
    revision,
    retention: {
      events: retention?.events ?? DEFAULT_EVENT_RETENTION,
      profile: retention?.profile ?? DEFAULT_PROFILE_RETENTION,
    },
    events: [...Object.keys(events), EXPOSURE].map((name) =>
      eventEntry(name, findEvent(events, name) ?? {}, uses.get(name) ?? []),
    ),
    traits: Object.entries(traits).map(([name, { type, purpose = DEFAULT_PURPOSE }]) => ({
      name,
      type,
      purpose,
    })),
    segments: Object.entries(segments).map(([key, { label, when }]) => ({
      key,
      label,
      sentence: sentenceOf(when, ruleset),
    })),
  }
}

function eventEntry(name: string, definition: EventDefinition, usedBy: readonly string[]): EventEntry {
  const { purpose = DEFAULT_PURPOSE, properties = {}, signed } = definition
  const examples = Object.entries(properties).map(([property, type]) => [property, exampleOf(property, type)])
  const isOurs = name === EXPOSURE
  const remarks = [
    ...(isOurs ? ['Built in: says that the variant of a placement was seen.'] : []),
    ...(signed === true ? ['Only a server may send it, signed.'] : []),
  ]
  return {
    name,
    purpose,
    remarks,
    properties: Object.entries(properties).map(([property, type]) => ({
      name: property,
      type,
      remarks: remarksOf(property, definition),
      example: JSON.stringify(exampleOf(property, type)),
    })),
    usedBy: isOurs ? ['caps and measuring', ...usedBy] : usedBy,
    example: callOf(name, definition, Object.fromEntries(examples)),
  }
}

function callOf(name: string, { signed }: EventDefinition, properties: object): string {
  if (name === EXPOSURE)
    return '<section data-attune-placement="hero" data-attune-variant="hiking">…</section>'
  const said = Object.keys(properties).length === 0 ? '' : JSON.stringify(properties, null, 2)
  if (signed !== true) return `attune.track(${[JSON.stringify(name), said].filter(Boolean).join(', ')})`
  const event = [
    'id',
    'time',
    `name: ${JSON.stringify(name)}`,
    ...(said === '' ? [] : [`properties: ${said}`]),
  ]
  return `sender.send({ visitor, consent, events: [{ ${event.join(', ')} }] })`
}

function remarksOf(name: string, { bounds, defaults, required, signed }: EventDefinition): readonly string[] {
  const { atLeast, atMost } = own(bounds ?? {}, name) ?? {}
  const missing = own(defaults ?? {}, name)
  return [
    ...(required?.includes(name) ? ['required'] : []),
    ...(missing === undefined ? [] : [`${JSON.stringify(missing)} when missing`]),
    ...(atLeast === undefined ? [] : [`at least ${atLeast}`]),
    ...(atMost === undefined ? [] : [`at most ${atMost}`]),
    ...(Array.isArray(signed) && signed.includes(name) ? ['from servers only, signed'] : []),
  ]
}

function usesOf(ruleset: Ruleset): ReadonlyMap<string, readonly string[]> {
  const { segments = {}, scores = {}, interests = {}, funnels = {}, rfm = {}, experiences = [] } = ruleset
  const uses = new Map<string, Set<string>>()
  const add = (user: string, events: readonly string[]): void => {
    for (const event of events) uses.set(event, (uses.get(event) ?? new Set()).add(user))
  }
  for (const [key, { when }] of Object.entries(segments)) add(`segment ${key}`, eventsReadBy(when, ruleset))
  for (const { key, audience } of experiences) {
    if (audience !== undefined) add(`experience ${key}`, eventsReadBy(audience, ruleset))
  }
  for (const [key, { points }] of Object.entries(scores))
    add(
      `score ${key}`,
      points.map(({ event }) => event),
    )
  for (const [key, { points }] of Object.entries(interests)) add(`interest ${key}`, Object.keys(points))
  for (const [key, { steps }] of Object.entries(funnels))
    add(
      `funnel ${key}`,
      steps.map(({ event }) => event),
    )
  for (const [key, { event }] of Object.entries(rfm)) add(`bands ${key}`, [event])
  return new Map([...uses].map(([event, users]) => [event, [...users]]))
}
