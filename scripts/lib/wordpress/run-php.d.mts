import type { SitePhp } from './choose-php.mjs'

/** See run-php.mjs. */
export function runPhp(options: {
  readonly php: SitePhp
  readonly folder: string
  readonly file: string
  readonly input?: unknown
}): Promise<string>

/** See run-php.mjs. */
export function debugLog(folder: string): string
