import { DEFAULT_PURPOSE, type Purpose } from '../consent/purpose.ts'
import { own } from '../result/json.ts'

/** The type of an event's property; a value of another type passes no test. */
export type PropertyType = 'string' | 'number' | 'boolean'

/** What a ruleset says of an event. */
export interface EventDefinition {
  /** The consent purpose that reading it needs; default `preferences`. */
  readonly purpose?: Purpose
  /** Property → type, of those that conditions look at. */
  readonly properties?: { readonly [name: string]: PropertyType }
  /** Number property → what it is held between: a value outside becomes the bound (winsorised), so that one event moves no total far. */
  readonly bounds?: { readonly [name: string]: PropertyBounds }
  /** Property → the value of an event that lacks it. */
  readonly defaults?: { readonly [name: string]: string | number | boolean }
  /** Properties without which an event is refused as `missing-field`. */
  readonly required?: readonly string[]
  /** Only a server may say it, signed: the whole event (`true`), or an event with one of these properties. A browser's is refused as `reserved`. */
  readonly signed?: true | readonly string[]
}

/** What a number is held between; a bound that is left out is none. */
export interface PropertyBounds {
  /** What is below becomes this. */
  readonly atLeast?: number
  /** What is above becomes this. */
  readonly atMost?: number
}

/** The events that conditions may name, and what they carry. `exposure` and `identify` are built in. */
export interface EventDefinitions {
  readonly [name: string]: EventDefinition
}

/** The event that says a placement's variant was seen; every ruleset has it. */
export const EXPOSURE = 'exposure'

/** The event that tells a visitor's traits; every ruleset has it. What it may tell is what the ruleset declares in `traits`. */
export const IDENTIFY = 'identify'

const BUILT_IN: EventDefinitions = {
  exposure: {
    purpose: 'preferences',
    properties: { placement: 'string', experience: 'string', variant: 'string' },
  },
  identify: { purpose: 'preferences' },
}

/** Finds an event's definition; `exposure` and `identify` are built in. */
export function findEvent(events: EventDefinitions, name: string): EventDefinition | undefined {
  return own(BUILT_IN, name) ?? own(events, name)
}

/** The names of the events that every ruleset has. */
export function builtInEvents(): readonly string[] {
  return Object.keys(BUILT_IN)
}

/** Tells whether every ruleset has this event, so that none may declare it. */
export function isBuiltIn(name: string): boolean {
  return own(BUILT_IN, name) !== undefined
}

/** The purpose an event needs; an undeclared event needs the default purpose. */
export function purposeOfEvent(events: EventDefinitions, name: string): Purpose {
  return findEvent(events, name)?.purpose ?? DEFAULT_PURPOSE
}
