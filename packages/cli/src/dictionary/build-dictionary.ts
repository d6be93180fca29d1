import {
  DEFAULT_EVENT_RETENTION,
  DEFAULT_PROFILE_RETENTION,
  DEFAULT_PURPOSE,
  type EventDefinition,
  findEvent,
  IDENTIFY,
  own,
  type Purpose,
  type Ruleset,
} from '@attune/core'
import { builtInEvents, sentenceOf } from '@attune/core/explain'
import { exampleOf } from './example-of.ts'
import { HEARD_BY_TRACKER } from './heard-by-tracker.ts'
import { isHeardFromPages, type TraitEntry, traitEntry } from './trait-entry.ts'
import { eventUses, traitUses } from './uses-of.ts'

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

/** One group of visitors. */
export interface SegmentEntry {
  readonly key: string
  readonly label: string | undefined
  /** Its condition in plain English. */
  readonly sentence: string
}

/** Builds the dictionary of a checked ruleset: its events and the built-in ones, its traits and segments, in the ruleset's order. */
export function buildDictionary(ruleset: Ruleset): Dictionary {
  const { revision, retention, events = {}, traits = {}, segments = {} } = ruleset
  const [ofEvents, ofTraits] = [eventUses(ruleset), traitUses(ruleset)]
  const told = Object.entries(traits).map(([name, trait]) =>
    traitEntry(name, trait, ofTraits.get(name) ?? []),
  )
  const builtIn = builtInEvents().filter((name) => name !== IDENTIFY || told.length > 0)
  return {
    revision,
    retention: {
      events: retention?.events ?? DEFAULT_EVENT_RETENTION,
      profile: retention?.profile ?? DEFAULT_PROFILE_RETENTION,
    },
    events: [...Object.keys(events), ...builtIn].map((name) => {
      const usedBy = ofEvents.get(name) ?? []
      if (name === IDENTIFY) return identifyEntry(ruleset, told, usedBy)
      return eventEntry(name, findEvent(events, name) ?? {}, usedBy)
    }),
    traits: told,
    segments: Object.entries(segments).map(([key, { label, when }]) => ({
      key,
      label,
      sentence: sentenceOf(when, ruleset),
    })),
  }
}

function eventEntry(name: string, definition: EventDefinition, usedBy: readonly string[]): EventEntry {
  const { purpose = DEFAULT_PURPOSE, properties = {}, signed } = definition
  const isBuiltIn = builtInEvents().includes(name)
  const heard = signed === true ? undefined : own(HEARD_BY_TRACKER, name)
  const remarks = [
    ...(isBuiltIn ? ['Built in.'] : []),
    ...(heard === undefined ? [] : [`The tracker sends it by itself, when ${heard.when}.`]),
    ...(signed === true ? ['Only a server may send it, signed.'] : []),
  ]
  const examples = Object.entries(properties).map(([property, type]) => [property, exampleOf(property, type)])
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
    usedBy: isBuiltIn ? ['caps and measuring', ...usedBy] : usedBy,
    example: heard?.markup ?? (signed === true ? sending : tracking)(name, Object.fromEntries(examples)),
  }
}

// What it may carry is what the ruleset declares in `traits`.
function identifyEntry(
  { traits = {} }: Ruleset,
  told: readonly TraitEntry[],
  usedBy: readonly string[],
): EventEntry {
  const fromPages = told.filter(({ name }) => isHeardFromPages(own(traits, name)!))
  const valuesOf = (entries: readonly TraitEntry[]) =>
    Object.fromEntries(entries.map(({ name, example }) => [name, example]))
  return {
    name: IDENTIFY,
    purpose: DEFAULT_PURPOSE,
    remarks: ['Built in.', 'Tells traits: each also needs the consent that stands with it below.'],
    properties: told.map(({ name, type, example }) => ({
      name,
      type,
      remarks: isHeardFromPages(own(traits, name)!) ? [] : ['not heard from pages'],
      example: JSON.stringify(example),
    })),
    usedBy: [...new Set([...usedBy, ...told.flatMap((trait) => trait.usedBy)])],
    example:
      fromPages.length > 0
        ? `attune.identify(${JSON.stringify(valuesOf(fromPages), null, 2)})`
        : sending(IDENTIFY, valuesOf(told)),
  }
}

function tracking(name: string, properties: object): string {
  return `attune.track(${[JSON.stringify(name), ...saidOf(properties)].join(', ')})`
}

function sending(name: string, properties: object): string {
  const said = saidOf(properties).map((text) => `properties: ${text}`)
  const event = ['id', 'time', `name: ${JSON.stringify(name)}`, ...said]
  return `sender.send({ visitor, consent, events: [{ ${event.join(', ')} }] })`
}

function saidOf(properties: object): readonly string[] {
  return Object.keys(properties).length === 0 ? [] : [JSON.stringify(properties, null, 2)]
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
