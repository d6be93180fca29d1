import { failure, type Result, success } from '../result/result.ts'

/** The longest visitor id that is taken, in UTF-16 units. */
export const MAX_VISITOR_ID = 256

/** Reads a visitor id: any non-empty well-formed text of at most 256 units. Ours are 22 characters of base64url. */
export function parseVisitorId(value: unknown, path = '$.visitor'): Result<string> {
  if (typeof value !== 'string' || value === '' || value.length > MAX_VISITOR_ID || !value.isWellFormed()) {
    return failure(path, 'visitor-id', `A visitor id is text of 1 to ${MAX_VISITOR_ID} characters.`, value)
  }
  return success(value)
}
