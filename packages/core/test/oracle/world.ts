import type {
  AttuneEvent,
  Condition,
  Consent,
  Context,
  EventDefinitions,
  Ruleset,
  TraitValue,
} from '@attune/core'

/** Something that happened, as the language page sees it: a whole second, an id, a name, properties and where. */
export interface Happening {
  readonly id: string
  readonly name: string
  readonly at: number
  readonly properties: { readonly [name: string]: unknown }
  readonly context?: AttuneEvent['context']
}

/** Everything a question may be about; the oracle reads raw events and keeps no signals. */
export interface World {
  readonly ruleset: Ruleset
  /** In the order of events, one per id; some may lie after the `now` that is asked about. */
  readonly events: readonly Happening[]
  readonly traits: { readonly [name: string]: TraitValue }
  readonly context: Context
  readonly consent: Consent
  readonly visitor: string
  /** Whole seconds. */
  readonly firstSeen?: number
}

/** True, false, or `null` for unknown. */
export type Answer = boolean | null

/** A condition of which nobody has looked at the members yet. */
export interface Shape {
  readonly [key: string]: unknown
}

/** A condition asked of a world whose events have all happened. */
export interface Asked {
  /** What it answers at an instant at or after the newest event, in whole seconds. */
  readonly at: (now: number) => Answer
  /** Every instant after `now` at which passing time may change the answer, among others, in any order. */
  readonly turns: (now: number) => readonly number[]
}

const UNITS: { readonly [unit: string]: number } = { m: 60, h: 3600, d: 86400, w: 604800 }

/** Seconds of a duration. */
export function seconds(duration: unknown): number {
  const text = duration as string
  return Number(text.slice(0, -1)) * UNITS[text.slice(-1)]!
}

/** Seconds of a window; without one it is endless. */
export function windowOf(shape: Shape): number {
  return shape.within === undefined ? Number.POSITIVE_INFINITY : seconds(shape.within)
}

/** Seconds of an instant. */
export function instant(text: string): number {
  return Math.floor(Date.parse(text) / 1000)
}

/** A member that an object itself has; a list has none. */
export function member(object: unknown, name: string): unknown {
  if (typeof object !== 'object' || object === null || Array.isArray(object)) return undefined
  if (!Object.hasOwn(object, name)) return undefined
  return (object as Shape)[name]
}

/** A value below an object: `utm.source`. */
export function follow(object: unknown, path: string): unknown {
  const dot = path.indexOf('.')
  if (dot === -1) return member(object, path)
  return member(member(object, path.slice(0, dot)), path.slice(dot + 1))
}

/** Text by code point: spread makes code points of UTF-16. */
export function byCodePoint(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => [...text].map((letter) => letter.codePointAt(0)!))
  for (let at = 0; at < Math.min(left!.length, right!.length); at++) {
    if (left![at] !== right![at]) return left![at]! - right![at]!
  }
  return left!.length - right!.length
}

/** The order of events. */
export function inOrder(a: Happening, b: Happening): number {
  return a.at - b.at || byCodePoint(a.id, b.id)
}

/** The events that exist at `now`. */
export function visible(world: World, now: number): readonly Happening[] {
  return world.events.filter((event) => event.at <= now)
}

/** The purpose that reading an event needs. */
export function eventPurpose(events: EventDefinitions | undefined, name: string): string {
  if (name === 'exposure') return 'preferences'
  return events?.[name]?.purpose ?? 'preferences'
}

/** Tells whether a purpose is granted. */
export function granted(world: World, purpose: string): boolean {
  return purpose === 'functional' || member(world.consent, purpose) === true
}

/** The children of a combinator; a reference's child is the segment's condition. */
export function below(world: World, condition: Condition): readonly Condition[] {
  const shape = condition as unknown as Shape
  if (shape.segment !== undefined) return [world.ruleset.segments![shape.segment as string]!.when]
  const list = shape.all ?? shape.any ?? (shape.not === undefined ? undefined : [shape.not])
  if (list !== undefined) return list as readonly Condition[]
  return Array.isArray(shape.of) ? (shape.of as readonly Condition[]) : []
}
