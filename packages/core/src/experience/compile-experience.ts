import { cutAt } from '../allocation/allocation.ts'
import { BUCKETS, bucketOf } from '../allocation/bucket.ts'
import { TRUE } from '../condition/truth.ts'
import { type Matcher, NEVER, type Scope } from '../match/scope.ts'
import type { PublishedExperience } from './published-experience.ts'

/** The visitor is not among those to whom the experience is shown. */
export const OUT = -1
/** The visitor would see the experience, had it not been seen often enough. */
export const CAPPED = -2

/** An experience made ready to be asked. */
export interface CompiledExperience extends PublishedExperience {
  /** Everybody in the audience gets the one variant. */
  readonly isWhole: boolean
  /**
   * The place of the variant that it shows, `OUT` or `CAPPED`; the second from which that may differ stays in the scope.
   * Without a visitor only whole allocations off any group's axis include anybody.
   */
  readonly stand: (scope: Scope, visitor: string | undefined) => number
}

/** Makes an experience from its published form. */
export function compileExperience(
  published: PublishedExperience,
  matcherAt: (place: number) => Matcher,
): CompiledExperience {
  const { axis, cuts, start, from = -NEVER, until = NEVER } = published
  const audience = published.audience === undefined ? undefined : matcherAt(published.audience)
  const cap = published.cap === undefined ? undefined : matcherAt(published.cap)
  return {
    ...published,
    isWhole: cuts.length === 1 && cuts[0]![1] - start === BUCKETS,
    stand: (scope, visitor) => {
      scope.until = NEVER
      const { now } = scope
      const place = axis === undefined ? 0 : placeOf(visitor, axis, published)
      if (place === OUT || now >= until) return OUT
      let horizon = now < from ? from : until
      if (now < from) return leave(scope, OUT, horizon)
      if (audience !== undefined) {
        const truth = audience(scope)
        horizon = Math.min(horizon, scope.until)
        if (truth !== TRUE) return leave(scope, OUT, horizon)
      }
      if (cap === undefined || cap(scope) !== TRUE) return leave(scope, place, horizon)
      return leave(scope, CAPPED, Math.min(horizon, scope.until))
    },
  }
}

function placeOf(visitor: string | undefined, axis: string, { cuts, start }: PublishedExperience): number {
  return visitor === undefined ? OUT : cutAt(cuts, start, bucketOf(visitor, axis))
}

function leave(scope: Scope, standing: number, until: number): number {
  scope.until = until
  return standing
}
