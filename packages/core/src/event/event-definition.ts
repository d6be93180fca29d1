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

/** The events that conditions may name, and what they carry. `exposure` is built in. */
export interface EventDefinitions {
  readonly [name: string]: EventDefinition
}

/** The event that says a placement's variant was seen; every ruleset has it. */
export const EXPOSURE = 'exposure'

const EXPOSURE_DEFINITION: EventDefinition = {
  purpose: 'preferences',
  properties: { placement: 'string', experience: 'string', variant: 'string' },
}

/** Finds an event's definition; `exposure` is built in. */
export function findEvent(events: EventDefinitions, name: string): EventDefinition | undefined {
  return name === EXPOSURE ? EXPOSURE_DEFINITION : own(events, name)
}

/** The purpose an event needs; an undeclared event needs the default purpose. */
export function purposeOfEvent(events: EventDefinitions, name: string): Purpose {
  return findEvent(events, name)?.purpose ?? DEFAULT_PURPOSE
}
