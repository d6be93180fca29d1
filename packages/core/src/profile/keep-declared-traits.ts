import type { TraitDefinition, TraitType } from '../condition/definitions.ts'
import { type Consent, isGranted } from '../consent/consent.ts'
import { DEFAULT_PURPOSE } from '../consent/purpose.ts'
import type { Unfit } from '../event/keep-declared.ts'
import { own } from '../result/json.ts'
import type { TraitValue } from './profile.ts'
import { TRAIT_WEIGHTS } from './tell-traits.ts'

/** The longest text of a trait, in characters. */
export const MAX_TRAIT_TEXT = 256
/** The most texts of a list. */
export const MAX_TRAIT_LIST = 50

/** Who tells traits, and what of them may be kept. */
export interface Teller {
  readonly consent: Consent
  /** Which source it is, of those that traits name in `sources`; only the border says so, never who is listened to. */
  readonly source?: string | undefined
}

/** What an `identify` event is kept with. */
export interface KeptTraits {
  /** Trait → its value, `null` for one that is taken back; and, where a trait names `sources`, what the telling weighs. */
  readonly properties: { readonly [name: string]: unknown }
  /** The traits among them; with none there is nothing to keep. */
  readonly traits: readonly string[]
}

/**
 * Keeps of told traits what the ruleset declares: left out are those that are not declared, whose purpose is not granted, or that this source
 * may not tell. `null` takes a trait back, whatever the consent. The result is the properties of an `identify` event.
 */
export function keepDeclaredTraits(
  given: { readonly [name: string]: unknown },
  definitions: { readonly [name: string]: TraitDefinition },
  { consent, source }: Teller,
): KeptTraits | Unfit {
  const kept: [string, TraitValue | null][] = []
  const weights: [string, number][] = []
  for (const [name, { type, purpose = DEFAULT_PURPOSE, sources }] of Object.entries(definitions)) {
    const value = own(given, name)
    if (value === undefined || (value !== null && !isGranted(consent, purpose))) continue
    const weight = sources === undefined ? 0 : own(sources, source ?? '')
    if (weight === undefined) continue
    if (value !== null && !isOfType(value, type)) return wrongType(name, type)
    if (isTooLarge(value)) return tooLarge(name)
    kept.push([name, value])
    if (weight > 0) weights.push([name, weight])
  }
  const properties = Object.fromEntries<unknown>(kept)
  if (weights.length > 0) properties[TRAIT_WEIGHTS] = Object.fromEntries(weights)
  return { properties, traits: kept.map(([name]) => name) }
}

function isOfType(value: unknown, type: TraitType): value is TraitValue {
  if (type === 'list') return Array.isArray(value) && value.every((item) => typeof item === 'string')
  return typeof value === type && !Number.isNaN(value)
}

function isTooLarge(value: TraitValue | null): boolean {
  const texts = Array.isArray(value) ? value : [value]
  return texts.length > MAX_TRAIT_LIST || texts.some((text) => String(text).length > MAX_TRAIT_TEXT)
}

function wrongType(name: string, type: TraitType): Unfit {
  const wanted = type === 'list' ? 'list of text' : type
  return { reason: 'wrong-type', message: `The trait ${name} is a ${wanted} in the ruleset. Send one.` }
}

function tooLarge(name: string): Unfit {
  const message = `The trait ${name} has at most ${MAX_TRAIT_LIST} texts of ${MAX_TRAIT_TEXT} characters. Send less.`
  return { reason: 'too-large', message }
}
