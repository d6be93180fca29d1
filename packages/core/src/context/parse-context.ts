import { isObject } from '../result/json.ts'
import { failure, type Result, success } from '../result/result.ts'
import type { Context } from './context.ts'

/** Reads a context: an object; a member of an unexpected type is simply never matched. */
export function parseContext(value: unknown, path = '$.context'): Result<Context> {
  if (!isObject(value))
    return failure(
      path,
      'context',
      'A context is an object, for example { "geo": { "country": "GB" } }.',
      value,
    )
  return success(value)
}
