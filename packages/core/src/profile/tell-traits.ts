import { type AttuneEvent, toSeconds } from '../event/event.ts'
import { canonicalJson } from '../result/canonical-json.ts'
import { compareText } from '../result/compare-text.ts'
import { isObject, own } from '../result/json.ts'
import type { Profile, TraitTelling, TraitValue } from './profile.ts'

/** The property of an `identify` event that holds trait → what its telling weighs. No trait may be named so. */
export const TRAIT_WEIGHTS = '$weights'

/** The part of a profile that is told. */
export type Traits = Pick<Profile, 'traits' | 'told'>

/**
 * Hears an `identify` event: of each trait the heavier telling stands, and of two that weigh the same the later in the order, whichever
 * is heard first. `null` takes a trait back; what is no value of a trait is not heard.
 */
export function tellTraits(before: Traits, { id, time, properties }: AttuneEvent): Traits {
  const weights = own(properties, TRAIT_WEIGHTS)
  const traits = { ...before.traits }
  const told = { ...before.told }
  for (const [name, value] of Object.entries(properties)) {
    if (value !== null && !isTraitValue(value)) continue
    const weight = isObject(weights) ? own(weights, name) : undefined
    const telling = { seconds: toSeconds(time), id, ...(typeof weight === 'number' ? { weight } : {}) }
    const held = own(told, name)
    if (held !== undefined && compareTellings(telling, held) <= 0) continue
    told[name] = telling
    if (value === null) delete traits[name]
    else traits[name] = value
  }
  return inOrder(traits, told)
}

/** What two have been told, as if one had heard all of it. */
export function joinTraits(a: Traits, b: Traits): Traits {
  const traits: { [name: string]: TraitValue } = {}
  const told: { [name: string]: TraitTelling } = {}
  const names = new Set([a, b].flatMap((side) => Object.keys(side.told ?? {})))
  for (const name of names) {
    const { value, telling } = compareSides(a, b, name) >= 0 ? sideOf(a, name) : sideOf(b, name)
    told[name] = telling!
    if (value !== undefined) traits[name] = value
  }
  return inOrder(traits, told)
}

/** Lays traits that no event told under what was told. */
export function underTold(given: Profile['traits'], { traits, told = {} }: Traits): Profile['traits'] {
  const untold = Object.entries(given).filter(([name]) => own(told, name) === undefined)
  return untold.length === 0 ? traits : { ...Object.fromEntries(untold), ...traits }
}

/** Those traits that no event told. */
export function untoldOf({ traits, told }: Traits): Profile['traits'] {
  if (told === undefined) return traits
  return Object.fromEntries(Object.entries(traits).filter(([name]) => own(told, name) === undefined))
}

function isTraitValue(value: unknown): value is TraitValue {
  if (Array.isArray(value)) return value.every((item) => typeof item === 'string')
  return ['string', 'number', 'boolean'].includes(typeof value)
}

function compareTellings(a: TraitTelling, b: TraitTelling): number {
  return (a.weight ?? 0) - (b.weight ?? 0) || a.seconds - b.seconds || compareText(a.id, b.id)
}

interface Side {
  readonly telling: TraitTelling | undefined
  readonly value: TraitValue | undefined
}

function sideOf({ traits, told = {} }: Traits, name: string): Side {
  return { telling: own(told, name), value: own(traits, name) }
}

// One event in two versions is told apart by what it says.
function compareSides(a: Traits, b: Traits, name: string): number {
  const [one, other] = [sideOf(a, name), sideOf(b, name)]
  if (one.telling === undefined || other.telling === undefined) return one.telling === undefined ? -1 : 1
  const text = ({ value }: Side) => canonicalJson(value ?? null)
  return compareTellings(one.telling, other.telling) || compareText(text(one), text(other))
}

// The same tellings are the same bytes, whichever was heard first.
function inOrder(traits: Profile['traits'], told: NonNullable<Profile['told']>): Traits {
  const isNothing = Object.keys(told).length === 0
  return { traits: sorted(traits), ...(isNothing ? {} : { told: sorted(told) }) }
}

function sorted<T>(members: { readonly [name: string]: T }): { readonly [name: string]: T } {
  return Object.fromEntries(Object.entries(members).sort(([a], [b]) => compareText(a, b)))
}
