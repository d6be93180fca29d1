import type { Profile, SignalPlan } from '@attune/core'
import type { ProfileReader } from '@attune/storage'

/** What loading may take and whom it tells. */
export interface LoadLimits {
  /** Milliseconds. */
  readonly deadline: number
  readonly onError: (error: unknown, step: string) => void
}

/**
 * Loads a profile from its store: `null` for a visitor the store does not know, `undefined` when the store failed or did
 * not answer before the deadline. Never rejects; a failure after the deadline is still told.
 */
export function loadProfile(
  store: ProfileReader,
  visitor: string,
  plan: SignalPlan,
  { deadline, onError }: LoadLimits,
): Promise<Profile | null | undefined> {
  return new Promise((resolve) => {
    const settle = (profile?: Profile | null) => {
      clearTimeout(timer)
      resolve(profile)
    }
    const fail = (error: unknown) => {
      onError(error, 'load-profile')
      settle()
    }
    const timer = setTimeout(() => {
      // Logged as one line: where a timer runs out says nothing.
      fail(Object.assign(new Error(`[edge] loadProfile: no answer within ${deadline} ms.`), { stack: '' }))
    }, deadline)
    // A store that throws at once is the same to us as one that rejects.
    Promise.resolve()
      .then(() => store.load(visitor, plan))
      .then(settle, fail)
  })
}
