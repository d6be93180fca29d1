import type { SitePhp } from './choose-php.mjs'

/** A site that is being served. */
export interface SiteServer {
  readonly ended: Promise<{ readonly code: number | string }>
  readonly stop: () => Promise<void>
}

/** See serve-site.mjs. */
export function serveSite(options: {
  readonly folder: string
  readonly port: number
  readonly php: SitePhp
  readonly log: string
}): SiteServer

/** See serve-site.mjs. */
export function firstAnswer(
  url: string,
  ended: Promise<unknown>,
  limitMs: number,
): Promise<number | 'ended' | undefined>
