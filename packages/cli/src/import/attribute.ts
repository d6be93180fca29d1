import type { TraitDefinition } from '@attune/core'
import { contextType } from '@attune/core/check'
import { CannotRun } from '../command.ts'

const TYPES = ['text', 'number', 'boolean', 'list'] as const

/** What an attribute may hold besides nothing; `version` is text of three numbers such as `2.10.0`. */
export type Holds = (typeof TYPES)[number] | 'version'

/** Where an attribute of another tool is found here, and what it holds as far as that is known. */
export interface Attribute {
  readonly name: string
  /** An `attr` path. */
  readonly path: string
  /** `undefined`: anything. */
  readonly holds?: Holds
}

/** Finds an attribute by its name. */
export type FindAttribute = (name: string) => Attribute

/** Where attributes are found, and the traits among those places. */
export interface AttributeMap {
  readonly find: FindAttribute
  readonly traits: { readonly [name: string]: TraitDefinition }
}

/** Tells whether an attribute may hold values of a type. */
export function mayHold(holds: Holds | undefined, type: Holds): boolean {
  return holds === undefined || holds === type || (holds === 'text' && type === 'version')
}

/**
 * Reads `country=geo.country,plan=trait.plan:text`. What is not named is looked for at `custom.<name>`.
 * @throws CannotRun with the place and the cure.
 */
export function parseMap(text = ''): AttributeMap {
  const entries = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
  const known = new Map(entries.map(parseEntry))
  return {
    find: (name) => known.get(name) ?? { name, path: `custom.${name}` },
    traits: Object.fromEntries([...known.values()].flatMap(traitAt)),
  }
}

const TRAIT = 'trait.'
const TRAIT_TYPES = {
  text: 'string',
  version: 'string',
  number: 'number',
  boolean: 'boolean',
  list: 'list',
} as const

function traitAt({ path, holds }: Attribute): readonly (readonly [string, TraitDefinition])[] {
  return path.startsWith(TRAIT) && holds !== undefined
    ? [[path.slice(TRAIT.length), { type: TRAIT_TYPES[holds] }]]
    : []
}

function parseEntry(entry: string): readonly [string, Attribute] {
  const parts = /^([^=]+)=([^:]+?)(?::(\w+))?$/.exec(entry)
  if (parts === null)
    throw new CannotRun(`--map has ${JSON.stringify(entry)}. Write attribute=path, e.g. country=geo.country.`)
  const [, name = '', path = '', type] = parts
  const given = TYPES.find((candidate) => candidate === type)
  if (type !== undefined && given === undefined)
    throw new CannotRun(`--map has ${JSON.stringify(entry)}. The types are ${TYPES.join(', ')}.`)
  const holds = holdsAt(path, given)
  return [name, { name, path, ...(holds === undefined ? {} : { holds }) }]
}

const CONTEXT_TYPES = { string: 'text', number: 'number', boolean: 'boolean' } as const

function holdsAt(path: string, given: Holds | undefined): Holds | undefined {
  if (path.startsWith(TRAIT)) {
    if (given !== undefined) return given
    throw new CannotRun(
      `--map has ${path} without its type. Write ${path}:text, or ${TYPES.slice(1).join(', ')}.`,
    )
  }
  const type = contextType(path)
  if (type === undefined)
    throw new CannotRun(
      `--map has ${JSON.stringify(path)}, which is no path. Use one such as geo.country, or trait.<name>:text.`,
    )
  return type === 'any' ? given : CONTEXT_TYPES[type]
}
