import { own } from '../result/json.ts'
import type { EventDefinition, PropertyBounds } from './event-definition.ts'

/** The longest text of a property, in characters. */
export const MAX_TEXT = 1_024

type Value = string | number | boolean
type Properties = { readonly [name: string]: Value }

/** Why the properties of an event are not taken; the message is one sentence with the cure. */
export interface Unfit {
  readonly reason: 'wrong-type' | 'too-large' | 'missing-field'
  readonly message: string
}

/**
 * Keeps the properties that the ruleset declares: what nothing asks for is not remembered. `null` is the same as missing; what is missing
 * gets its declared default, and a number is held within its declared bounds.
 */
export function keepDeclared(
  given: { readonly [name: string]: unknown },
  { properties: declared = {}, bounds = {}, defaults = {}, required = [] }: EventDefinition,
): { readonly properties: Properties } | Unfit {
  const kept: [string, Value][] = []
  for (const [name, type] of Object.entries(declared)) {
    const value = own(given, name) ?? own(defaults, name)
    if (value === undefined) {
      if (required.includes(name))
        return { reason: 'missing-field', message: `The property ${name} is missing. Send it.` }
      continue
    }
    if (typeof value !== type) {
      return { reason: 'wrong-type', message: `The property ${name} is a ${type} in the ruleset. Send one.` }
    }
    if (typeof value === 'string' && value.length > MAX_TEXT) {
      return { reason: 'too-large', message: `The property ${name} has at most ${MAX_TEXT} characters.` }
    }
    kept.push([name, typeof value === 'number' ? hold(value, own(bounds, name)) : (value as Value)])
  }
  return { properties: Object.fromEntries(kept) }
}

function hold(value: number, { atLeast = -Infinity, atMost = Infinity }: PropertyBounds = {}): number {
  return Math.min(Math.max(value, atLeast), atMost)
}
