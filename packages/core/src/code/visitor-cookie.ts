import { type SealKeys, seal, unseal } from './seal.ts'

const VISITOR_ID = /^[A-Za-z0-9_-]{22}$/

/** Signs a visitor id of ours (22 characters of base64url) for its cookie. */
export function encodeVisitor(keys: SealKeys, site: string, visitor: string): string {
  return seal(keys, 'visitor', site, visitor)
}

/** Reads a signed visitor id; `undefined` when it is not ours. */
export function decodeVisitor(keys: SealKeys, site: string, text: string): string | undefined {
  if (text.length > 200) return undefined
  const visitor = unseal(keys, 'visitor', site, text)
  return visitor !== undefined && VISITOR_ID.test(visitor) ? visitor : undefined
}
