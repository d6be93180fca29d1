import { parseVisitorId } from '@attune/core'
import { type Call, CannotRun } from '../command.ts'

/** The visitor that a command is about. @throws CannotRun when it can be nobody's id; it is not quoted. */
export function readVisitor(call: Call): string {
  const parsed = parseVisitorId(call.arguments[0])
  if (parsed.ok) return parsed.value
  throw new CannotRun(`That is no visitor’s id. ${parsed.problems[0]?.message ?? ''}`.trim())
}
