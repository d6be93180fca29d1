import { CannotRun } from '../command.ts'
import type { Io } from '../io.ts'

/** The text of an environment variable. @throws CannotRun, saying what it is for, when it is not set. */
export function requireVariable(env: Io['env'], name: string, what: string): string {
  const value = env[name]
  if (value !== undefined && value !== '') return value
  throw new CannotRun(`${name} is not set. Set it to ${what}.`)
}
