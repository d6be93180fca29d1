import type { CheckScope } from './check-scope.ts'

/** What checking a tree needs besides its surroundings. */
export interface ConditionCheck extends CheckScope {
  readonly isTimezone: (name: string) => boolean
}
