import {
  type CompiledRuleset,
  compileRuleset,
  emptyProfile,
  type Profile,
  type PublishedRuleset,
  type SealKeys,
} from '@attune/core'
import type { ProfileReader } from '@attune/storage'
import { GEO_PRESETS, type GeoHeaders } from './context/geo.ts'
import { type NeededContext, neededContext } from './context/needed-context.ts'
import { readSecret } from './read-secret.ts'

/** How a site is personalised. */
export interface PersonalizerOptions {
  /** A published ruleset: `attune publish`, or `publishRuleset` of a checked document. */
  readonly ruleset: PublishedRuleset
  /** Signs cookies and codes; a list begins with the newest. At least 32 characters each. */
  readonly secret: string | readonly string[] | undefined
  /** Name of the site; cookies and codes of one site mean nothing on another. Default `site`. */
  readonly site?: string | undefined
  /**
   * Tells whether a page is there, by its public path and route; default: every path that fits a route. Hosts that keep
   * each answer, a 404 too, need it, or made-up paths fill their cache.
   */
  readonly exists?: ((path: string, route: string) => boolean) | undefined
  /** Where profiles are read when the visitor token is missing or old; without it the token is all. */
  readonly store?: ProfileReader | undefined
  /** How long the store may take, in milliseconds; after it the baseline is shown. Default 25. */
  readonly deadline?: number | undefined
  /** Milliseconds since 1970. Default `Date.now`. */
  readonly clock?: (() => number) | undefined
  /** Hears of trouble that visitors do not see. Default: the console. */
  readonly onError?: ((error: unknown, step: string) => void) | undefined
  /** Headers that tell where the visitor is, the first source first. Default: every one of `GEO_PRESETS`. */
  readonly geoHeaders?: GeoHeaders | readonly GeoHeaders[] | undefined
  /** What `DNT: 1` means: nothing, or the same as Global Privacy Control. Default `ignore`. */
  readonly doNotTrack?: 'ignore' | 'obey' | undefined
}

/** Options made ready: what every request of a site needs. */
export interface Site extends Pick<PersonalizerOptions, 'doNotTrack' | 'store'> {
  readonly site: string
  readonly keys: SealKeys
  readonly compiled: CompiledRuleset
  readonly needed: NeededContext
  /** The profile of somebody of whom nothing is known. */
  readonly unknown: Profile
  readonly geoHeaders: readonly GeoHeaders[]
  readonly exists: (path: string, route: string) => boolean
  readonly deadline: number
  readonly clock: () => number
  /** Never throws. */
  readonly report: (error: unknown, step: string) => void
}

/**
 * Makes options ready for `who`, the factory that messages name.
 * @throws when the secret is missing or short, or the ruleset is not published.
 */
export function createSite(options: PersonalizerOptions, who: string): Site {
  const {
    ruleset,
    secret,
    site = 'site',
    deadline = 25,
    clock = Date.now,
    geoHeaders = Object.values(GEO_PRESETS),
    exists = () => true,
    onError = (error, step) => console.error(`[edge] ${step}:`, error),
  } = options
  const compiled = compileRuleset(ruleset)
  return {
    ...options,
    site,
    keys: readSecret(secret, who),
    compiled,
    unknown: emptyProfile(compiled.plan),
    needed: neededContext(ruleset),
    geoHeaders: [geoHeaders].flat(),
    exists,
    deadline,
    clock,
    report: (error, step) => {
      try {
        onError(error, step)
      } catch {
        // What fails while telling of a failure is not told.
      }
    },
  }
}
