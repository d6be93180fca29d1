import type { Json, JsonObject } from '@attune/core/json'

/** Whether a value is a JSON object. */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An own member; what an object inherits is none of it. */
export function memberOf(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

/** A member that is an object; an empty one where it is missing or something else. */
export function objectIn(object: JsonObject, name: string): JsonObject {
  const member = memberOf(object, name)
  return isJsonObject(member) ? member : {}
}

/** A member that is a list; an empty one where it is missing or something else. */
export function listIn(object: JsonObject, name: string): readonly Json[] {
  const member = memberOf(object, name)
  return isJsonList(member) ? member : []
}

/** Whether a value is a JSON list. */
export function isJsonList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

/** A member that is text; empty where it is missing or something else. */
export function textIn(object: JsonObject, name: string): string {
  const member = memberOf(object, name)
  return typeof member === 'string' ? member : ''
}

/** The object with a member set, in its place when it has it already; `undefined` takes it away. */
export function withMember(object: JsonObject, name: string, value: Json | undefined): JsonObject {
  const { [name]: _, ...others } = object
  if (value === undefined) return others
  return Object.hasOwn(object, name) ? { ...object, [name]: value } : { ...others, [name]: value }
}

/** The object with a member called otherwise, in the same place. */
export function withRenamed(object: JsonObject, from: string, to: string): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name === from ? to : name, value]))
}
