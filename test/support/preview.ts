import { createSealKeys, seal, toPayload } from '@attune/core'
import { TEST_SECRET } from './shop-server.ts'

const DAY = 86_400

/** What a preview may change; see the guide on previews. */
export interface PreviewOptions {
  /** Milliseconds. */
  readonly now?: number
  readonly assume?: { readonly [segment: string]: boolean }
  readonly context?: object
}

/** Seals a preview as the shop under test opens it, good for a day. */
export function sealPreview(options: PreviewOptions, site = 'site'): string {
  const payload = { exp: Math.floor(Date.now() / 1000) + DAY, ...options }
  return seal(createSealKeys(TEST_SECRET), 'preview', site, toPayload(payload))
}
