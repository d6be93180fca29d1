import type { Json, JsonObject } from '@attune/core/json'
import { type Operator, type ValueType, withOperator } from './operators.ts'

/** A test as an object; a plain value means "is". `undefined` for what is none. */
export function testOf(value: Json): JsonObject | undefined {
  if (typeof value !== 'object') return { is: value }
  return value === null || Array.isArray(value) ? undefined : (value as JsonObject)
}

/** The shortest way to write a test. */
export function shortTest(test: JsonObject): Json {
  const [only, ...more] = Object.entries(test)
  if (only === undefined || more.length > 0 || only[0] !== 'is') return test
  return typeof only[1] === 'object' ? test : only[1]
}

/** A fresh test for a type. */
export function emptyTest(type: ValueType): JsonObject {
  const operators: Readonly<Record<ValueType, Operator>> = {
    string: 'is',
    any: 'is',
    number: 'atLeast',
    boolean: 'is',
    list: 'hasAny',
  }
  return withOperator({}, operators[type], type)
}
