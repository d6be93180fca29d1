import { own } from '../result/json.ts'
import type { EventDefinition } from './event-definition.ts'

/** The longest text of a property, in characters. */
export const MAX_TEXT = 1_024

type Properties = { readonly [name: string]: string | number | boolean }

/** Why the properties of an event are not taken; the message is one sentence with the cure. */
export interface Unfit {
  readonly reason: 'wrong-type' | 'too-large'
  readonly message: string
}

/** Keeps the properties that the ruleset declares: what nothing asks for is not remembered. `null` is the same as missing. */
export function keepDeclared(
  given: { readonly [name: string]: unknown },
  { properties: declared = {} }: EventDefinition,
): { readonly properties: Properties } | Unfit {
  const kept: [string, string | number | boolean][] = []
  for (const [name, type] of Object.entries(declared)) {
    const value = own(given, name)
    if (value === undefined || value === null) continue
    if (typeof value !== type) {
      return { reason: 'wrong-type', message: `The property ${name} is a ${type} in the ruleset. Send one.` }
    }
    if (typeof value === 'string' && value.length > MAX_TEXT) {
      return { reason: 'too-large', message: `The property ${name} has at most ${MAX_TEXT} characters.` }
    }
    kept.push([name, value as string | number | boolean])
  }
  return { properties: Object.fromEntries(kept) }
}
