import { dispatchByKind, withOneOperator, withPaths } from './condition-schema.ts'
import { demands, isSchema, type JsonSchema, mapSchema, type SchemaDefinitions } from './json-schema.ts'

const DRAFT = 'https://json-schema.org/draft/2020-12/schema'

/** Makes the schema of a document from what was generated from its type: draft 2020-12, with the rules types cannot say. */
export function finishSchema(title: string, generated: JsonSchema): JsonSchema {
  const { definitions, $schema: _, description, ...root } = generated
  const named = Object.entries((definitions ?? {}) as SchemaDefinitions).map(
    ([name, schema]) => [plainName(name), schema] as const,
  )
  const hasKeys = named.some(([name]) => name === 'Key')
  const change = (part: JsonSchema): JsonSchema =>
    withOneOperator(withNeeds(withKeys(withOneType(withTuple(withReference(part))), hasKeys)))
  const parts = mapSchema(Object.fromEntries(named.sort(byName)), change) as SchemaDefinitions
  const finished = Object.hasOwn(parts, 'Condition') ? dispatchByKind(withPaths(parts)) : parts
  const body = mapSchema(root, change) as JsonSchema
  const whole = { $schema: DRAFT, title, description, ...body, $defs: finished }
  return withoutUnused(mapSchema(whole, (part) => withBothDescriptions(part, finished)) as JsonSchema)
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1
}

// Comparison<Band> is no name for a reference: BandComparison.
function plainName(name: string): string {
  return name.replace(/^(\w+)<(\w+)>$/, '$2$1')
}

function withReference(part: JsonSchema): JsonSchema {
  if (typeof part.$ref !== 'string') return part
  return { ...part, $ref: `#/$defs/${plainName(part.$ref.replace('#/definitions/', ''))}` }
}

function withTuple(part: JsonSchema): JsonSchema {
  if (part.type !== 'array' || !Array.isArray(part.items)) return part
  const { items, maxItems: _, ...rest } = part
  return { ...rest, prefixItems: items, items: false }
}

// The values of a list are of one type.
function withOneType(part: JsonSchema): JsonSchema {
  if (part.type !== 'array' || !isSchema(part.items) || part.items.$ref !== '#/$defs/Scalar') return part
  const { items: _, ...rest } = part
  return { ...rest, anyOf: ['string', 'number', 'boolean'].map((type) => ({ items: { type } })) }
}

// What a ruleset names, people choose: every map has keys, unless its type says what they are.
function withKeys(part: JsonSchema, hasKeys: boolean): JsonSchema {
  const isMap = part.type === 'object' && isSchema(part.additionalProperties)
  return isMap && hasKeys && part.propertyNames === undefined
    ? { ...part, propertyNames: { $ref: '#/$defs/Key' } }
    : part
}

// The tag @needsOneOf names members of which at least one must stand.
function withNeeds(part: JsonSchema): JsonSchema {
  const { needsOneOf, ...rest } = part
  return Array.isArray(needsOneOf) ? { ...rest, anyOf: needsOneOf.map((name) => demands(name)) } : part
}

// Editors show a reference's description instead of the one beside it: what says something of its own is written out.
function withBothDescriptions(part: JsonSchema, definitions: SchemaDefinitions): JsonSchema {
  const name = typeof part.$ref === 'string' ? part.$ref.replace('#/$defs/', '') : ''
  const target = definitions[name]
  if (target === undefined || part.description === undefined || name === 'Condition') return part
  const { $ref: _, description, ...beside } = part
  const said = [description, target.description].filter(Boolean).join(' ')
  return { ...target, ...beside, description: said }
}

// What was written out everywhere needs no definition.
function withoutUnused(schema: JsonSchema): JsonSchema {
  const { $defs, ...body } = schema
  const definitions = $defs as SchemaDefinitions
  const used = new Set(referencesIn(body))
  for (const name of used) for (const reference of referencesIn(definitions[name])) used.add(reference)
  const kept = Object.entries(definitions).filter(([name]) => used.has(name))
  return { ...body, $defs: Object.fromEntries(kept) }
}

function referencesIn(value: unknown): readonly string[] {
  const names: string[] = []
  mapSchema(value, (part) => {
    if (typeof part.$ref === 'string') names.push(part.$ref.replace('#/$defs/', ''))
    return part
  })
  return names
}
