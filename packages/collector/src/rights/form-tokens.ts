import { fromPayload, type SealKeys, seal, toBase64Url, toPayload, unseal } from '@attune/core'

/** What a button of the page does. */
export type FormAction = 'download' | 'erase'

/** Makes what proves that a button was shown to the visitor who presses it, and by this site. */
export interface FormTokens {
  make(visitor: string, action: FormAction, now: number): string
  /** What tells one token from another, of one that is for this visitor and action and not too old; else `undefined`. */
  read(token: string, visitor: string, action: FormAction, now: number): string | undefined
}

/** A button works for so long after the page was shown, in seconds. */
export const FORM_SECONDS: number = 15 * 60

/** Creates them; `now` is in milliseconds. */
export function createFormTokens(
  keys: SealKeys,
  site: string,
  randomBytes: (count: number) => Uint8Array,
): FormTokens {
  const bindingOf = (visitor: string, action: FormAction): string =>
    JSON.stringify([site, 'my-data', action, visitor])
  return {
    make: (visitor, action, now) => {
      const payload = toPayload([Math.floor(now / 1000), toBase64Url(randomBytes(12))])
      return seal(keys, 'visitor', bindingOf(visitor, action), payload)
    },
    read: (token, visitor, action, now) => {
      if (token.length > 200) return undefined
      const payload = unseal(keys, 'visitor', bindingOf(visitor, action), token)
      const said = payload === undefined ? undefined : fromPayload(payload)
      if (!Array.isArray(said)) return undefined
      const [issued, nonce] = said
      const age = Math.floor(now / 1000) - Number(issued)
      return age >= 0 && age < FORM_SECONDS && typeof nonce === 'string' ? nonce : undefined
    },
  }
}
