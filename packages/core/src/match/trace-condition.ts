import type { Condition } from '../condition/condition.ts'
import { type Kind, kindOf } from '../condition/condition.ts'
import { TRUE, UNKNOWN } from '../condition/truth.ts'
import { PURPOSES, type Purpose } from '../consent/purpose.ts'
import type { Json } from '../result/json.ts'
import type { CompiledCondition, CompileScope } from './compile-scope.ts'
import { neededPurposes } from './needed-purposes.ts'
import { NEVER, type Scope } from './scope.ts'
import { seeCondition } from './see-condition.ts'

/** How one condition was decided, and those below it. */
export interface Trace {
  readonly kind: Kind
  /** `null` is unknown. */
  readonly match: boolean | null
  /** Milliseconds since 1970; `null` when time alone never changes it. */
  readonly until: number | null
  /** The value looked at; see `seeCondition`. */
  readonly seen: Json
  /** The condition itself, without those below it. */
  readonly wanted: { readonly [field: string]: Json }
  /** Purposes that are missing, the usual reason for unknown. */
  readonly missingConsent: readonly Purpose[]
  /** A segment's own condition stands below the reference to it. */
  readonly children: readonly Trace[]
}

/** What tracing needs besides the scope. */
export interface TraceSource {
  readonly around: Omit<CompileScope, 'segment'>
  /** A segment's compiled condition. */
  readonly segment: (key: string) => CompiledCondition
}

/** Asks a compiled condition and tells how the answer came about. */
export function traceCondition(compiled: CompiledCondition, scope: Scope, source: TraceSource): Trace {
  const { condition } = compiled
  const below = 'segment' in condition ? [source.segment(condition.segment)] : compiled.children
  const children = below.map((child) => traceCondition(child, scope, source))
  const truth = compiled.match(scope)
  const until = scope.until === NEVER ? null : scope.until * 1000
  const missing = neededPurposes(condition, source.around.definitions) & ~scope.granted
  return {
    kind: kindOf(condition),
    match: truth === UNKNOWN ? null : truth === TRUE,
    until,
    seen: seeCondition(condition, scope, source.around),
    wanted: wantedOf(condition),
    missingConsent: PURPOSES.filter((_, bit) => (missing & (1 << bit)) !== 0),
    children,
  }
}

function wantedOf(condition: Condition): Trace['wanted'] {
  const hidden = ['all', 'any', 'not', ...(kindOf(condition) === 'atLeast' ? ['of'] : [])]
  const fields = Object.entries(condition).filter(([name]) => !hidden.includes(name))
  return Object.fromEntries(fields)
}
