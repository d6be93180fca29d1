import { isObject } from '../result/json.ts'
import { jsonPath } from '../result/json-path.ts'
import { failure, type Result, success } from '../result/result.ts'
import type { AttuneEvent } from './event.ts'
import { readRecordedContext } from './recorded-context.ts'

/** The longest event id, in characters. */
export const MAX_EVENT_ID = 64
const NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])
const MAX_TIME = 8.64e15

/**
 * Reads an event; the first problem is named. Property values are taken as they are: a wrong type never matches. Of the
 * recorded context only text is taken that `touch` may ask for.
 */
export function parseEvent(value: unknown, path = '$'): Result<AttuneEvent> {
  if (!isObject(value))
    return failure(path, 'not-an-object', 'An event is an object with id, name and time.', value)
  const { id, name, time, properties = {}, context } = value
  if (typeof id !== 'string' || id === '' || id.length > MAX_EVENT_ID || !id.isWellFormed()) {
    return failure(
      jsonPath(path, 'id'),
      'event-id',
      `An event id is text of 1 to ${MAX_EVENT_ID} characters.`,
      id,
    )
  }
  if (typeof name !== 'string' || !NAME.test(name)) {
    return failure(
      jsonPath(path, 'name'),
      'event-name',
      'An event name has letters, digits and _, at most 64.',
      name,
    )
  }
  if (typeof time !== 'number' || !(time >= 0 && time <= MAX_TIME)) {
    return failure(jsonPath(path, 'time'), 'event-time', 'An event time is milliseconds since 1970.', time)
  }
  if (!isObject(properties)) {
    return failure(jsonPath(path, 'properties'), 'event-properties', 'Properties are an object.', properties)
  }
  for (const key of Object.keys(properties)) {
    if (FORBIDDEN.has(key))
      return failure(jsonPath(path, 'properties'), 'forbidden-key', `Rename the property ${key}.`, key)
  }
  if (context === undefined || context === null) return success({ id, name, time, properties })
  if (!isObject(context)) {
    return failure(jsonPath(path, 'context'), 'event-context', 'A context is an object.', context)
  }
  const recorded = readRecordedContext(context)
  return success({ id, name, time, properties, ...(recorded === undefined ? {} : { context: recorded }) })
}
