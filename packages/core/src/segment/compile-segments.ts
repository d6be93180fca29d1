import { compileCondition } from '../match/compile-condition.ts'
import type { CompiledCondition, CompileScope } from '../match/compile-scope.ts'
import type { Answer, Matcher, Scope } from '../match/scope.ts'
import { own } from '../result/json.ts'
import type { Segments } from './segment.ts'

/** Segments made ready to be asked. */
export interface CompiledSegments {
  readonly keys: readonly string[]
  /** A segment's condition tree, compiled when first asked for. */
  readonly condition: (key: string) => CompiledCondition
  /** Asks a segment; within one scope it is evaluated once, however often it is asked. */
  readonly ask: (key: string, scope: Scope) => Answer
}

/** Compiles checked segments (no cycles); each on first use, so that an unused one costs nothing. */
export function compileSegments(segments: Segments, around: Omit<CompileScope, 'segment'>): CompiledSegments {
  const compiled = new Map<string, CompiledCondition>()
  const inner: CompileScope = { ...around, segment: (key) => matcherOf(key) }

  function condition(key: string): CompiledCondition {
    const known = compiled.get(key)
    if (known !== undefined) return known
    const segment = own(segments, key)
    if (segment === undefined)
      throw new Error(`[core] compileSegments: no segment ${key}. Check the ruleset first.`)
    const made = compileCondition(segment.when, inner)
    compiled.set(key, made)
    return made
  }

  function ask(key: string, scope: Scope): Answer {
    const known = scope.segments.get(key)
    if (known !== undefined) return known
    const truth = condition(key).match(scope)
    const answer = { truth, until: scope.until }
    scope.segments.set(key, answer)
    return answer
  }

  function matcherOf(key: string): Matcher {
    return (scope) => {
      const { truth, until } = ask(key, scope)
      scope.until = until
      return truth
    }
  }

  return { keys: Object.keys(segments), condition, ask }
}
