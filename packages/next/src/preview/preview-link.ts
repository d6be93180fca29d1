import { createSealKeys } from '@attune/core'
import { createPreview } from '@attune/edge'
import { type SecretInput, toSecret } from '../secret-input.ts'

/** For which site a link is, and for how long. */
export interface PreviewLinkOptions {
  /** Such as `https://shop.example`. */
  readonly origin: string
  readonly secret: SecretInput
  /** Default `site`. */
  readonly site?: string
  /** Milliseconds since 1970 from which it is void. Default: a day from now. */
  readonly until?: number
}

/** Makes the signed link that begins a preview in a browser: the overlay appears, and no decision is pinned. */
export function createPreviewLink({ origin, secret, site = 'site', until }: PreviewLinkOptions): string {
  const keys = createSealKeys(toSecret(secret, 'createPreviewLink'))
  const exp = Math.floor((until ?? Date.now() + 86_400_000) / 1000)
  return `${origin}/attune/preview?token=${createPreview(keys, site, { exp })}`
}
