import type { Condition } from '../condition/condition.ts'
import type { Definitions } from '../condition/definitions.ts'
import type { Signal } from '../signal/signal.ts'
import type { Matcher } from './scope.ts'

/** What compiling a condition needs to know around it. */
export interface CompileScope {
  readonly definitions: Definitions
  /** The slot of a signal in the plan. */
  readonly slotOf: (signal: Signal) => number
  /** The matcher of another segment; called once per reference. */
  readonly segment: (key: string) => Matcher
}

/** A condition made ready to be asked, with what is below it; the tree is kept for explanations. */
export interface CompiledCondition {
  readonly condition: Condition
  readonly match: Matcher
  readonly children: readonly CompiledCondition[]
}
