import { isTouchPath } from '../src/condition/check-leaf.ts'
import { COMPARATORS } from '../src/condition/comparison.ts'
import { KINDS, type Kind } from '../src/condition/condition.ts'
import { VALUE_OPERATORS } from '../src/condition/operator.ts'
import { contextPaths } from '../src/context/context-path.ts'
import { demands, type JsonSchema, propertiesOf, requiredOf, type SchemaDefinitions } from './json-schema.ts'

const OPERATORS: readonly string[] = [...VALUE_OPERATORS, ...COMPARATORS]

/** Adds to an object with comparators that it has exactly one operator. */
export function withOneOperator(part: JsonSchema): JsonSchema {
  const properties = propertiesOf(part)
  if (!COMPARATORS.every((name) => Object.hasOwn(properties, name))) return part
  const carried = OPERATORS.filter((name) => Object.hasOwn(properties, name))
  return { ...part, oneOf: carried.map((name) => demands(name)) }
}

/** Adds the context paths to the members that name one. */
export function withPaths(definitions: SchemaDefinitions): SchemaDefinitions {
  const paths = contextPaths()
  const fixed = paths.filter((path) => !path.includes('<'))
  const open = [...paths.filter((path) => path.includes('<')), 'trait.<name>']
  const attr = { anyOf: [{ enum: fixed }, ...open.map((path) => ({ pattern: patternOf(path) }))] }
  return {
    ...definitions,
    Attr: withMember(definitions.Attr, 'attr', attr),
    Touch: withMember(definitions.Touch, 'of', { enum: paths.filter(isTouchPath) }),
  }
}

function patternOf(path: string): string {
  return `^${path.slice(0, path.indexOf('<')).replace('.', '\\.')}.`
}

// The member that marks a kind says what the kind is; then what stands in it.
function sayFirst(definitions: SchemaDefinitions, name: string, kind: Kind): JsonSchema {
  const member = propertiesOf(definitions[name])[kind]?.description
  return { description: [definitions[name]?.description, member].filter(Boolean).join(' ') }
}

function withMember(schema: JsonSchema | undefined, name: string, more: JsonSchema): JsonSchema {
  const properties = propertiesOf(schema)
  return { ...schema, properties: { ...properties, [name]: { ...properties[name], ...more } } }
}

/**
 * Turns "any of these shapes" into "the shape that its kind says", so that an editor complains about the one field that
 * is wrong instead of about every shape, and offers the kinds where nothing stands yet.
 */
export function dispatchByKind(definitions: SchemaDefinitions): SchemaDefinitions {
  const condition = definitions.Condition ?? {}
  const names = (condition.anyOf as readonly JsonSchema[]).map(nameOf)
  const shapes = new Map(KINDS.map((kind) => [kind, [] as string[]] as const))
  const marked = names.map((name) => {
    const kind = kindOfShape(name, definitions[name])
    shapes.get(kind)?.push(name)
    return [name, withMember(definitions[name], kind, sayFirst(definitions, name, kind))] as const
  })
  const offered = KINDS.map((kind) => [kind, describe(definitions, shapes.get(kind) ?? [])] as const)
  const dispatched: JsonSchema = {
    description: condition.description,
    type: 'object',
    if: { anyOf: KINDS.map((kind) => demands(kind)) },
    then: { allOf: KINDS.map((kind) => whenKind(kind, chooseShape(definitions, shapes.get(kind) ?? []))) },
    else: {
      properties: Object.fromEntries(offered),
      additionalProperties: false,
      anyOf: KINDS.map((kind) => demands(kind)),
    },
  }
  return { ...definitions, ...Object.fromEntries(marked), Condition: dispatched }
}

function nameOf(reference: JsonSchema): string {
  return String(reference.$ref).replace('#/$defs/', '')
}

// `atLeast` marks a kind and compares in others: it is looked for last, as in `kindOf`.
function kindOfShape(name: string, shape: JsonSchema | undefined): Kind {
  const kind = KINDS.find((candidate) => requiredOf(shape).includes(candidate))
  if (kind === undefined)
    throw new Error(`[core] schemas: no member of ${name} marks its kind. Make the member required.`)
  return kind
}

function whenKind(kind: Kind, shape: JsonSchema): JsonSchema {
  const isComparator = (COMPARATORS as readonly string[]).includes(kind)
  const others = KINDS.filter((other) => other !== kind).map((other) => demands(other))
  const asked = isComparator ? { ...demands(kind), not: { anyOf: others } } : demands(kind)
  return { if: asked, then: shape }
}

// Of several shapes of one kind, those with a member of their own are asked for first.
function chooseShape(definitions: SchemaDefinitions, names: readonly string[]): JsonSchema {
  const [first, ...rest] = [...names].sort((a, b) => own(b).length - own(a).length)
  if (first === undefined) return {}
  const reference = { $ref: `#/$defs/${first}` }
  if (rest.length === 0) return reference
  return {
    // For the reader in an editor, who has not decided yet.
    properties: pick(propertiesOf(definitions[first]), own(first)),
    if: { anyOf: own(first).map((member) => demands(member)) },
    then: reference,
    else: chooseShape(definitions, rest),
  }

  function own(name: string): readonly string[] {
    const taken = names
      .filter((other) => other !== name)
      .flatMap((other) => Object.keys(propertiesOf(definitions[other])))
    return requiredOf(definitions[name]).filter((member) => !taken.includes(member))
  }
}

function describe(definitions: SchemaDefinitions, names: readonly string[]): JsonSchema {
  return { description: names.map((name) => definitions[name]?.description).join(' Or: ') }
}

function pick(properties: SchemaDefinitions, names: readonly string[]): SchemaDefinitions {
  const picked = names.map((name) => [name, { description: properties[name]?.description }] as const)
  return Object.fromEntries(picked)
}
