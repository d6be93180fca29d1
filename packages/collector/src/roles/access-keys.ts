import { isRole, ROLES, type Role } from './role.ts'

/** Who calls: what the audit log calls them, and what they may do. */
export interface Caller {
  /** A task's name, such as `newsroom`: it stands in the audit log. */
  readonly name: string
  readonly role: Role
}

/** A key that opens routes; the token itself is kept by whoever uses it. */
export interface AccessKey extends Caller {
  /** SHA-256 of the token, 64 hexadecimal digits. */
  readonly digest: string
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/
const DIGEST = /^[\da-f]{64}$/
// What is longer was not made by anybody who means it.
const MAX_TOKEN = 512
const HOW =
  'Write name:role:digest, several with commas between; the digest: `printf %s "$TOKEN" | sha256sum`.'

/**
 * Reads keys as the environment holds them: `newsroom:editor:<sha256>,dpo:privacy-officer:<sha256>`. Empty text is no key.
 * @throws Error with the cure when one cannot be read, or two are the same.
 */
export function parseAccessKeys(text: string): readonly AccessKey[] {
  const parts = text
    .split(/[,\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const keys = parts.map((part, index) => parseKey(part, index + 1))
  for (const [index, { name, digest }] of keys.entries()) {
    const before = keys.slice(0, index)
    if (before.some((key) => key.name === name)) throw trouble(index + 1, `names ${name} again. Rename one.`)
    if (before.some((key) => key.digest === digest)) {
      throw trouble(index + 1, 'has the token of another key. Make one of its own.')
    }
  }
  return keys
}

/**
 * Finds who sent a request: `Authorization: Bearer <token>`. Each key is compared with, in full, whether an earlier one fits or not, so
 * that the time tells nothing. `undefined` for no token, or one that no key has.
 */
export async function findCaller(
  authorization: string | null,
  keys: readonly AccessKey[],
): Promise<Caller | undefined> {
  const token = /^bearer +([\x21-\x7e]+) *$/i.exec((authorization ?? '').slice(0, MAX_TOKEN))?.[1] ?? ''
  const digest = await digestOf(token)
  let found: Caller | undefined
  for (const key of keys) {
    const isSame = differenceOf(key.digest, digest) === 0
    if (isSame) found = { name: key.name, role: key.role }
  }
  return token === '' ? undefined : found
}

/** SHA-256 of a token as keys name it. */
export async function digestOf(token: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token))
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

// Both have 64 digits.
function differenceOf(a: string, b: string): number {
  let difference = 0
  for (let at = 0; at < b.length; at++) difference |= a.charCodeAt(at) ^ b.charCodeAt(at)
  return difference
}

// What is wrong is told by its place: the text may be a token that somebody put here by mistake.
function parseKey(text: string, place: number): AccessKey {
  const parts = text.split(':')
  const [name = '', role = '', digest = ''] = parts
  if (parts.length !== 3 || !NAME.test(name)) throw trouble(place, `cannot be read. ${HOW}`)
  if (!isRole(role)) throw trouble(place, `(${name}) has no role that there is: ${ROLES.join(', ')}. ${HOW}`)
  if (!DIGEST.test(digest))
    throw trouble(place, `(${name}) has no digest of 64 small hexadecimal digits. ${HOW}`)
  return { name, role, digest }
}

function trouble(place: number, what: string): Error {
  return new Error(`[collector] keys: the key at place ${place} ${what}`)
}
