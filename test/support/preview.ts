import { createSealKeys, seal, toPayload } from '@attune/core'

const DAY = 86_400

/** What a preview may change; see the guide on previews. */
export interface PreviewOptions {
  /** Milliseconds. */
  readonly now?: number
  readonly assume?: { readonly [segment: string]: boolean }
  readonly context?: object
}

/** Seals a preview as a shop with this secret opens it, good for a day. */
export function sealPreview(secret: string, options: PreviewOptions, site = 'site'): string {
  const payload = { exp: Math.floor(Date.now() / 1000) + DAY, ...options }
  return seal(createSealKeys(secret), 'preview', site, toPayload(payload))
}
