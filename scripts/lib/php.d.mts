/** A PHP that can be used. */
export interface FoundPhp {
  readonly path: string
  readonly version: string
  readonly missing?: undefined
}

/** Why there is none. */
export interface NoPhp {
  readonly missing: string
}

/** See php.mjs. */
export function findPhp(wants?: {
  readonly extensions?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
}): FoundPhp | NoPhp
