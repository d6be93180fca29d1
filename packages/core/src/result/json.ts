/** Any JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject

/** A JSON object; look members up with `own` only, so that nothing inherited is ever read. */
export interface JsonObject {
  readonly [key: string]: Json
}

/** Tells whether `value` is a JSON object (not a list, not null). */
export function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Reads an own member; inherited names such as `constructor` are missing. */
export function own<T>(object: { readonly [key: string]: T }, key: string): T | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined
}
