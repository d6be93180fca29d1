import type { Json } from '../result/json.ts'
import { fromBase64Url, toBase64Url } from './base64url.ts'

/** Writes JSON as a payload that may be sealed. */
export function toPayload(value: unknown): string {
  return toBase64Url(new TextEncoder().encode(JSON.stringify(value)))
}

/** Reads a payload that was sealed by us; `undefined` when it holds no JSON. */
export function fromPayload(payload: string): Json | undefined {
  const bytes = fromBase64Url(payload)
  if (bytes === undefined) return undefined
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}
