/** A JSON Schema, or a part of one. */
export interface JsonSchema {
  readonly [keyword: string]: unknown
}

/** The definitions of a schema by name. */
export type SchemaDefinitions = { readonly [name: string]: JsonSchema }

/** Tells whether a value is an object, and so may be a schema. */
export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Rebuilds a schema from its deepest part up; `change` sees each object after the objects in it. */
export function mapSchema(value: unknown, change: (part: JsonSchema) => JsonSchema): unknown {
  if (Array.isArray(value)) return value.map((item) => mapSchema(item, change))
  if (!isSchema(value)) return value
  const members = Object.entries(value).map(([key, member]) => [key, mapSchema(member, change)] as const)
  return change(Object.fromEntries(members))
}

/** What a schema demands to be there. */
export function requiredOf(schema: JsonSchema | undefined): readonly string[] {
  return Array.isArray(schema?.required) ? schema.required : []
}

/** The schemas of an object's members. */
export function propertiesOf(schema: JsonSchema | undefined): SchemaDefinitions {
  return isSchema(schema?.properties) ? (schema.properties as SchemaDefinitions) : {}
}

/** A schema that only demands members. */
export function demands(...names: readonly string[]): JsonSchema {
  return { required: names }
}
