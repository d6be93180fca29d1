import { FALSE, TRUE } from '../condition/truth.ts'
import { type Matcher, NEVER, type Scope } from '../match/scope.ts'
import { own } from '../result/json.ts'

/** Segments made ready to be asked. */
export interface CompiledSegments {
  readonly keys: readonly string[]
  /** The matcher of a segment; within one question it evaluates once, however often it is asked. Throws for an unknown key. */
  readonly matcherOf: (key: string) => Matcher
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
      if (place === undefined)
        throw new Error(`[core] evaluateSegments: no segment ${key}. Name one of the ruleset's.`)
      return matcherAt(place)
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
