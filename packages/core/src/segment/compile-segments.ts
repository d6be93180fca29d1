import { FALSE, TRUE } from '../condition/truth.ts'
import { type Matcher, NEVER, type Scope } from '../match/scope.ts'
import { own } from '../result/json.ts'

/** Segments made ready to be asked. */
export interface CompiledSegments {
  readonly keys: readonly string[]
  /** The matcher of a segment, if there is such a one; within one question it evaluates once, however often it is asked. */
  readonly matcherOf: (key: string) => Matcher | undefined
  /** Lets segments match or not whatever the profile says, for the question at hand. Unknown keys are ignored. */
  readonly assume: (segments: { readonly [key: string]: boolean }, scope: Scope) => void
}

/** Makes segments from their places among compiled nodes. */
export function compileSegments(
  places: { readonly [key: string]: number },
  matcherAt: (place: number) => Matcher,
): CompiledSegments {
  return {
    keys: Object.keys(places),
    matcherOf: (key) => {
      const place = own(places, key)
      return place === undefined ? undefined : matcherAt(place)
    },
    assume: (segments, scope) => {
      for (const key of Object.keys(segments)) {
        const place = own(places, key)
        if (place === undefined) continue
        scope.turns[place] = scope.turn
        scope.truths[place] = segments[key] ? TRUE : FALSE
        scope.untils[place] = NEVER
      }
    },
  }
}
