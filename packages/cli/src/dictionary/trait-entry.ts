import { DEFAULT_PURPOSE, own, type Purpose, type TraitDefinition } from '@attune/core'
import { exampleOf } from './example-of.ts'

/** One lasting fact about a visitor. */
export interface TraitEntry {
  readonly name: string
  readonly type: string
  readonly purpose: Purpose
  /** Who may tell it, what weighs most first, such as `crm (3)`; empty when anybody may. */
  readonly sources: readonly string[]
  /** What asks for it. */
  readonly usedBy: readonly string[]
  /** A value. */
  readonly example: string | number | boolean | readonly string[]
}

/** Describes a trait of a checked ruleset. */
export function traitEntry(
  name: string,
  { type, purpose = DEFAULT_PURPOSE, sources = {} }: TraitDefinition,
  usedBy: readonly string[],
): TraitEntry {
  const heaviestFirst = Object.entries(sources).sort(([, a], [, b]) => b - a)
  return {
    name,
    type: type === 'list' ? 'list of text' : type,
    purpose,
    sources: heaviestFirst.map(([source, weight]) => `${source} (${weight})`),
    usedBy,
    example: type === 'list' ? [exampleOf(name, 'string')].map(String) : exampleOf(name, type),
  }
}

/** Tells whether pages may tell a trait. */
export function isHeardFromPages({ sources }: TraitDefinition): boolean {
  return sources === undefined || own(sources, 'browser') !== undefined
}
