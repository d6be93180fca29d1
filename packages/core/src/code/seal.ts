import { toBase64Url } from './base64url.ts'
import { endHash, endHashText, type HashState, sha256, startHash, takeBlocks } from './sha256.ts'

/** What a sealed text is for; a seal of one kind never opens as another. */
export type SealKind = 'visitor' | 'token' | 'pin' | 'code' | 'preview'

/** A signing key, its hash states ready. */
export interface SealKey {
  /** Short id made from the secret; says nothing about it. */
  readonly id: string
  readonly inner: HashState
  readonly outer: HashState
}

/** Live keys: the first seals, every one opens. */
export type SealKeys = readonly [SealKey, ...SealKey[]]

const VERSION = 'v1'
const SEPARATOR = '~'
/** The fewest characters of a secret. */
export const MIN_SECRET = 32
// 128 bits of an HMAC-SHA256, as RFC 2104 section 5 allows.
const MAC_BYTES = 16

/**
 * The live secrets, the newest first, of a list or of a text with commas between, as an environment variable holds them: while a
 * secret is changed there are two.
 */
export function liveSecrets(secrets: string | readonly string[]): readonly string[] {
  return typeof secrets === 'string' ? secrets.split(/\s*,\s*/) : secrets
}

/**
 * Prepares signing keys from secrets, the newest first: a list, or a text with commas between. Each has at least 32 characters.
 * @throws when there is none or one is too short.
 */
export function createSealKeys(secrets: string | readonly string[]): SealKeys {
  const [first, ...rest] = liveSecrets(secrets).map(createKey)
  if (first === undefined)
    throw new Error('[core] createSealKeys: no secret is given. Set one of 32 characters.')
  return [first, ...rest]
}

/** Seals a payload of [A-Za-z0-9_-]: whoever opens it with the same kind and binding knows that we wrote it. */
export function seal(keys: SealKeys, kind: SealKind, binding: string, payload: string): string {
  const [key] = keys
  const body = `${VERSION}${SEPARATOR}${key.id}${SEPARATOR}${payload}`
  return `${body}${SEPARATOR}${sign(key, kind, binding, body)}`
}

/** Opens a sealed text; `undefined` when it is not ours, of another kind, for another binding, or changed. */
export function unseal(keys: SealKeys, kind: SealKind, binding: string, text: string): string | undefined {
  const [version, id, payload, mac, ...rest] = text.split(SEPARATOR)
  if (version !== VERSION || payload === undefined || mac === undefined || rest.length > 0) return undefined
  const key = keys.find((candidate) => candidate.id === id)
  if (key === undefined) return undefined
  const body = text.slice(0, text.length - mac.length - 1)
  return isEqual(sign(key, kind, binding, body), mac) ? payload : undefined
}

function createKey(secret: string): SealKey {
  if (secret.length < MIN_SECRET) {
    throw new Error(
      `[core] createSealKeys: the secret has ${secret.length} characters. Use at least ${MIN_SECRET}: \`openssl rand -base64 33\`.`,
    )
  }
  const bytes = new TextEncoder().encode(secret)
  const key = new Uint8Array(64)
  key.set(bytes.length > 64 ? sha256(bytes) : bytes)
  const inner = takeBlocks(
    startHash(),
    key.map((byte) => byte ^ 0x36),
  )
  const outer = takeBlocks(
    startHash(),
    key.map((byte) => byte ^ 0x5c),
  )
  const id = toBase64Url(hmac(inner, outer, 'attune key id')).slice(0, 4)
  return { id, inner, outer }
}

function hmac(inner: HashState, outer: HashState, message: string): Uint8Array {
  return endHash(outer, endHashText(inner, message))
}

// Lengths stand before what varies, so that no two different askings give the same message.
function sign({ inner, outer }: SealKey, kind: SealKind, binding: string, body: string): string {
  const message = `${kind}\n${binding.length}\n${binding}\n${body}`
  return toBase64Url(hmac(inner, outer, message).subarray(0, MAC_BYTES))
}

// Takes as long for a near miss as for a far one.
function isEqual(expected: string, given: string): boolean {
  if (expected.length !== given.length) return false
  let difference = 0
  for (let at = 0; at < expected.length; at++) difference |= expected.charCodeAt(at) ^ given.charCodeAt(at)
  return difference === 0
}
