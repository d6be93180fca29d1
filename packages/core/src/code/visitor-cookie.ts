import { type SealKeys, seal, unseal } from './seal.ts'

// Behind the id of an account: with another secret the id alone would not tell any more.
const ACCOUNT = 'a'
const VISITOR_ID = /^([\w-]{22})(a?)$/

/** Signs a visitor id of ours (22 characters of base64url) for its cookie; `isAccount` when it is of somebody who signed in. */
export function encodeVisitor(keys: SealKeys, site: string, visitor: string, isAccount = false): string {
  return seal(keys, 'visitor', site, isAccount ? visitor + ACCOUNT : visitor)
}

/** Reads a signed visitor id; `undefined` when it is not ours, or, when somebody signed out (`isLeft`), that of an account. */
export function decodeVisitor(
  keys: SealKeys,
  site: string,
  text: string,
  isLeft?: boolean,
): string | undefined {
  const [, visitor, account] = VISITOR_ID.exec(unseal(keys, 'visitor', site, text) ?? '') ?? []
  return isLeft && account ? undefined : visitor
}

/** Tells whether a cookie that `decodeVisitor` reads was written for somebody who signed in. */
export function isAccountCookie(text: string): boolean {
  // After the version, the key's four characters and the id.
  return text[30] === ACCOUNT
}
