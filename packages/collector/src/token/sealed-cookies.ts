import {
  type CompiledRuleset,
  decodePin,
  decodeVisitor,
  encodeVisitor,
  type Pin,
  type SealKeys,
} from '@attune/core'
import { createMemo } from './memo.ts'

/** Opens and seals the cookies that a browser sends unchanged with one batch after another. */
export interface SealedCookies {
  /** The visitor id of a cookie of ours. */
  readonly openVisitor: (cookie: string) => string | undefined
  /** `wasAccount`: an earlier cookie of ours said that it is of somebody who signed in. */
  readonly sealVisitor: (visitor: string, wasAccount?: boolean) => string
  /** The pin of a cookie of ours and of this visitor. */
  readonly openPin: (visitor: string, cookie: string) => Pin | undefined
}

// Visitors of the last minutes; a few megabytes.
const MOST = 4_096

/** Creates them for one site; each cookie is verified and read once, the same text means the same. */
export function createSealedCookies(
  keys: SealKeys,
  site: string,
  { ruleset }: CompiledRuleset,
  accounts: { readonly has: (visitor: string) => boolean },
): SealedCookies {
  const sealVisitor = createMemo(MOST, (visitor) => encodeVisitor(keys, site, visitor, accounts.has(visitor)))
  const sealAccount = createMemo(MOST, (visitor) => encodeVisitor(keys, site, visitor, true))
  const openPin = createMemo(MOST, (both) => {
    // A visitor id has no blank.
    const at = both.indexOf(' ')
    return decodePin(keys, { site, visitor: both.slice(0, at) }, ruleset, both.slice(at + 1))
  })
  return {
    openVisitor: createMemo(MOST, (cookie) => decodeVisitor(keys, site, cookie)),
    sealVisitor: (visitor, wasAccount) => (wasAccount ? sealAccount : sealVisitor)(visitor),
    openPin: (visitor, cookie) => openPin(`${visitor} ${cookie}`),
  }
}
